// Which values are indexed, and what an entry says.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "civic/wire/json_scanner.h"
#include "wire/scanner_check.h"

namespace civic {
namespace {

using scanner_oracle::Disagreement;

std::string Repeat(std::string_view piece, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += piece;
  return repeated;
}

// The index as text: every entry indented by its depth, as its field (or its key as written, or
// nothing for an element) and its value. Containers with entries inside show their bracket only.
std::string Index(std::string_view text) {
  EXPECT_EQ(Disagreement(text), "") << text;
  JsonScanner scanner;
  if (!scanner.Scan(text).ok()) return "invalid";
  std::string index;
  const auto entries = scanner.entries();
  for (std::uint32_t i = 0; i < entries.size(); ++i) {
    const JsonEntry& entry = entries[i];
    index += std::string(entry.depth, ' ');
    if (entry.field != Field::kUnknown) {
      index += std::string(FieldName(entry.field)) + " = ";
    } else if (entry.has_key()) {
      index += std::string(text.substr(entry.key, text.find(':', entry.key) - entry.key)) + " = ";
    }
    const std::string_view value = RawValue(text, entry);
    index += std::string(entry.next == i + 1 ? value : value.substr(0, 1)) + "\n";
  }
  return index;
}

TEST(JsonIndex, HoldsTheMembersOfAMessage) {
  EXPECT_EQ(Index(R"({"type":"ping","messageId":"m1","timestamp":17,"x":null})"),
            "{\n"
            " type = \"ping\"\n"
            " message_id = \"m1\"\n"
            " timestamp = 17\n"
            " \"x\" = null\n");
}

TEST(JsonIndex, HoldsOnlyTheRootWhenItIsNoObject) {
  EXPECT_EQ(Index(R"([{"type":"ping"}])"), "[{\"type\":\"ping\"}]\n");
  EXPECT_EQ(Index(R"("type")"), "\"type\"\n");
  EXPECT_EQ(Index("{}"), "{}\n");
}

TEST(JsonIndex, ReachesIntoUpdateAndItsData) {
  EXPECT_EQ(Index(R"({"bill_id":7,"update":{"type":"t","data":{"a":{"b":1},"type":"no"}}})"),
            "{\n"
            " bill_id = 7\n"
            " update = {\n"
            "  type = \"t\"\n"
            "  data = {\n"
            "   \"a\" = {\"b\":1}\n"
            "   type = \"no\"\n");
}

TEST(JsonIndex, ReachesIntoDataMetricsAndNotificationOneLevel) {
  EXPECT_EQ(Index(R"({"data":{"data":{"data":1}},"metrics":{"view_count":2,"update":{"x":1}},)"
                  R"("notification":{"id":"n","data":{"y":1}}})"),
            "{\n"
            " data = {\n"
            "  data = {\"data\":1}\n"
            " metrics = {\n"
            "  view_count = 2\n"
            "  update = {\"x\":1}\n"
            " notification = {\n"
            "  id = \"n\"\n"
            "  data = {\"y\":1}\n");
}

TEST(JsonIndex, DoesNotReachIntoOtherMembers) {
  EXPECT_EQ(
      Index(R"({"filters":{"type":"x"},"payload":{"data":{"type":"x"}},"list":[{"type":"x"}]})"),
      "{\n"
      " filters = {\"type\":\"x\"}\n"
      " \"payload\" = {\"data\":{\"type\":\"x\"}}\n"
      " \"list\" = [{\"type\":\"x\"}]\n");
}

TEST(JsonIndex, TakesTheRightNameWithTheWrongKindAsOneValue) {
  EXPECT_EQ(Index(R"({"data":[{"a":1}],"update":"x","metrics":[1],"messages":{"type":"x"}})"),
            "{\n"
            " data = [{\"a\":1}]\n"
            " update = \"x\"\n"
            " metrics = [1]\n"
            " messages = {\"type\":\"x\"}\n");
}

TEST(JsonIndex, TakesElementsOfBatchesAsMessages) {
  EXPECT_EQ(
      Index(
          R"({"messages":[{"type":"a","data":{"x":[1]}},7,[{"type":"no"}]],"updates":[{"billId":1}]})"),
      "{\n"
      " messages = [\n"
      "  {\n"
      "   type = \"a\"\n"
      "   data = {\n"
      "    \"x\" = [1]\n"
      "  7\n"
      "  [{\"type\":\"no\"}]\n"
      " updates = [\n"
      "  {\n"
      "   bill_id = 1\n");
}

TEST(JsonIndex, FollowsNestedBatches) {
  EXPECT_EQ(Index(R"({"messages":[{"messages":[{"updates":[{"bill_id":1}]}]},{}]})"),
            "{\n"
            " messages = [\n"
            "  {\n"
            "   messages = [\n"
            "    {\n"
            "     updates = [\n"
            "      {\n"
            "       bill_id = 1\n"
            "  {}\n");
}

TEST(JsonIndex, EndsAtItsDeepestLevel) {
  JsonScanner scanner;
  const std::string text = Repeat(R"({"messages":[)", 20) + Repeat("]}", 20);
  ASSERT_TRUE(scanner.Scan(text).ok());
  const auto entries = scanner.entries();
  ASSERT_EQ(entries.size(), kMaxIndexedDepth + 1);
  EXPECT_EQ(entries.back().depth, kMaxIndexedDepth);
  EXPECT_EQ(RawValue(text, entries.back()), Repeat(R"({"messages":[)", 12) + Repeat("]}", 12));
  EXPECT_EQ(Disagreement(text), "");
}

TEST(JsonIndex, ReadsBothSpellings) {
  EXPECT_EQ(Index(R"({"bill_id":1,"billId":2,"messageId":3,"message_id":4})"),
            "{\n bill_id = 1\n bill_id = 2\n message_id = 3\n message_id = 4\n");
}

TEST(JsonIndex, ReadsNamesWithEscapes) {
  EXPECT_EQ(Index(R"({"bill\u005fid":1,"\u0062ill\u0049d":2,"d\u0061ta":{"a":1}})"),
            "{\n bill_id = 1\n bill_id = 2\n data = {\n  \"a\" = 1\n");
  EXPECT_EQ(Index(R"({"bill\nid":1,"bill_id\u0000":2})"),
            "{\n \"bill\\nid\" = 1\n \"bill_id\\u0000\" = 2\n");
  const std::string long_name = Repeat(R"(\u0061)", 500);
  EXPECT_EQ(Index("{\"" + long_name + "\":1}"), "{\n \"" + long_name + "\" = 1\n");
}

TEST(JsonIndex, KeepsRepeatedMembersInOrder) {
  EXPECT_EQ(Index(R"({"type":"a","data":{"x":1},"type":"b","data":2})"),
            "{\n type = \"a\"\n data = {\n  \"x\" = 1\n type = \"b\"\n data = 2\n");
}

TEST(JsonIndex, TakesNamesOfJavaScriptForOrdinary) {
  EXPECT_EQ(Index(R"({"__proto__":{"type":"x"},"constructor":1,"toString":2})"),
            "{\n \"__proto__\" = {\"type\":\"x\"}\n \"constructor\" = 1\n \"toString\" = 2\n");
}

TEST(JsonIndex, IsNotMisledByWhatIsInsideStrings) {
  EXPECT_EQ(Index(R"({"a":"\",\"type\":\"no\"","type":"yes","b":"{[","c":"\\"})"),
            "{\n \"a\" = \"\\\",\\\"type\\\":\\\"no\\\"\"\n type = \"yes\"\n"
            " \"b\" = \"{[\"\n \"c\" = \"\\\\\"\n");
}

TEST(JsonIndex, LeavesWhitespaceOut) {
  EXPECT_EQ(Index("\n{ \"type\" : \"a\" , \"data\" : { \"n\" : 1 } , \"x\" : [ 1 , 2 ] }\n"),
            "{\n type = \"a\"\n data = {\n  \"n\"  = 1\n \"x\"  = [ 1 , 2 ]\n");
}

TEST(JsonIndex, MarksStringsWithEscapes) {
  JsonScanner scanner;
  ASSERT_TRUE(scanner.Scan(R"({"a":"x","b":"\n","\u0063":"x","d":{"e":"\n"},"f":"\\"})").ok());
  const auto entries = scanner.entries();
  ASSERT_EQ(entries.size(), 6U);
  EXPECT_FALSE(entries[1].has_escapes);
  EXPECT_TRUE(entries[2].has_escapes);
  EXPECT_FALSE(entries[3].has_escapes) << "the name has one, the value has not";
  EXPECT_FALSE(entries[4].has_escapes) << "only strings are marked";
  EXPECT_TRUE(entries[5].has_escapes);
}

TEST(JsonIndex, GivesTheInsideOfStrings) {
  const std::string_view text = R"({"type":"bill_update","topic":""})";
  JsonScanner scanner;
  ASSERT_TRUE(scanner.Scan(text).ok());
  EXPECT_EQ(RawString(text, scanner.entries()[1]), "bill_update");
  EXPECT_EQ(RawString(text, scanner.entries()[2]), "");
}

TEST(JsonIndex, IsWalkedByNext) {
  const std::string_view text = R"({"update":{"type":"t","data":{"a":1}},"bill_id":7})";
  JsonScanner scanner;
  ASSERT_TRUE(scanner.Scan(text).ok());
  const auto entries = scanner.entries();
  std::string members;
  for (std::uint32_t i = 1; i < entries[0].next; i = entries[i].next) {
    members += std::string(FieldName(entries[i].field)) + " ";
  }
  EXPECT_EQ(members, "update bill_id ");
}

TEST(JsonIndex, IsEmptyAfterAnError) {
  JsonScanner scanner;
  EXPECT_TRUE(scanner.entries().empty());
  ASSERT_TRUE(scanner.Scan(R"({"a":1})").ok());
  ASSERT_FALSE(scanner.Scan(R"({"a":1)").ok());
  EXPECT_TRUE(scanner.entries().empty());
}

}  // namespace
}  // namespace civic
