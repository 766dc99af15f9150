#include "civic/store/json_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "civic/engine/random.h"
#include "civic/wire/json_writer.h"

namespace civic {
namespace {

std::string Rounded(double value) {
  std::string text = "x";
  AppendRounded(value, &text);
  return text.substr(1);
}

TEST(JsonText, RoundsToSixDigits) {
  EXPECT_EQ(Rounded(0), "0");
  EXPECT_EQ(Rounded(-0.0), "0");
  EXPECT_EQ(Rounded(1), "1");
  EXPECT_EQ(Rounded(60), "60");
  EXPECT_EQ(Rounded(1.0 / 3), "0.333333");
  EXPECT_EQ(Rounded(-2.0 / 3), "-0.666667");
  EXPECT_EQ(Rounded(1234.5678), "1234.57");
  EXPECT_EQ(Rounded(999'999.6), "1000000");
  EXPECT_EQ(Rounded(9.999996), "10");
  EXPECT_EQ(Rounded(123'456'789), "123457000");
  EXPECT_EQ(Rounded(0.000694444444), "0.000694444");
  EXPECT_EQ(Rounded(0.00000123456789), "0.00000123457");
}

TEST(JsonText, WritesNoNumberThatJsonDoesNotKnow) {
  EXPECT_EQ(Rounded(1e-10), "0");
  EXPECT_EQ(Rounded(std::numeric_limits<double>::quiet_NaN()), "0");
  EXPECT_EQ(Rounded(std::numeric_limits<double>::infinity()), "0");
  EXPECT_EQ(Rounded(-std::numeric_limits<double>::infinity()), "0");
}

TEST(JsonText, IsWithinHalfAUnitOfTheSixthDigit) {
  Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    const double value =
        (random.NextUnit() - 0.5) * std::pow(10, static_cast<double>(random.Next() % 20) - 6);
    const std::string text = Rounded(value);
    ASSERT_TRUE(nlohmann::json::accept(text)) << text;
    if (std::abs(value) >= 1e-9) {
      ASSERT_NEAR(std::strtod(text.c_str(), nullptr) / value, 1, 5.000001e-6) << text;
    }
  }
}

}  // namespace
}  // namespace civic
