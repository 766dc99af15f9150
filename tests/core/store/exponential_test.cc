#include "../../../core/src/store/exponential.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace civic {
namespace {

TEST(Exponential, IsTheLibrarysToTheLastDigitButOne) {
  EXPECT_EQ(Exponential(0), 1);
  for (double exponent = -1e-12; exponent > -690; exponent = exponent * 1.001 - 1e-9) {
    ASSERT_NEAR(Exponential(exponent) / std::exp(exponent), 1, 4.5e-16) << exponent;
  }
}

TEST(Exponential, EndsAtNothing) {
  EXPECT_EQ(Exponential(-701), 0);
  EXPECT_EQ(Exponential(-std::numeric_limits<double>::infinity()), 0);
  EXPECT_EQ(Exponential(std::numeric_limits<double>::quiet_NaN()), 0);
}

}  // namespace
}  // namespace civic
