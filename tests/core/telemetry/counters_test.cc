#include "civic/telemetry/counters.h"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace civic {
namespace {

TEST(Counters, StartAtNothingAndKeepTheirOwn) {
  Counters counters;
  counters.Add(Counter::kFramesReceived);
  counters.Add(Counter::kFramesReceived, 2);
  counters.Set(Counter::kDeflatedTextBytesReceived, 7);
  EXPECT_EQ(counters.Get(Counter::kFramesReceived), 3);
  EXPECT_EQ(counters.Get(Counter::kBytesReceived), 0);
  EXPECT_EQ(counters.values().front(), 3);
  EXPECT_EQ(counters.values().back(), 7);
}

TEST(Counters, EveryOneHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    const std::string_view name = CounterName(static_cast<Counter>(i));
    EXPECT_FALSE(name.empty());
    EXPECT_TRUE(names.insert(name).second) << name;
  }
  EXPECT_EQ(static_cast<std::size_t>(Counter::kDeflatedTextBytesReceived) + 1, kCounterCount);
  EXPECT_EQ(CounterName(Counter::kServerErrors), "serverErrors");
}

}  // namespace
}  // namespace civic
