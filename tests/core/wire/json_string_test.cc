#include "civic/wire/json_string.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace civic {
namespace {

std::string Decode(std::string_view raw) {
  std::string decoded;
  return DecodeJsonString(raw, &decoded) ? decoded : "malformed";
}

TEST(JsonString, WithoutEscapesIsItself) {
  EXPECT_EQ(Decode(""), "");
  EXPECT_EQ(Decode("bill_update"), "bill_update");
  EXPECT_EQ(Decode("réunion 参加"), "réunion 参加");
}

TEST(JsonString, WithoutEscapesIsNotCopied) {
  const std::string_view raw = "bill_update";
  const auto decoded = DecodeJsonStringInto(raw, {});
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->data(), raw.data());
}

TEST(JsonString, DecodesEveryEscape) {
  EXPECT_EQ(Decode(R"(\"\\\/\b\f\n\r\t)"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(Decode(R"(bill\u005fid)"), "bill_id");
  EXPECT_EQ(Decode(R"(\u0041\u00E9\u00e9\u20AC)"), "Aéé€");
  EXPECT_EQ(Decode(R"(\ud83D\uDE00)"), "😀");
  EXPECT_EQ(Decode(R"(\udbff\udfff)"), "\xf4\x8f\xbf\xbf");
  EXPECT_EQ(Decode(R"(a\u0000b)"), std::string("a\0b", 3));
  EXPECT_EQ(Decode(R"(before\nafter)"), "before\nafter");
}

TEST(JsonString, ReplacesSurrogatesThatAreNotAPair) {
  EXPECT_EQ(Decode(R"(\ud800)"), "\ufffd");
  EXPECT_EQ(Decode(R"(\udc00)"), "\ufffd");
  EXPECT_EQ(Decode(R"(\udc00\ud800)"), "\ufffd\ufffd");
  EXPECT_EQ(Decode(R"(\ud800\ud83d\ude00)"), "\ufffd😀");
  EXPECT_EQ(Decode(R"(\ud800x)"), "\ufffdx");
  EXPECT_EQ(Decode(R"(\ud800\n)"), "\ufffd\n");
  EXPECT_EQ(Decode(R"(\ud800\u0041)"),
            "\ufffd"
            "A");
}

TEST(JsonString, MalformedEscapesAreRefused) {
  for (const std::string_view raw : {R"(\)", R"(\x)", R"(\u)", R"(\u12)", R"(\u123)", R"(\u12g4)",
                                     R"(\U0041)", R"(\0)", R"(\')", R"(ok\)"}) {
    std::string decoded = "old";
    EXPECT_FALSE(DecodeJsonString(raw, &decoded)) << raw;
    EXPECT_EQ(decoded, "");
  }
}

TEST(JsonString, NeedsABufferForTheDecodedTextOnly) {
  std::array<char, 3> buffer;
  EXPECT_EQ(DecodeJsonStringInto(R"(\u0041\u0042\u0043)", buffer), "ABC");
  EXPECT_EQ(DecodeJsonStringInto(R"(\u20ac)", buffer), "€");
  EXPECT_EQ(DecodeJsonStringInto(R"(\u0041\u0042\u0043\u0044)", buffer), std::nullopt);
  EXPECT_EQ(DecodeJsonStringInto(R"(\nabc)", buffer), std::nullopt);
  EXPECT_EQ(DecodeJsonStringInto(R"(abc\n)", buffer), std::nullopt);
}

TEST(JsonString, NeverGrowsWhenDecoded) {
  for (const std::string_view raw :
       {R"(\ud800)", R"(\uffff)", R"(\ud83d\ude00)", R"(\n)", R"(\u07ff)", R"(é\té)"}) {
    EXPECT_LE(Decode(raw).size(), raw.size()) << raw;
  }
}

}  // namespace
}  // namespace civic
