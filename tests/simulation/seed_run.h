// Many seeds on all cores: each world is a thread's own, and shares nothing with another.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "options.h"
#include "world.h"

namespace civic::simulation {

struct SeedFailure {
  std::uint64_t seed;
  Findings findings;
};

struct SeedRun {
  Findings findings;                  // of all seeds
  std::vector<SeedFailure> failures;  // by seed
  std::uint64_t seeds = 0;
  std::uint64_t events = 0;
  std::uint64_t published = 0;
  std::uint64_t delivered = 0;
  std::uint64_t gaps = 0;
};

// `progress(done)` is called now and then, `each(seed, outcome)` for every seed, both by one thread
// at a time.
SeedRun RunSeeds(const Options& options, const std::function<void(std::uint64_t)>& progress,
                 const std::function<void(std::uint64_t, const Outcome&)>& each);

}  // namespace civic::simulation
