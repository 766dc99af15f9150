// Points in time as servers write them in text.
#pragma once

#include <optional>
#include <string_view>

#include "civic/engine/time.h"

namespace civic {

// Milliseconds since the Unix epoch for a date of ISO 8601 in the form of RFC 3339, section 5.6:
//   2026-01-31T12:34:56.789+02:00
// Also taken: a date alone (midnight UTC), no seconds, a comma before the fraction, a space or a
// lower-case t and z, an offset without colon or minutes, 24:00:00 as the end of a day, and a leap
// second (23:59:60 UTC), which is the first of the next day. Without an offset it is UTC: the core
// knows no other zone. Digits of the fraction beyond nanoseconds are ignored. Nothing for every
// other text, such as February 30th.
std::optional<TimeMs> ParseIsoTime(std::string_view text);

}  // namespace civic
