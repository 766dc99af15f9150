#include "civic/wire/id.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "civic/wire/json_scanner.h"

namespace civic {
namespace {

constexpr std::string_view kNoId = "(not an id)";

std::string Id(std::string_view value) {
  JsonScanner scanner;
  if (!scanner.Scan(value).ok()) return "(not JSON)";
  IdBuffer buffer;
  return std::string(ReadId(value, scanner.entries()[0], buffer).value_or(kNoId));
}

TEST(Id, IsTheTextOfAString) {
  EXPECT_EQ(Id(R"("123")"), "123");
  EXPECT_EQ(Id(R"("hr-3076")"), "hr-3076");
  EXPECT_EQ(Id(R"("007")"), "007");
  EXPECT_EQ(Id(R"("1e2")"), "1e2");
  EXPECT_EQ(Id(R"("é")"), "é");
}

TEST(Id, IsTheDecodedTextOfAStringWithEscapes) {
  EXPECT_EQ(Id(R"("hr\u002d3076")"), "hr-3076");
  EXPECT_EQ(Id(R"("\u0031\u0032\u0033")"), "123");
}

TEST(Id, HasOneToOneHundredTwentyEightBytes) {
  EXPECT_EQ(Id(R"("")"), kNoId);
  EXPECT_EQ(Id('"' + std::string(128, 'x') + '"'), std::string(128, 'x'));
  EXPECT_EQ(Id('"' + std::string(129, 'x') + '"'), kNoId);
  std::string escaped;
  for (int i = 0; i < 128; ++i) escaped += "\\u0078";
  EXPECT_EQ(Id('"' + escaped + '"'), std::string(128, 'x'));
  EXPECT_EQ(Id('"' + escaped + "x\""), kNoId);
}

TEST(Id, IsTheSameForANumberAndItsText) {
  EXPECT_EQ(Id("123"), Id(R"("123")"));
  EXPECT_EQ(Id("0"), "0");
  EXPECT_EQ(Id("-5"), "-5");
}

TEST(Id, IsTheIntegerHoweverItIsWritten) {
  EXPECT_EQ(Id("-0"), "0");
  EXPECT_EQ(Id("-0.0e7"), "0");
  EXPECT_EQ(Id("1.0"), "1");
  EXPECT_EQ(Id("1e2"), "100");
  EXPECT_EQ(Id("1E+2"), "100");
  EXPECT_EQ(Id("-1.50e1"), "-15");
  EXPECT_EQ(Id("100e-2"), "1");
  EXPECT_EQ(Id("0.00123e5"), "123");
  EXPECT_EQ(Id("120.00"), "120");
  EXPECT_EQ(Id("0e999999999999999999999999"), "0");
  EXPECT_EQ(Id("1" + std::string(400, '0') + "e-400"), "1");
  EXPECT_EQ(Id("0." + std::string(400, '0') + "1e401"), "1");
}

TEST(Id, ReachesExactlyAsFarAsIntegersAreExact) {
  EXPECT_EQ(Id("9007199254740992"), "9007199254740992");
  EXPECT_EQ(Id("-9007199254740992"), "-9007199254740992");
  EXPECT_EQ(Id("9007199254740993"), kNoId);
  EXPECT_EQ(Id("-9007199254740993"), kNoId);
  EXPECT_EQ(Id("9007199254740992.0"), "9007199254740992");
  EXPECT_EQ(Id("90071992547409920e-1"), "9007199254740992");
  EXPECT_EQ(Id("1e15"), "1000000000000000");
  EXPECT_EQ(Id("1e16"), kNoId);
  EXPECT_EQ(Id("9007199254740992e16"), kNoId);
  EXPECT_EQ(Id("9007199254740992000000000000"), kNoId);
  EXPECT_EQ(Id("18446744073709551617"), kNoId);  // 2^64 + 1.
  EXPECT_EQ(Id("1e99999999999999999999"), kNoId);
  EXPECT_EQ(Id(std::string(5000, '9')), kNoId);
}

TEST(Id, IsNotAFraction) {
  EXPECT_EQ(Id("1.5"), kNoId);
  EXPECT_EQ(Id("15e-2"), kNoId);
  EXPECT_EQ(Id("1e-99999999999999999999"), kNoId);
  EXPECT_EQ(Id("0.99999999999999999999999999"), kNoId);
}

TEST(Id, IsNothingElse) {
  for (const std::string_view value : {"null", "true", "false", "{}", "[]", "[1]"}) {
    EXPECT_EQ(Id(value), kNoId) << value;
  }
}

TEST(Id, IsAViewOfTheTextWhereItStandsThereAlready) {
  JsonScanner scanner;
  IdBuffer buffer;
  for (const std::string_view text : {"123", "-7", R"("hr-3076")"}) {
    ASSERT_TRUE(scanner.Scan(text).ok());
    const auto id = ReadId(text, scanner.entries()[0], buffer);
    ASSERT_TRUE(id);
    EXPECT_GE(id->data(), text.data());
    EXPECT_LE(id->data() + id->size(), text.data() + text.size());
  }
}

}  // namespace
}  // namespace civic
