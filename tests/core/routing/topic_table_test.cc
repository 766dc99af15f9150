#include "civic/routing/topic_table.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace civic {
namespace {

constexpr DurationMs kLinger = 2000;

Filter FilterOf(std::string_view json) {
  Filter filter;
  EXPECT_EQ(filter.Parse(json), "");
  return filter;
}

class TopicTableTest : public testing::Test {
 protected:
  bool Subscribe(PageId page, std::uint32_t handle, std::string_view topic,
                 std::string_view filter = "") {
    return table.Subscribe(page, handle, topic, FilterOf(filter), Priority::kMedium, true);
  }

  // Such as "opened bill:1" or "watch opened bill:1 by 2". Released topics are released.
  std::vector<std::string> Changes() {
    std::vector<std::string> texts;
    for (const RoutingChange& change : table.changes()) {
      const std::string name = table.topic(change.topic).name;
      const std::string by = " by " + std::to_string(change.page);
      switch (change.kind) {
        case RoutingChange::Kind::kWatchOpened:
          texts.push_back("watch opened " + name + by);
          break;
        case RoutingChange::Kind::kWatchClosed:
          texts.push_back("watch closed " + name + by);
          break;
        case RoutingChange::Kind::kTopicOpened:
          texts.push_back("opened " + name);
          break;
        case RoutingChange::Kind::kTopicIdle:
          texts.push_back("idle " + name);
          break;
        case RoutingChange::Kind::kTopicWanted:
          texts.push_back("wanted " + name);
          break;
        case RoutingChange::Kind::kFilterChanged:
          texts.push_back("filter " + name + " " + table.FilterOnWire(change.topic));
          break;
        case RoutingChange::Kind::kTopicClosed:
          texts.push_back("closed " + name);
          table.Release(change.topic);
          break;
      }
    }
    table.changes().clear();
    return texts;
  }

  using Texts = std::vector<std::string>;

