// Ten thousand clients lose their server at the same moment.
#pragma once

#include <cstddef>

#include "civic/engine/time.h"

namespace civic::simulation {

struct HerdSetup {
  int clients = 10'000;
  DurationMs outage_ms = 30'000;
};

struct HerdReport {
  std::size_t attempts = 0;            // all of them
  std::size_t peak_after_outage = 0;   // attempts in the worst 100 ms once the server is back
  std::size_t peak_during_outage = 0;  // and before
  DurationMs last_ms = 0;              // from the end of the outage until everybody is back
  int given_up = 0;
};

HerdReport RunHerd(const HerdSetup& setup);

}  // namespace civic::simulation
