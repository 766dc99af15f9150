// Time as the engine sees it: it comes in through arguments and is never asked for.
#pragma once

#include <limits>

namespace civic {

// Milliseconds since the Unix epoch, fractions allowed. The host keeps it monotonic.
using TimeMs = double;

// A length of time in milliseconds.
using DurationMs = double;

// The deadline of something that is not due at any time.
inline constexpr TimeMs kNever = std::numeric_limits<double>::infinity();

}  // namespace civic
