// Digits that mean the same number to everybody.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace civic {

// The value of 0, 7, -12: texts that a JavaScript number prints exactly so, within ±2^53. Nothing
// for every other text, such as 007, -0 or 1e3.
inline std::optional<std::int64_t> ReadExactInteger(std::string_view text) {
  constexpr std::int64_t kLargest = std::int64_t{1} << 53U;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > kLargest ||
      value < -kLargest) {
    return std::nullopt;
  }
  std::array<char, 24> printed;
  const auto printed_end =
      std::to_chars(printed.data(), printed.data() + printed.size(), value).ptr;
  if (text != std::string_view(printed.data(), printed_end)) {
    return std::nullopt;
  }
  return value;
}

}  // namespace civic
