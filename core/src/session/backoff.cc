#include "civic/session/backoff.h"

#include <algorithm>
#include <cmath>

namespace civic {

DurationMs BackoffCeiling(const BackoffPolicy& policy, int failures) {
  // 2^1000 is still a double; the cap makes everything near it the same.
  const int steps = std::clamp(failures, 0, 1000);
  const double factor =
      policy.shape == BackoffShape::kLinear ? steps + 1.0 : std::ldexp(1.0, steps);
  return std::min(policy.max_delay_ms, policy.delay_ms * factor);
}

DurationMs BackoffDelay(const BackoffPolicy& policy, int failures, Random& random) {
  return BackoffCeiling(policy, failures) * random.NextUnit();
}

}  // namespace civic
