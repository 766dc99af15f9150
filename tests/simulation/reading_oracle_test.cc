// The oracle finds every kind of fault, and nothing where there is none.
#include "reading_oracle.h"

#include <gtest/gtest.h>

#include <vector>

namespace civic::simulation {
namespace {

Item Event(std::int64_t number) {
  Item item;
  item.number = number;
  item.is_sequenced = true;
  return item;
}

Item Gap(int epoch, std::int64_t from, std::optional<std::int64_t> to, bool is_recovered = false) {
  Item item(Item::Kind::kGap);
  item.epoch = epoch;
  item.from = from;
  item.to = to;
  item.is_recovered = is_recovered;
  return item;
}

class ReadingOracleTest : public testing::Test {
 protected:
  // Ten events of one epoch, then ten of the next.
  ReadingOracleTest() {
    Publish(10);
    log.BeginEpoch();
    Publish(10);
    reading.owed_after = 0;
  }

  void Publish(int count) {
    for (int i = 0; i < count; ++i) {
      log.Append(0, {i % 2 == 0 ? 'a' : 'b', 1}, 1, 1, 1000);
    }
  }

  Findings Ordered(std::vector<Item> items) {
    reading.items = std::move(items);
    Findings findings;
    ReadingOracle(catalog, log, reading, "reader").CheckOrdered(false, &findings);
    return findings;
  }

  static std::vector<Item> From(std::int64_t first, std::int64_t last) {
    std::vector<Item> items;
    for (std::int64_t number = first; number <= last; ++number) {
      items.push_back(Event(number));
    }
    return items;
  }

  static std::vector<Item> Join(const std::vector<std::vector<Item>>& parts) {
    std::vector<Item> items;
    for (const std::vector<Item>& part : parts) {
      items.insert(items.end(), part.begin(), part.end());
    }
    return items;
  }

