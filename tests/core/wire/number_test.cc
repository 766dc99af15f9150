#include "civic/wire/number.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>

#include "civic/engine/random.h"

namespace civic {
namespace {

std::string Digits(Random& random, std::uint64_t most) {
  std::string digits(1, static_cast<char>('1' + random.Next() % 9));
  for (std::uint64_t i = random.Next() % most; i > 0; --i) {
    digits += static_cast<char>('0' + random.Next() % 10);
  }
  return digits;
}

TEST(Number, ShortOnesAreExact) {
  Random random(1);
  for (int i = 0; i < 50'000; ++i) {
    std::string text = (random.Next() % 2 == 0 ? "-" : "") + Digits(random, 8);
    if (random.Next() % 2 == 0) text += "." + Digits(random, 7);
    if (random.Next() % 2 == 0) text += (random.Next() % 2 == 0 ? "e" : "E-") + Digits(random, 1);
    ASSERT_EQ(ReadNumber(text), std::strtod(text.c_str(), nullptr)) << text;
  }
  EXPECT_EQ(ReadNumber("0.1"), 0.1);
  EXPECT_EQ(ReadNumber("9007199254740992"), 9007199254740992.0);
  EXPECT_EQ(ReadNumber("1e+22"), 1e22);
  EXPECT_TRUE(std::signbit(ReadNumber("-0")));
}

TEST(Number, LongOnesAreCloseToIt) {
  Random random(2);
  for (int i = 0; i < 50'000; ++i) {
    const std::string text = Digits(random, 40) + "." + Digits(random, 40) + "e" +
                             (random.Next() % 2 == 0 ? "-" : "") +
                             std::to_string(random.Next() % 240);
    const double exact = std::strtod(text.c_str(), nullptr);
    ASSERT_NEAR(ReadNumber(text) / exact, 1, 4e-15) << text;
  }
}

TEST(Number, HasNoFaultAtTheEnds) {
  EXPECT_EQ(ReadNumber("1e999"), std::numeric_limits<double>::infinity());
  EXPECT_EQ(ReadNumber("-1e999999999999999999"), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(ReadNumber("1e-999999999999999999"), 0);
  EXPECT_EQ(ReadNumber("0e999"), 0);
  EXPECT_EQ(ReadNumber("1" + std::string(400, '0') + "e-400"), 1);
  EXPECT_EQ(ReadNumber("0." + std::string(400, '0') + "1e401"), 1);
}

}  // namespace
}  // namespace civic
