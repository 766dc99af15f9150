#include "civic/wire/json_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "civic/engine/random.h"

namespace civic {
namespace {

std::string String(std::string_view text) {
  std::string json;
  AppendJsonString(text, &json);
  return json;
}

std::string Id(std::string_view id) {
  std::string json;
  AppendId(id, &json);
  return json;
}

TEST(JsonWriter, SetsCommasBetweenValues) {
  JsonWriter json;
  json.Begin('{');
  json.Text("a", "x,");
  json.Begin("b", '[');
  json.Integer(1);
  json.Integer(-2);
  json.Begin('{');
  json.End('}');
  json.Begin('[');
  json.Text("{");
  json.Boolean(false);
  json.End(']');
  json.End(']');
  json.Raw("c", R"({"d":null})");
  json.Id("e", "7");
  json.Time("f", 12.9);
  json.Boolean("g", true);
  json.End('}');
  EXPECT_EQ(json.Take(),
            R"({"a":"x,","b":[1,-2,{},["{",false]],"c":{"d":null},"e":7,"f":12,"g":true})");
}

TEST(JsonWriter, WritesAnIdAsTheNumberItIs) {
  EXPECT_EQ(Id("7"), "7");
  EXPECT_EQ(Id("-12"), "-12");
  EXPECT_EQ(Id("9007199254740992"), "9007199254740992");
}

TEST(JsonWriter, WritesEveryOtherIdAsAString) {
  EXPECT_EQ(Id("007"), R"("007")");
  EXPECT_EQ(Id("9007199254740993"), R"("9007199254740993")");
  EXPECT_EQ(Id("hr-117"), R"("hr-117")");
  EXPECT_EQ(Id("a\"b\\c\n\x1f é"), "\"a\\\"b\\\\c\\u000a\\u001f é\"");
}

TEST(JsonWriter, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(String("a\xff"), "\"a\xef\xbf\xbd\"");
  EXPECT_EQ(String("\xc3"), "\"\xef\xbf\xbd\"") << "cut off";
  EXPECT_EQ(String("\xc3\xa9 \xe2\x82\xac \xf0\x9f\x8f\x9b"), "\"é € 🏛\"");
}

// An expert's opinion on every text: the same string where it is UTF-8, valid JSON where it is not.
TEST(JsonWriter, AgreesWithALibraryOnRandomBytes) {
  // Bytes at which the rules of UTF-8 change, and some that JSON escapes.
  constexpr std::string_view kBytes =
      "a\"\\\x01\x1f\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0\xc1\xc2\xdf\xe0\xed\xef\xf0\xf4\xf5\xff";
  Random random(3);
  for (int i = 0; i < 50'000; ++i) {
    std::string text;
    for (std::uint64_t j = random.Next() % 6; j > 0; --j) {
      text += kBytes[random.Next() % kBytes.size()];
    }
    const auto parsed = nlohmann::json::parse(String(text), nullptr, false);
    ASSERT_TRUE(parsed.is_string()) << ::testing::PrintToString(text);
    const auto checked = nlohmann::json::parse("[\"" + text + "\"]", nullptr, false);
    bool is_utf8 = true;
    for (const char letter : text) {
      is_utf8 = is_utf8 && static_cast<unsigned char>(letter) >= 0x20;
    }
    if (is_utf8 && text.find_first_of("\"\\") == std::string::npos && checked.is_array()) {
      ASSERT_EQ(parsed.get<std::string>(), text);
    } else if (!checked.is_array() && text.find_first_of("\"\\\x01\x1f") == std::string::npos) {
      ASSERT_NE(parsed.get<std::string>(), text) << ::testing::PrintToString(text);
    }
  }
}

}  // namespace
}  // namespace civic
