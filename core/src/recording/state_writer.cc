#include "civic/recording/state_writer.h"

#include <bit>
#include <cmath>

namespace civic {

std::string StateWriter::ExactNumber(double value) {
  constexpr double kLargestWhole = 9007199254740992.0;  // 2^53
  if (std::isinf(value)) {
    return value > 0 ? R"("inf")" : R"("-inf")";
  }
  if (value == std::floor(value) && std::fabs(value) <= kLargestWhole && !std::signbit(value)) {
    return std::to_string(static_cast<std::int64_t>(value));
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "\"";
  const auto bits = std::bit_cast<std::uint64_t>(value);
  for (unsigned shift = 64; shift > 0; shift -= 4) {
    text += kDigits[(bits >> (shift - 4)) & 0xfU];
  }
  return text + '"';
}

}  // namespace civic
