#include "engine/pages_simulation.h"

#include <gtest/gtest.h>

namespace civic {
namespace {

TEST(PagesSimulation, EveryPageKnowsTheNewestOfWhatItWatches) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE(seed);
    PagesSimulation({}, seed).Run(2500);
  }
}

TEST(PagesSimulation, ShortHistoriesAndFewBills) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE(seed);
    PagesSimulation simulation({.bill_updates = 3, .bills = 2}, seed);
    simulation.Run(2500);
    EXPECT_GT(simulation.counter(Counter::kRecordsConflated), 0);
  }
}

TEST(PagesSimulation, WithLittleMemoryWhatAPageHoldsIsStillTheNewest) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE(seed);
    PagesSimulation simulation({.cache_bytes = 16'000, .longest_text = 1000}, seed);
    simulation.Run(2500);
    EXPECT_GT(simulation.counter(Counter::kTopicsEvicted), 0);
  }
}

}  // namespace
}  // namespace civic
