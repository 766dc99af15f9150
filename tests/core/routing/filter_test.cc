#include "civic/routing/filter.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "civic/wire/json_scanner.h"

namespace civic {
namespace {

bool Accepts(std::string_view filter_json, std::string_view message) {
  Filter filter;
  EXPECT_EQ(filter.Parse(filter_json), "") << filter_json;
  JsonScanner scanner;
  EXPECT_TRUE(scanner.Scan(message).ok()) << message;
  return filter.Accepts(MessageView(message, scanner.entries(), 0));
}

std::string Fault(std::string_view filter_json) { return Filter().Parse(filter_json); }

TEST(Filter, WithoutConditionsEverythingPasses) {
  EXPECT_TRUE(Accepts("", R"({"type":"x"})"));
  EXPECT_TRUE(Accepts("{}", R"({})"));
  Filter filter;
  filter.Parse("{}");
  EXPECT_TRUE(filter.empty());
  EXPECT_EQ(filter.json(), "");
}

TEST(Filter, EveryFieldHasToHaveItsValue) {
  constexpr std::string_view kFilter = R"({"chamber":"house","stage":2})";
  EXPECT_TRUE(Accepts(kFilter, R"({"chamber":"house","stage":2})"));
  EXPECT_FALSE(Accepts(kFilter, R"({"chamber":"house","stage":3})"));
  EXPECT_FALSE(Accepts(kFilter, R"({"chamber":"house"})"));
  EXPECT_FALSE(Accepts(kFilter, R"({})"));
}

TEST(Filter, AListNeedsOneOfItsValues) {
  EXPECT_TRUE(Accepts(R"({"a":["x","y"]})", R"({"a":"y"})"));
  EXPECT_FALSE(Accepts(R"({"a":["x","y"]})", R"({"a":"z"})"));
  EXPECT_FALSE(Accepts(R"({"a":[]})", R"({"a":"z"})"));
}

TEST(Filter, LooksInEveryPlaceOfAMessage) {
  constexpr std::string_view kFilter = R"({"a":1})";
  EXPECT_TRUE(Accepts(kFilter, R"({"a":1})"));
  EXPECT_TRUE(Accepts(kFilter, R"({"update":{"a":1}})"));
  EXPECT_TRUE(Accepts(kFilter, R"({"data":{"a":1}})"));
  EXPECT_TRUE(Accepts(kFilter, R"({"update":{"data":{"a":1}}})"));
  EXPECT_TRUE(Accepts(kFilter, R"({"metrics":{"a":1}})"));
  EXPECT_FALSE(Accepts(kFilter, R"({"other":{"a":1}})"));
  EXPECT_FALSE(Accepts(kFilter, R"({"data":{"data":{"a":1}}})"));
  EXPECT_FALSE(Accepts(kFilter, R"({"data":[{"a":1}],"update":7,"metrics":"a"})"));
}

TEST(Filter, OnePlaceThatMeetsAConditionIsEnough) {
  constexpr std::string_view kAmendment =
      R"({"type":"bill_update","update":{"type":"amendment","data":{"a":1}},"b":2})";
  EXPECT_TRUE(Accepts(R"({"type":"amendment"})", kAmendment));
  EXPECT_TRUE(Accepts(R"({"type":"bill_update"})", kAmendment));
  EXPECT_TRUE(Accepts(R"({"type":["amendment"],"a":1,"b":2})", kAmendment));
  EXPECT_FALSE(Accepts(R"({"type":"amendment"})", R"({"type":"bill_update","update":{}})"));
}

TEST(Filter, ScalarsAreComparedByTheirText) {
  EXPECT_TRUE(Accepts(R"({"a":5})", R"({"a":"5"})"));
  EXPECT_TRUE(Accepts(R"({"a":"5"})", R"({"a":5})"));
  EXPECT_TRUE(Accepts(R"({"a":true})", R"({"a":true})"));
  EXPECT_TRUE(Accepts(R"({"a":null})", R"({"a":null})"));
  EXPECT_FALSE(Accepts(R"({"a":null})", R"({})"));
  EXPECT_FALSE(Accepts(R"({"a":5})", R"({"a":50})"));
}

TEST(Filter, AnObjectOrListEqualsNothing) {
  EXPECT_FALSE(Accepts(R"({"a":"{}"})", R"({"a":{}})"));
  EXPECT_FALSE(Accepts(R"({"a":"[1]"})", R"({"a":[1]})"));
}

TEST(Filter, BothSpellingsAreTheSameField) {
  EXPECT_TRUE(Accepts(R"({"userId":4})", R"({"user_id":4})"));
  EXPECT_TRUE(Accepts(R"({"user_id":4})", R"({"data":{"userId":"4"}})"));
  EXPECT_FALSE(Accepts(R"({"someThing":4})", R"({"some_thing":4})")) << "not a protocol name";
}

TEST(Filter, TheLastOfRepeatedMembersCounts) {
  EXPECT_TRUE(Accepts(R"({"a":2})", R"({"a":1,"a":2})"));
  EXPECT_FALSE(Accepts(R"({"a":1})", R"({"a":1,"a":2})"));
  EXPECT_FALSE(Accepts(R"({"user_id":1})", R"({"user_id":1,"userId":2})"));
}

TEST(Filter, EscapesMeanWhatTheyStandFor) {
  EXPECT_TRUE(Accepts(R"({"caf\u00e9":"x"})", R"({"café":"x"})"));
  EXPECT_TRUE(Accepts(R"({"café":"x"})", R"({"caf\u00e9":"\u0078"})"));
  EXPECT_TRUE(Accepts(R"({"a\"b":"\\"})", R"({"a\u0022b":"\u005c"})"));
  EXPECT_TRUE(Accepts(R"({"type":"x"})", R"({"t\u0079pe":"x"})"));
  EXPECT_FALSE(Accepts(R"({"a\\b":"x"})", R"({"a\b":"x"})"));
}

TEST(Filter, WrongShapesAreNamed) {
  EXPECT_EQ(Fault("[]"), "filters must be an object of fields and values");
  EXPECT_EQ(Fault("{"), "filters must be an object of fields and values");
  EXPECT_EQ(Fault("null"), "filters must be an object of fields and values");
  EXPECT_EQ(Fault(R"({"a":{"b":1}})"),
            "filters.a must be a string, number, boolean, null or a list of those");
  EXPECT_EQ(Fault(R"({"a":[1,[2]]})"), "filters.a must list strings, numbers, booleans or null");
}

TEST(Filter, EqualFiltersHaveEqualTexts) {
  Filter one;
  Filter other;
  one.Parse(R"({"b":[1, 2],"a":"x"})");
  other.Parse(R"( {"a":"\u0078","b":[1,2]} )");
  EXPECT_EQ(one.json(), R"({"a":"x","b":[1,2]})");
  EXPECT_EQ(one.json(), other.json());
}

}  // namespace
}  // namespace civic
