// Makes a failing schedule as short as it can while it still fails in the same way.
#pragma once

#include <cstddef>

#include "findings.h"
#include "schedule.h"

namespace civic::simulation {

struct Shrunk {
  Schedule schedule;
  Findings findings;
  std::size_t runs = 0;
};

// Delta debugging (Zeller, Hildebrandt: "Simplifying and isolating failure-inducing input", 2002)
// over steps, then settings, then times. `most_runs` bounds the effort.
Shrunk Shrink(const Schedule& schedule, const Findings& findings, std::size_t most_runs);

}  // namespace civic::simulation