  TopicCatalog catalog{1};
  EventLog log{catalog};
  Reading reading;
};

TEST_F(ReadingOracleTest, EverythingInOrderIsFine) { EXPECT_TRUE(Ordered(From(1, 20)).empty()); }

TEST_F(ReadingOracleTest, WhatNeverComesIsLost) {
  EXPECT_EQ(Ordered(From(1, 18)).count(FindingKind::kLost), 2U);
}

TEST_F(ReadingOracleTest, NothingIsOwedToWhoHasLeft) {
  reading.is_open = false;
  EXPECT_TRUE(Ordered(From(1, 18)).empty());
}

TEST_F(ReadingOracleTest, WhatComesTwiceIsADuplicate) {
  const Findings findings = Ordered(Join({From(1, 5), From(5, 20)}));
  EXPECT_EQ(findings.count(FindingKind::kDuplicated), 1U);
}

TEST_F(ReadingOracleTest, WhatComesAfterALaterOneIsReordered) {
  const Findings findings = Ordered(Join({From(1, 4), From(6, 6), From(5, 5), From(7, 20)}));
  EXPECT_EQ(findings.count(FindingKind::kReordered), 1U);
}

TEST_F(ReadingOracleTest, WhatIsSkippedInSilenceIsAnUnsignalledGap) {
  const Findings findings = Ordered(Join({From(1, 4), From(8, 20)}));
  EXPECT_EQ(findings.count(FindingKind::kUnsignalledGap), 3U);
}

TEST_F(ReadingOracleTest, AGapEventDeclaresWhatItNames) {
  EXPECT_TRUE(Ordered(Join({From(1, 4), {Gap(1, 5, 7)}, From(8, 20)})).empty());
  const Findings short_one = Ordered(Join({From(1, 4), {Gap(1, 5, 6)}, From(8, 20)}));
  EXPECT_EQ(short_one.count(FindingKind::kUnsignalledGap), 1U);
}

TEST_F(ReadingOracleTest, ARecoveredGapDeclaresNothing) {
  EXPECT_TRUE(Ordered(Join({From(1, 6), {Gap(1, 5, 7, true)}, From(7, 20)})).empty());
  const Findings findings = Ordered(Join({From(1, 4), {Gap(1, 5, 7, true)}, From(8, 20)}));
  EXPECT_EQ(findings.count(FindingKind::kUnsignalledGap), 3U);
}

TEST_F(ReadingOracleTest, AGapOfWhatCameIsFalse) {
  EXPECT_EQ(Ordered(Join({From(1, 7), {Gap(1, 5, 7)}, From(8, 20)})).count(FindingKind::kFalseGap),
            1U);
  EXPECT_EQ(Ordered(Join({From(1, 4), {Gap(1, 5, 9)}, From(8, 20)})).count(FindingKind::kFalseGap),
            2U);
}

TEST_F(ReadingOracleTest, AGapThatIsToldTwiceIsFalse) {
  const Findings findings = Ordered(Join({From(1, 4), {Gap(1, 5, 7), Gap(1, 5, 7)}, From(8, 20)}));
  EXPECT_EQ(findings.count(FindingKind::kFalseGap), 1U);
}

TEST_F(ReadingOracleTest, AGapOfNothingIsFalse) {
  log.Append(0, {}, 5, 1, 1000);  // the numbers before it mean nothing
  const Findings findings = Ordered(Join({From(1, 20), {Gap(2, 11, 12)}, From(21, 21)}));
  EXPECT_EQ(findings.count(FindingKind::kFalseGap), 1U);
}

TEST_F(ReadingOracleTest, AGapWithoutAnEndGoesAsFarAsWhatComesNext) {
  EXPECT_TRUE(Ordered(Join({From(1, 4), {Gap(2, 5, std::nullopt)}, From(13, 20)})).empty());
  // Of two in a row, the second says where the first ended.
  EXPECT_TRUE(
      Ordered(Join({From(1, 4), {Gap(2, 5, std::nullopt), Gap(2, 3, 6)}, From(17, 20)})).empty());
}

TEST_F(ReadingOracleTest, FiltersDecideWhatIsOwed) {
  reading.kind = 'a';
  std::vector<Item> odd;
  for (std::int64_t number = 1; number <= 19; number += 2) {
    odd.push_back(Event(number));
  }
  EXPECT_TRUE(Ordered(odd).empty());
  EXPECT_GT(Ordered(From(1, 20)).count(FindingKind::kWrongState), 0U);
}

TEST_F(ReadingOracleTest, BeforeTheServerSaysWhereItBeginsNothingIsOwed) {
  reading.owed_after.reset();
  EXPECT_TRUE(Ordered(From(15, 20)).empty());
  EXPECT_GT(Ordered(Join({From(15, 16), From(18, 20)})).count(FindingKind::kUnsignalledGap), 0U);
}

TEST_F(ReadingOracleTest, WhoJoinsOthersIsOwedWhatIsPublishedFromThenOn) {
  reading.owed_after.reset();
  reading.has_company = true;
  reading.since = 2000;
  log.Append(0, {}, 1, 1, 3000);
  EXPECT_EQ(Ordered({}).count(FindingKind::kLost), 1U);
  EXPECT_TRUE(Ordered({Event(21)}).empty());
  EXPECT_TRUE(Ordered(From(18, 21)).empty()) << "what is still under way may come, too";
}

TEST_F(ReadingOracleTest, WhatASlowPageDroppedWasTold) {
  EXPECT_TRUE(Ordered(Join({From(1, 4), {Item(Item::Kind::kOverflow)}, From(9, 20)})).empty());
}

TEST_F(ReadingOracleTest, WithoutPositionsWhatArrivedIsWhatIsOwed) {
  const auto arrived = [&](std::vector<std::int64_t> numbers, std::vector<Item> items) {
    reading.arrived = std::move(numbers);
    reading.items = std::move(items);
    Findings findings;
    ReadingOracle(catalog, log, reading, "reader").CheckArrived(&findings);
    return findings;
  };
  EXPECT_TRUE(arrived({2, 5}, {Event(2), Event(5)}).empty());
  EXPECT_EQ(arrived({2, 5}, {Event(2)}).count(FindingKind::kLost), 1U);
  EXPECT_EQ(arrived({2, 5}, {Event(5)}).count(FindingKind::kLost), 1U);
  EXPECT_EQ(arrived({2, 5}, {Event(2), Event(2), Event(5)}).count(FindingKind::kDuplicated), 1U);
  EXPECT_EQ(arrived({2, 5}, {Event(5), Event(2)}).count(FindingKind::kReordered), 1U);
}

TEST_F(ReadingOracleTest, TheNewestMustHaveCome) {
  const auto newest = [&](std::vector<Item> items) {
    reading.items = std::move(items);
    Findings findings;
    ReadingOracle(catalog, log, reading, "reader").CheckNewest(&findings);
    return findings.count(FindingKind::kLost);
  };
  EXPECT_EQ(newest(From(20, 20)), 0U);
  EXPECT_EQ(newest(From(1, 19)), 1U);
  EXPECT_EQ(newest({}), 1U);
}

}  // namespace
}  // namespace civic::simulation