  TopicTable table{kLinger};
};

TEST_F(TopicTableTest, TheFirstSubscriptionOpensAndTheOthersOnlyCount) {
  EXPECT_TRUE(Subscribe(1, 10, "bill:1"));
  EXPECT_EQ(Changes(), (Texts{"watch opened bill:1 by 1", "opened bill:1"}));
  EXPECT_TRUE(Subscribe(1, 11, "bill:1"));
  EXPECT_EQ(Changes(), Texts{});
  EXPECT_TRUE(Subscribe(2, 10, "bill:1"));
  EXPECT_EQ(Changes(), Texts{"watch opened bill:1 by 2"});
  EXPECT_EQ(table.topic_count(), 1U);
  EXPECT_EQ(table.subscription_count(), 3U);
}

TEST_F(TopicTableTest, AHandleIsUniqueWithinItsPage) {
  EXPECT_TRUE(Subscribe(1, 10, "bill:1"));
  EXPECT_FALSE(Subscribe(1, 10, "bill:2"));
  EXPECT_TRUE(Subscribe(2, 10, "bill:2"));
  EXPECT_EQ(table.Find("bill:", "2"), table.FindSubscription(2, 10)->topic);
  EXPECT_FALSE(table.Unsubscribe(3, 10, 0));
}

TEST_F(TopicTableTest, TheLastOneOutClosesAfterTheLingerTime) {
  Subscribe(1, 10, "bill:1");
  Subscribe(1, 11, "bill:1");
  Changes();
  table.Unsubscribe(1, 10, 100);
  EXPECT_EQ(Changes(), Texts{});
  EXPECT_EQ(table.NextDeadline(), kNever);
  table.Unsubscribe(1, 11, 200);
  EXPECT_EQ(Changes(), Texts{"idle bill:1"});
  EXPECT_EQ(table.NextDeadline(), 200 + kLinger);
  table.Advance(199 + kLinger);
  EXPECT_EQ(Changes(), Texts{});
  table.Advance(200 + kLinger);
  EXPECT_EQ(Changes(), (Texts{"watch closed bill:1 by 1", "closed bill:1"}));
  EXPECT_EQ(table.Find("bill:1"), TopicTable::kNone);
  EXPECT_EQ(table.NextDeadline(), kNever);
}

TEST_F(TopicTableTest, WhoReturnsWithinTheLingerTimeChangesNothing) {
  Subscribe(1, 10, "bill:1");
  Changes();
  for (int i = 0; i < 5; ++i) {  // as StrictMode mounts, unmounts and mounts
    table.Unsubscribe(1, 10, 100 * i);
    Subscribe(1, 10, "bill:1");
    EXPECT_EQ(Changes(), (Texts{"idle bill:1", "wanted bill:1"}));
  }
  table.Advance(1e9);
  EXPECT_EQ(Changes(), Texts{});
  EXPECT_EQ(table.NextDeadline(), kNever);
  EXPECT_NE(table.Find("bill:1"), TopicTable::kNone);
}

TEST_F(TopicTableTest, TheLingerTimeCountsFromTheLastLeaving) {
  Subscribe(1, 10, "bill:1");
  table.Unsubscribe(1, 10, 0);
  Subscribe(1, 10, "bill:1");
  table.Unsubscribe(1, 10, 1500);
  Changes();
  table.Advance(kLinger);
  EXPECT_EQ(Changes(), Texts{});
  table.Advance(1500 + kLinger);
  EXPECT_EQ(Changes(), (Texts{"watch closed bill:1 by 1", "closed bill:1"}));
}

TEST_F(TopicTableTest, EachPageLingersForItself) {
  Subscribe(1, 10, "bill:1");
  Subscribe(2, 10, "bill:1");
  Changes();
  table.Unsubscribe(1, 10, 0);
  EXPECT_EQ(Changes(), Texts{});
  table.Advance(kLinger);
  EXPECT_EQ(Changes(), Texts{"watch closed bill:1 by 1"});
  table.RemovePage(2);
  EXPECT_EQ(Changes(), (Texts{"watch closed bill:1 by 2", "closed bill:1"}));
}

TEST_F(TopicTableTest, APageThatGoesLeavesAtOnceAndOnlyItself) {
  Subscribe(1, 10, "bill:1");
  Subscribe(1, 11, "bill:2");
  Subscribe(2, 10, "bill:2");
  Subscribe(2, 11, "bill:3");
  Changes();
  table.RemovePage(1);
  EXPECT_EQ(Changes(),
            (Texts{"watch closed bill:1 by 1", "closed bill:1", "watch closed bill:2 by 1"}));
  EXPECT_EQ(table.subscription_count(), 2U);
}

TEST_F(TopicTableTest, WhenTheLastReferringPageGoesTheTopicLingersForTheOther) {
  Subscribe(1, 10, "bill:1");
  Subscribe(2, 10, "bill:1");
  table.Unsubscribe(2, 10, 0);
  Changes();
  table.RemovePage(1);
  EXPECT_EQ(Changes(), (Texts{"watch closed bill:1 by 1", "idle bill:1"}));
  table.Advance(kLinger);
  EXPECT_EQ(Changes(), (Texts{"watch closed bill:1 by 2", "closed bill:1"}));
}

TEST_F(TopicTableTest, AReusedHandleIsNotClosedByItsFormerTopicsLinger) {
  Subscribe(1, 10, "bill:1");
  table.Unsubscribe(1, 10, 0);
  const TopicId handle = table.Find("bill:1");
  const std::uint32_t key = table.topic(handle).key;
  table.RemovePage(1);
  Changes();
  Subscribe(1, 10, "bill:2");
  table.Unsubscribe(1, 10, 1000);
  ASSERT_EQ(table.Find("bill:2"), handle);
  EXPECT_NE(table.topic(handle).key, key);
  Changes();
  table.Advance(kLinger);
  EXPECT_EQ(Changes(), Texts{});
  table.Advance(1000 + kLinger);
  EXPECT_EQ(Changes(), (Texts{"watch closed bill:2 by 1", "closed bill:2"}));
}

TEST_F(TopicTableTest, TheWireHasTheFilterEverybodyHasOrNone) {
  Subscribe(1, 10, "bill:1", R"({"type":"amendment"})");
  const TopicId topic = table.Find("bill:1");
  EXPECT_EQ(table.FilterOnWire(topic), R"({"type":"amendment"})");
  Changes();
  Subscribe(2, 10, "bill:1", R"({ "type" : "amendment" })");
  EXPECT_EQ(Changes(), Texts{"watch opened bill:1 by 2"});
  Subscribe(2, 11, "bill:1", R"({"type":"other"})");
  EXPECT_EQ(Changes(), Texts{"filter bill:1 "});
  Subscribe(2, 12, "bill:1");
  EXPECT_EQ(Changes(), Texts{});
  table.Unsubscribe(2, 12, 0);
  table.Unsubscribe(2, 11, 0);
  EXPECT_EQ(Changes(), Texts{R"(filter bill:1 {"type":"amendment"})"});
}

TEST_F(TopicTableTest, WhileItLingersTheFilterStaysAndAnotherOneChangesItOnReturn) {
  Subscribe(1, 10, "bill:1", R"({"type":"amendment"})");
  Changes();
  table.Unsubscribe(1, 10, 0);
  EXPECT_EQ(Changes(), Texts{"idle bill:1"});
  Subscribe(1, 11, "bill:1", R"({"type":"other"})");
  EXPECT_EQ(Changes(), (Texts{"wanted bill:1", R"(filter bill:1 {"type":"other"})"}));
}

TEST_F(TopicTableTest, TheWildcardIsATopicLikeAnyOther) {
  EXPECT_EQ(table.wildcard(), TopicTable::kNone);
  Subscribe(1, 10, "*");
  EXPECT_EQ(table.wildcard(), table.Find("*"));
  table.RemovePage(1);
  Changes();
  EXPECT_EQ(table.wildcard(), TopicTable::kNone);
}

}  // namespace
}  // namespace civic
