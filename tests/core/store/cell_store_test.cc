#include "civic/store/cell_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/random.h"

namespace civic {
namespace {

using Change = std::pair<TopicId, CellKind>;

constexpr CellKind kUpdates = CellKind::kBillUpdates;
constexpr CellKind kEngagement = CellKind::kBillEngagement;

// The smallest memory a cell takes; the tests' budgets are counted in it.
constexpr std::size_t kCell = 2048;

StoreLimits BudgetOf(std::size_t cells) {
  StoreLimits limits;
  limits.cache_bytes = cells * kCell;
  return limits;
}

void Put(CellStore& store, TopicId topic, CellKind kind = kUpdates,
         std::string_view record = "{}") {
  ASSERT_TRUE(store.Put(topic, kind, record));
}

std::vector<Change> NewestFirst(const CellStore& store) {
  std::vector<Change> changes;
  for (CellStore::CellIndex i = store.newest(); i != CellStore::kNoCell;
       i = store.cell(i).by_change.older) {
    changes.emplace_back(CellStore::TopicOf(i), CellStore::KindOf(i));
  }
  return changes;
}

std::vector<TopicId> TakeEvicted(CellStore& store) {
  std::vector<TopicId> evicted;
  evicted.swap(store.evicted());
  return evicted;
}

bool Holds(const CellStore& store, TopicId topic, CellKind kind = kUpdates) {
  const CellStore::Cell* cell = store.Find(topic, kind);
  return cell != nullptr && cell->log.size() > 0;
}

TEST(CellStore, WalksCellsFromTheNewestChange) {
  CellStore store({});
  Put(store, 0);
  Put(store, 1);
  Put(store, 1, kEngagement);
  Put(store, 2);
  EXPECT_EQ(NewestFirst(store),
            (std::vector<Change>{{2, kUpdates}, {1, kEngagement}, {1, kUpdates}, {0, kUpdates}}));
  Put(store, 1);
  Put(store, 1);
  EXPECT_EQ(NewestFirst(store),
            (std::vector<Change>{{1, kUpdates}, {2, kUpdates}, {1, kEngagement}, {0, kUpdates}}));
  EXPECT_EQ(store.last_change(), 6U);
  EXPECT_EQ(store.Find(1, kUpdates)->changed_at, 6U);
  EXPECT_EQ(store.Find(1, kUpdates)->version, 3U);
}

TEST(CellStore, AValueCellIsAListOfOne) {
  CellStore store({});
  Put(store, 0, kEngagement, "{1}");
  Put(store, 0, kEngagement, "{2}");
  EXPECT_EQ(store.Find(0, kEngagement)->log.size(), 1U);
  EXPECT_EQ(store.Find(0, kEngagement)->log.Newest(1), "{2}");
}

TEST(CellStore, OverBudgetTheLeastRecentlyChangedTopicIsEmptied) {
  CellStore store(BudgetOf(3));
  for (const TopicId topic : {0U, 1U, 2U}) {
    Put(store, topic);
  }
  Put(store, 0);
  EXPECT_TRUE(TakeEvicted(store).empty());
  Put(store, 3);
  EXPECT_EQ(TakeEvicted(store), std::vector<TopicId>{1});
  EXPECT_FALSE(Holds(store, 1));
  EXPECT_TRUE(Holds(store, 0));
  // Whoever watches the topic finds that it changed.
  EXPECT_EQ(NewestFirst(store).front(), (Change{1, kUpdates}));
  EXPECT_EQ(store.used_bytes(), 3 * kCell);
}

TEST(CellStore, ATopicIsEmptiedWithAllItsCells) {
  CellStore store(BudgetOf(3));
  Put(store, 0);
  Put(store, 0, kEngagement);
  Put(store, 1);
  Put(store, 2);
  EXPECT_EQ(TakeEvicted(store), std::vector<TopicId>{0});
  EXPECT_FALSE(Holds(store, 0, kUpdates));
  EXPECT_FALSE(Holds(store, 0, kEngagement));
  EXPECT_EQ(store.used_bytes(), 2 * kCell);
}

TEST(CellStore, IdleTopicsGoFirst) {
  CellStore store(BudgetOf(3));
  for (const TopicId topic : {0U, 1U, 2U}) {
    Put(store, topic);
  }
  store.SetIdle(2, true);
  Put(store, 3);
  EXPECT_EQ(TakeEvicted(store), std::vector<TopicId>{2});
  store.SetIdle(2, false);
  Put(store, 4);
  EXPECT_EQ(TakeEvicted(store), std::vector<TopicId>{0});
}

TEST(CellStore, AmongIdleTopicsTheLongestIdleGoesAndComingBackCountsAsUse) {
  CellStore store(BudgetOf(4));
  for (const TopicId topic : {0U, 1U, 2U, 3U}) {
    Put(store, topic);
  }
  store.SetIdle(3, true);
  store.SetIdle(0, true);
  store.SetIdle(0, false);
  Put(store, 4);
  Put(store, 5);
  Put(store, 6);
  EXPECT_EQ(TakeEvicted(store), (std::vector<TopicId>{3, 1, 2}));
}

TEST(CellStore, ATopicThatIsIdleBeforeItHasACellGoesFirstToo) {
  CellStore store(BudgetOf(3));
  store.SetIdle(2, true);
  for (const TopicId topic : {0U, 1U, 2U, 3U}) {
    Put(store, topic);
  }
  EXPECT_EQ(TakeEvicted(store), std::vector<TopicId>{2});
}

TEST(CellStore, TheTopicBeingWrittenIsNeverEmptied) {
  CellStore store(BudgetOf(1));
  store.SetIdle(0, true);
  const std::string large(3 * kCell, 'x');
  Put(store, 0, kUpdates, large);
  EXPECT_TRUE(Holds(store, 0));
  EXPECT_GT(store.used_bytes(), kCell);
  Put(store, 1);
  EXPECT_EQ(TakeEvicted(store), std::vector<TopicId>{0});
}

TEST(CellStore, AForgottenTopicLeavesNoTraceAndItsHandleStartsAnew) {
  CellStore store({});
  Put(store, 0);
  Put(store, 1);
  Put(store, 1, kEngagement);
  store.Forget(1);
  store.Forget(7);
  EXPECT_EQ(NewestFirst(store), (std::vector<Change>{{0, kUpdates}}));
  EXPECT_EQ(store.Find(1, kUpdates), nullptr);
  EXPECT_EQ(store.used_bytes(), kCell);
  Put(store, 1);
  EXPECT_EQ(store.Find(1, kUpdates)->version, 1U);
  EXPECT_EQ(store.Find(1, kUpdates)->log.total(), 1U);
  EXPECT_EQ(store.Find(1, kEngagement), nullptr);
}

TEST(CellStore, ARefusedRecordChangesNothing) {
  StoreLimits limits;
  limits.cell_bytes = 100;
  CellStore store(limits);
  EXPECT_EQ(store.Reserve(0, kUpdates, 100), nullptr);
  EXPECT_EQ(store.used_bytes(), 0U);
  EXPECT_TRUE(NewestFirst(store).empty());
  store.Forget(0);
  EXPECT_TRUE(NewestFirst(store).empty());
}

// Any sequence of writes, forgotten and idle topics: the order of changes is that of a plain list,
// the memory counted is the memory held, and nothing is left when every topic is forgotten.
TEST(CellStore, AgreesWithAListOverRandomOperations) {
  Random random(4);
  for (int run = 0; run < 30; ++run) {
    const bool is_tight = run % 2 == 0;
    CellStore store(BudgetOf(is_tight ? 4 + random.Next() % 8 : 100'000));
    std::vector<Change> newest_first;
    const auto touch = [&](Change change) {
      std::erase(newest_first, change);
      newest_first.insert(newest_first.begin(), change);
    };
    constexpr TopicId kTopics = 20;
    for (int step = 0; step < 500; ++step) {
      const auto topic = static_cast<TopicId>(random.Next() % kTopics);
      const CellKind kind = kCellKinds[random.Next() % 2];
      switch (random.Next() % 8) {
        case 0:
          store.Forget(topic);
          std::erase_if(newest_first, [&](const Change& change) { return change.first == topic; });
          break;
        case 1:
          store.SetIdle(topic, random.Next() % 2 == 0);
          break;
        default: {
          std::vector<Change> held_before;
          std::copy_if(newest_first.begin(), newest_first.end(), std::back_inserter(held_before),
                       [&](const Change& each) { return Holds(store, each.first, each.second); });
          Put(store, topic, kind, std::string(1 + random.Next() % 1500, 'x'));
          touch({topic, kind});
          for (const TopicId evicted : TakeEvicted(store)) {
            ASSERT_TRUE(is_tight);
            ASSERT_NE(evicted, topic);
            for (const CellKind each : kCellKinds) {
              ASSERT_FALSE(Holds(store, evicted, each));
              if (std::count(held_before.begin(), held_before.end(), Change(evicted, each)) > 0) {
                touch({evicted, each});
              }
            }
          }
          break;
        }
      }
      ASSERT_EQ(NewestFirst(store), newest_first);
      std::size_t held = 0;
      for (const auto& [each_topic, each_kind] : newest_first) {
        held += store.Find(each_topic, each_kind)->log.capacity_bytes();
      }
      ASSERT_EQ(store.used_bytes(), held);
    }
    for (TopicId topic = 0; topic < kTopics; ++topic) {
      store.Forget(topic);
    }
    EXPECT_EQ(store.used_bytes(), 0U);
    EXPECT_EQ(store.newest(), CellStore::kNoCell);
  }
}

}  // namespace
}  // namespace civic
