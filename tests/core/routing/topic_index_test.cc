#include "civic/routing/topic_index.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>

#include "civic/engine/random.h"
#include "support/allocation_counter.h"

namespace civic {
namespace {

TEST(TopicIndex, ANameInTwoPartsHasTheHashOfTheWhole) {
  EXPECT_EQ(TopicIndex::Hash("bill:", "123"), TopicIndex::Hash("bill:123"));
  EXPECT_EQ(TopicIndex::Hash("", "bill:123"), TopicIndex::Hash("bill:123", ""));
  EXPECT_NE(TopicIndex::Hash("bill:", "123"), TopicIndex::Hash("bill:", "124"));
}

TEST(TopicIndex, EmptyFindsNothing) {
  EXPECT_EQ(TopicIndex().Find(TopicIndex::Hash("bill:1"), [](TopicId) { return true; }),
            TopicIndex::kNone);
}

// Hashes of a few bits only, so that everything collides and erasing has gaps to close.
TEST(TopicIndex, AgreesWithAMapOverRandomOperations) {
  Random random(5);
  for (const std::uint64_t distinct_hashes : {1U, 7U, 64U, 100'000U}) {
    TopicIndex index;
    std::map<TopicId, std::uint64_t> model;
    for (int step = 0; step < 3000; ++step) {
      const auto topic = static_cast<TopicId>(random.Next() % 150);
      const auto known = model.find(topic);
      if (known == model.end()) {
        const std::uint64_t hash = random.Next() % distinct_hashes;
        index.Insert(hash, topic);
        model[topic] = hash;
      } else {
        index.Erase(known->second, topic);
        model.erase(known);
      }
      ASSERT_EQ(index.size(), model.size());
      const auto probe = static_cast<TopicId>(random.Next() % 150);
      const auto expected = model.find(probe);
      const std::uint64_t hash = expected == model.end() ? probe : expected->second;
      ASSERT_EQ(index.Find(hash, [&](TopicId candidate) { return candidate == probe; }),
                expected == model.end() ? TopicIndex::kNone : probe);
    }
    for (const auto& [topic, hash] : model) {
      ASSERT_EQ(index.Find(hash, [&, wanted = topic](TopicId each) { return each == wanted; }),
                topic);
    }
  }
}

TEST(TopicIndex, FindingAllocatesNothing) {
  TopicIndex index;
  index.Insert(TopicIndex::Hash("bill:1"), 4);
  const std::size_t before = AllocationCount();
  EXPECT_EQ(index.Find(TopicIndex::Hash("bill:", "1"), [](TopicId) { return true; }), 4U);
  EXPECT_EQ(AllocationCount(), before);
}

}  // namespace
}  // namespace civic
