// The clock of a browser, as js/src/engine/clock.ts keeps it: monotonic, and jumping forward with
// the machine's when that is far ahead.
#pragma once

#include "civic/engine/time.h"

namespace civic::simulation {

class HostClock {
 public:
  // Somebody, or a sleep that no timer noticed, moved the machine's clock.
  void Jump(DurationMs by) { wall_ahead_ += by; }

  // `monotonic`: the time of the world.
  TimeMs Now(TimeMs monotonic) {
    constexpr DurationMs kSleepThresholdMs = 1000;
    if (wall_ahead_ - offset_ > kSleepThresholdMs) {
      offset_ = wall_ahead_;
    }
    return monotonic + offset_;
  }

 private:
  DurationMs wall_ahead_ = 0;
  DurationMs offset_ = 0;
};

}  // namespace civic::simulation
