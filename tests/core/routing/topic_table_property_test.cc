// Random subscriptions of several pages over time against a model on maps.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "civic/engine/random.h"
#include "civic/routing/topic_table.h"
#include "routing/watch_model.h"

namespace civic {
namespace {

constexpr DurationMs kLinger = 100;

class Mirror {
 public:
  // Follows the changes; what they say must fit what they said before.
  void Follow(TopicTable& table) {
    for (const RoutingChange& change : table.changes()) {
      const std::string& name = table.topic(change.topic).name;
      switch (change.kind) {
        case RoutingChange::Kind::kTopicOpened:
          EXPECT_TRUE(open.insert(name).second) << name;
          EXPECT_TRUE(keys.insert(table.topic(change.topic).key).second) << "a key used again";
          break;
        case RoutingChange::Kind::kTopicClosed:
          EXPECT_EQ(open.erase(name), 1U) << name;
          table.Release(change.topic);
          break;
        case RoutingChange::Kind::kWatchOpened:
          EXPECT_TRUE(watches[change.page].insert(name).second) << name;
          break;
        case RoutingChange::Kind::kWatchClosed:
          EXPECT_EQ(watches[change.page].erase(name), 1U) << name;
          break;
        case RoutingChange::Kind::kTopicIdle:
        case RoutingChange::Kind::kTopicWanted:
        case RoutingChange::Kind::kFilterChanged:
          EXPECT_TRUE(open.contains(name)) << name;
          break;
      }
    }
    table.changes().clear();
  }

  std::set<std::string> open;
  std::map<PageId, std::set<std::string>> watches;
  std::set<std::uint32_t> keys;
};

TEST(TopicTableProperty, AgreesWithTheModel) {
  Random random(6);
  const auto below = [&](std::uint64_t limit) { return random.Next() % limit; };
  for (int run = 0; run < 30; ++run) {
    TopicTable table(kLinger);
    WatchModel model(kLinger);
    Mirror mirror;
    TimeMs now = 0;
    const std::uint64_t topics = 1 + below(40);
    for (int step = 0; step < 1000; ++step) {
      const auto page = static_cast<PageId>(1 + below(4));
      const auto handle = static_cast<std::uint32_t>(below(12));
      const std::string topic = below(20) == 0 ? "*" : "bill:" + std::to_string(below(topics));
      switch (below(5)) {
        case 0:
        case 1:
          ASSERT_EQ(table.Subscribe(page, handle, topic, {}, Priority::kMedium, true),
                    model.Subscribe(page, handle, topic));
          break;
        case 2:
          ASSERT_EQ(table.Unsubscribe(page, handle, now), model.Unsubscribe(page, handle, now));
          break;
        case 3:
          now += static_cast<double>(below(60));
          table.Advance(now);
          model.Advance(now);
          break;
        default:
          if (below(10) == 0) {
            table.RemovePage(page);
            model.RemovePage(page);
          }
          break;
      }
      mirror.Follow(table);
      ASSERT_EQ(table.topic_count(), model.topic_count());
      ASSERT_EQ(table.subscription_count(), model.subscription_count());
      ASSERT_EQ(mirror.open.size(), model.topic_count());
      const TopicId found = table.Find(topic);
      ASSERT_EQ(found != TopicTable::kNone, model.IsOpen(topic));
      ASSERT_EQ(mirror.watches[page].contains(topic), model.Watches(page, topic));
      if (found == TopicTable::kNone) {
        continue;
      }
      ASSERT_EQ(table.topic(found).name, topic);
      for (const Watch& watch : table.topic(found).watches) {
        ASSERT_EQ(watch.references, model.References(topic, watch.page));
      }
      ASSERT_EQ(table.wildcard() != TopicTable::kNone, model.IsOpen("*"));
    }
    table.Advance(now + kLinger);
    for (PageId page = 1; page <= 4; ++page) {
      table.RemovePage(page);
    }
    mirror.Follow(table);
    EXPECT_TRUE(mirror.open.empty());
    EXPECT_EQ(table.topic_count(), 0U);
    EXPECT_EQ(table.subscription_count(), 0U);
  }
}

}  // namespace
}  // namespace civic
