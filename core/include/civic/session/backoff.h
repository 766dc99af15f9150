// How long to wait before the next attempt to connect.
//
// Full jitter: uniform between nothing and a ceiling that grows with every failed attempt, so that
// clients that lost their server together do not come back together (Marc Brooker, "Exponential
// Backoff And Jitter", AWS Architecture Blog, 2015).
#pragma once

#include <cstdint>

#include "civic/engine/random.h"
#include "civic/engine/time.h"

namespace civic {

enum class BackoffShape : std::uint8_t {
  kExponential,  // delay, 2 * delay, 4 * delay, …
  kLinear,       // delay, 2 * delay, 3 * delay, …
};

struct BackoffPolicy {
  BackoffShape shape = BackoffShape::kExponential;
  DurationMs delay_ms = 2000;
  DurationMs max_delay_ms = 30000;
};

// The longest wait after `failures` failed attempts in a row, counted from 0.
DurationMs BackoffCeiling(const BackoffPolicy& policy, int failures);

// Uniform in [0, BackoffCeiling). Takes exactly one number from `random`.
DurationMs BackoffDelay(const BackoffPolicy& policy, int failures, Random& random);

}  // namespace civic
