// What the program was asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace civic::simulation {

struct Options {
  std::uint64_t seeds = 500;
  std::uint64_t from = 1;
  int events = 1000;               // steps of one schedule
  unsigned threads = 0;            // 0: as many as the machine has
  std::size_t shrink_runs = 2000;  // for one failure; 0: failures stay as they are
  std::size_t most_failures = 3;   // told in full; further ones only by their seed
  bool is_verbose = false;   // the digest of every seed; with a script, everything that happens
  bool stops_early = false;  // at the first failure, without shrinking it
  bool is_herd = false;
  std::string script;                                  // a file with one schedule instead of seeds
  std::string failures = "build/simulation/failures";  // where shrunk scripts go

  // What is wrong with the arguments as a sentence; "" when all is well.
  std::string Parse(std::span<const char* const> arguments);
};

}  // namespace civic::simulation
