// Identifiers as servers write them, and the one text each of them stands for.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "civic/wire/json_entry.h"

namespace civic {

inline constexpr std::size_t kMaxIdBytes = 128;

// Room for an identifier that is not written as it is spelled.
using IdBuffer = std::array<char, kMaxIdBytes>;

// An identifier is a string of 1 to kMaxIdBytes bytes, or a number that is exactly an integer
// within ±2^53. 123, "123", 123.0 and 1.23e2 are the same identifier. Nothing for every other
// value. The result is a view of `text` or of `buffer` and lives as long as both. `entry` is from a
// scan of `text`.
std::optional<std::string_view> ReadId(std::string_view text, const JsonEntry& entry,
                                       IdBuffer& buffer);

}  // namespace civic
