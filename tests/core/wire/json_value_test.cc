#include "civic/wire/json_value.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "civic/engine/random.h"

namespace civic {
namespace {

// What JsonValue sees of a text, built anew by a library.
nlohmann::json Rebuild(const JsonValue& value) {
  switch (value.kind()) {
    case JsonKind::kObject: {
      nlohmann::json object = nlohmann::json::object();
      value.ForEach(
          [&](const std::string& name, const JsonValue& one) { object[name] = Rebuild(one); });
      return object;
    }
    case JsonKind::kArray: {
      nlohmann::json array = nlohmann::json::array();
      value.ForEach(
          [&](const std::string&, const JsonValue& one) { array.push_back(Rebuild(one)); });
      return array;
    }
    case JsonKind::kString:
      return value.Text();
    case JsonKind::kNumber:
      return value.Number();
    case JsonKind::kTrue:
      return true;
    case JsonKind::kFalse:
      return false;
    case JsonKind::kNull:
      return nullptr;
  }
  return nullptr;
}

nlohmann::json RandomJson(Random& random, int depth) {
  constexpr std::string_view kTexts[] = {"", "a", "}", "]\"[", "\\", "\\\"", "é\n", ",:{"};
  const auto text = [&] { return std::string(kTexts[random.Next() % std::size(kTexts)]); };
  switch (random.Next() % (depth > 0 ? 7 : 5)) {
    case 0:
      return text();
    case 1:
      return static_cast<double>(random.Next() % 2000) - 1000;
    case 2:
      return random.Next() % 2 == 0;
    case 3:
      return nullptr;
    case 4:
      return 0.125 * static_cast<double>(random.Next() % 100);
    case 5: {
      nlohmann::json array = nlohmann::json::array();
      for (std::uint64_t i = random.Next() % 4; i > 0; --i) {
        array.push_back(RandomJson(random, depth - 1));
      }
      return array;
    }
    default: {
      nlohmann::json object = nlohmann::json::object();
      for (std::uint64_t i = random.Next() % 4; i > 0; --i) {
        object[text()] = RandomJson(random, depth - 1);
      }
      return object;
    }
  }
}

TEST(JsonValue, SeesWhatALibrarySees) {
  Random random(5);
  for (int i = 0; i < 5'000; ++i) {
    const nlohmann::json json = RandomJson(random, 4);
    for (const int indent : {-1, 2}) {
      const std::string text = " " + json.dump(indent) + "\n";
      const JsonValue value = JsonValue::Parse(text);
      ASSERT_TRUE(value.exists()) << text;
      ASSERT_EQ(Rebuild(value), json) << text;
    }
  }
}

TEST(JsonValue, WhatIsNoJsonDoesNotExist) {
  for (const std::string_view text : {"", " ", "{", "[1,]", "{} {}", "nul", "'a'"}) {
    EXPECT_FALSE(JsonValue::Parse(text).exists()) << text;
  }
  EXPECT_FALSE(JsonValue().is_boolean());
  EXPECT_FALSE(JsonValue::Parse("{}").Find("a").exists());
  EXPECT_FALSE(JsonValue::Parse("[1]").Find("").exists());
}

TEST(JsonValue, TheLastMemberOfANameCounts) {
  const JsonValue value = JsonValue::Parse(R"({"a":1,"\u0061":[2],"b":"c"})");
  EXPECT_EQ(value.Find("a").raw(), "[2]");
  EXPECT_EQ(value.Find("b").Text(), "c");
  EXPECT_EQ(value.Find("a").Text(), "");
}

}  // namespace
}  // namespace civic
