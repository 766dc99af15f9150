// Makes a failing schedule as short as it can while it still fails in the same way.
#pragma once

#include <cstddef>
#include <functional>

#include "findings.h"
#include "schedule.h"

namespace civic::simulation {

struct Shrunk {
  Schedule schedule;
  Findings findings;
  std::size_t runs = 0;
};

// Delta debugging (Zeller, Hildebrandt: "Simplifying and isolating failure-inducing input", 2002)
// over steps, then settings, then times. `run` says what a schedule comes to; `most_runs` bounds
// how often it is asked.
Shrunk Shrink(const Schedule& schedule, const Findings& findings, std::size_t most_runs,
              const std::function<Findings(const Schedule&)>& run);

}  // namespace civic::simulation
