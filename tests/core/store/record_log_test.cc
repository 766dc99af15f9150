#include "civic/store/record_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>

#include "civic/engine/random.h"
#include "support/allocation_counter.h"

namespace civic {
namespace {

bool Append(RecordLog& log, std::string_view record, std::size_t slack = 0) {
  char* space = log.Reserve(record.size() + slack);
  if (space == nullptr) {
    return false;
  }
  std::memset(space, '#', record.size() + slack);
  std::memcpy(space, record.data(), record.size());
  log.Commit(record.size());
  return true;
}

std::string Join(const std::deque<std::string>& records, std::size_t newest) {
  std::string joined;
  for (std::size_t i = records.size() - newest; i < records.size(); ++i) {
    joined += joined.empty() ? "" : ",";
    joined += records[i];
  }
  return joined;
}

std::string RandomRecord(Random& random, std::size_t most) {
  const auto size = static_cast<std::size_t>(1 + random.Next() % most);
  return std::string(size, static_cast<char>('a' + random.Next() % 26));
}

// The records a log must hold, kept in the plainest way.
class Model {
 public:
  Model(std::uint32_t record_limit, std::size_t byte_limit)
      : record_limit_(record_limit), byte_limit_(byte_limit) {}

  // `reserved`: what the writer asked for, which is what has to fit.
  bool Append(const std::string& record, std::size_t reserved) {
    if (reserved + 1 > byte_limit_) {
      return false;
    }
    while (
        records.size() == record_limit_ ||
        (!records.empty() && Join(records, records.size()).size() + reserved + 1 > byte_limit_)) {
      records.pop_front();
    }
    records.push_back(record);
    ++total;
    return true;
  }

  std::deque<std::string> records;
  std::uint64_t total = 0;

 private:
  std::uint32_t record_limit_;
  std::size_t byte_limit_;
};

TEST(RecordLog, KeepsTheNewestRecordsWithinBothLimits) {
  Random random(1);
  for (int run = 0; run < 60; ++run) {
    const auto record_limit = static_cast<std::uint32_t>(1 + random.Next() % 60);
    const std::size_t byte_limit = 20 + random.Next() % 6000;
    const std::size_t most = 1 + random.Next() % 400;
    RecordLog log(record_limit, byte_limit);
    Model model(record_limit, byte_limit);
    for (int step = 0; step < 300; ++step) {
      const std::string record = RandomRecord(random, most);
      const std::size_t slack = random.Next() % 3 == 0 ? random.Next() % 50 : 0;
      ASSERT_EQ(Append(log, record, slack), model.Append(record, record.size() + slack));
      ASSERT_EQ(log.size(), model.records.size());
      ASSERT_EQ(log.total(), model.total);
      const std::size_t newest = random.Next() % (model.records.size() + 1);
      ASSERT_EQ(log.Newest(static_cast<std::uint32_t>(newest)), Join(model.records, newest));
      ASSERT_EQ(log.Newest(log.size()), Join(model.records, model.records.size()));
      ASSERT_LE(log.Newest(log.size()).size(), byte_limit);
      if (random.Next() % 100 == 0) {
        log.Clear();
        model.records.clear();
        ASSERT_EQ(log.capacity_bytes(), 0U);
      }
    }
  }
}

TEST(RecordLog, RefusesARecordOverTheByteLimitAndKeepsWhatItHas) {
  RecordLog log(3, 8);
  ASSERT_TRUE(Append(log, "aaa"));
  EXPECT_EQ(log.Reserve(8), nullptr);  // its separator would not fit
  EXPECT_EQ(log.Newest(1), "aaa");
  EXPECT_EQ(log.total(), 1U);
  EXPECT_TRUE(Append(log, "bbbbbbb"));
  EXPECT_EQ(log.Newest(log.size()), "bbbbbbb");
}

TEST(RecordLog, GoesOnCountingAfterClear) {
  RecordLog log(3, 100);
  Append(log, "a");
  Append(log, "b");
  log.Clear();
  EXPECT_EQ(log.size(), 0U);
  EXPECT_EQ(log.total(), 2U);
  Append(log, "c");
  EXPECT_EQ(log.total(), 3U);
  EXPECT_EQ(log.Newest(1), "c");
}

TEST(RecordLog, MovesEveryByteAtMostTwiceOnAverage) {
  Random random(2);
  for (const std::size_t most : {20, 300, 3000}) {
    RecordLog log(50, 1U << 20U);
    std::size_t moved = 0;
    std::size_t appended = 0;
    for (int i = 0; i < 5000; ++i) {
      const std::string record = RandomRecord(random, most);
      const std::uint32_t survivors = std::min(log.size(), 49U);
      const std::string_view before = log.Newest(survivors);
      ASSERT_TRUE(Append(log, record));
      const std::string_view after = log.Newest(survivors + 1);
      moved += after.data() != before.data() ? before.size() : 0;
      appended += record.size();
    }
    EXPECT_LE(moved, 2 * appended) << "records of up to " << most;
  }
}

TEST(RecordLog, AllocatesNothingOnceItHasItsSize) {
  Random random(3);
  RecordLog log(50, 1U << 20U);
  for (int i = 0; i < 5000; ++i) {
    Append(log, std::string(15, 'x'));
  }
  const std::string longest(15, 'y');
  const std::size_t before = AllocationCount();
  for (int i = 0; i < 10'000; ++i) {
    Append(log, std::string_view(longest).substr(random.Next() % 10));
  }
  EXPECT_EQ(AllocationCount() - before, 0U);
}

}  // namespace
}  // namespace civic
