#include "civic/store/typing_table.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace civic {
namespace {

class TypingTableTest : public testing::Test {
 protected:
  std::string Text(TopicId topic = 1) {
    std::string text;
    table.Write(topic, &text);
    return text;
  }
  std::vector<std::string> EndedBy(TimeMs now) {
    std::vector<TypingTable::Ended> ended;
    table.Advance(now, &ended);
    std::vector<std::string> texts;
    for (const TypingTable::Ended& one : ended) {
      texts.push_back(std::to_string(one.topic) + one.record);
    }
    return texts;
  }

  TypingTable table{5000};
};

TEST_F(TypingTableTest, KeepsOneEntryPerUserAndParent) {
  EXPECT_TRUE(table.Begin({1, "ada", ""}, "{1}", 0));
  EXPECT_FALSE(table.Begin({1, "ada", ""}, "{2}", 10));
  EXPECT_TRUE(table.Begin({1, "ada", "7"}, "{3}", 20));
  EXPECT_TRUE(table.Begin({1, "bob", ""}, "{4}", 30));
  EXPECT_EQ(Text(), R"({"root":[{1},{4}],"7":[{3}]})");
  EXPECT_EQ(Text(2), "{}");
}

TEST_F(TypingTableTest, EndsWhoSaysSoAndNobodyElse) {
  table.Begin({1, "ada", ""}, "{1}", 0);
  table.Begin({1, "bob", ""}, "{2}", 0);
  EXPECT_FALSE(table.End({1, "ada", "7"}));
  EXPECT_FALSE(table.End({2, "ada", ""}));
  EXPECT_TRUE(table.End({1, "ada", ""}));
  EXPECT_FALSE(table.End({1, "ada", ""}));
  EXPECT_EQ(Text(), R"({"root":[{2}]})");
}

TEST_F(TypingTableTest, ExpiresWhoIsNotHeardOfAgain) {
  table.Begin({2, "ada", ""}, "{1}", 0);
  table.Begin({1, "bob", ""}, "{2}", 0);
  table.Begin({1, "eve", ""}, "{3}", 0);
  table.Begin({1, "bob", ""}, "{4}", 3000);
  EXPECT_TRUE(EndedBy(4999).empty());
  EXPECT_EQ(table.NextDeadline(), 5000);
  EXPECT_EQ(EndedBy(5000), (std::vector<std::string>{"1{3}", "2{1}"}));
  EXPECT_EQ(table.NextDeadline(), 8000);
  EXPECT_EQ(EndedBy(8000), std::vector<std::string>{"1{2}"});
  EXPECT_EQ(table.NextDeadline(), kNever);
}

TEST_F(TypingTableTest, WritesAParentWithQuotesAsJson) {
  table.Begin({1, "ada", "a\"b"}, "{1}", 0);
  EXPECT_EQ(Text(), R"({"a\"b":[{1}]})");
}

TEST_F(TypingTableTest, IsBounded) {
  for (std::size_t i = 0; i < TypingTable::kMostPerTopic; ++i) {
    EXPECT_TRUE(table.Begin({1, std::to_string(i), ""}, "{}", 0));
  }
  EXPECT_FALSE(table.Begin({1, "one more", ""}, "{}", 0));
  EXPECT_TRUE(table.Begin({2, "one more", ""}, "{}", 0));
}

TEST_F(TypingTableTest, ForgetsATopic) {
  table.Begin({1, "ada", ""}, "{1}", 0);
  table.Forget(1);
  EXPECT_EQ(Text(), "{}");
  EXPECT_TRUE(EndedBy(9000).empty());
}

}  // namespace
}  // namespace civic
