#include "civic/wire/number.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace civic {
namespace {

constexpr int kExactPower = 22;  // 10^22 is the largest power of ten that a double holds.

double PowerOfTen(int exponent) {
  double power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

bool IsDigit(char letter) { return letter >= '0' && letter <= '9'; }

}  // namespace

double ReadNumber(std::string_view text) {
  constexpr std::uint64_t kRoom = UINT64_MAX / 10 - 1;  // One more digit fits below it.
  constexpr int kFarthest = 400;                        // Nothing but 0 and infinity lies beyond.
  std::size_t at = 0;
  const auto is_at = [&](char letter) { return at < text.size() && text[at] == letter; };
  const bool is_negative = is_at('-');
  at += is_negative ? 1 : 0;

  std::uint64_t digits = 0;
  int exponent = 0;
  bool is_fraction = false;
  for (; at < text.size() && (IsDigit(text[at]) || text[at] == '.'); ++at) {
    if (text[at] == '.') {
      is_fraction = true;
    } else if (digits < kRoom) {
      digits = digits * 10 + static_cast<std::uint64_t>(text[at] - '0');
      exponent -= is_fraction ? 1 : 0;
    } else {
      exponent += is_fraction ? 0 : 1;
    }
  }
  if (is_at('e') || is_at('E')) {
    ++at;
    const bool is_small = is_at('-');
    at += is_small || is_at('+') ? 1 : 0;
    int written = 0;
    for (; at < text.size() && IsDigit(text[at]); ++at) {
      written = std::min(written * 10 + (text[at] - '0'), 100'000'000);
    }
    exponent += is_small ? -written : written;
  }

  auto value = static_cast<double>(digits);
  exponent = std::clamp(exponent, -kFarthest, kFarthest);
  for (; exponent > 0 && digits != 0; exponent -= std::min(exponent, kExactPower)) {
    value *= PowerOfTen(std::min(exponent, kExactPower));
  }
  for (; exponent < 0; exponent += std::min(-exponent, kExactPower)) {
    value /= PowerOfTen(std::min(-exponent, kExactPower));
  }
  return is_negative ? -value : value;
}

}  // namespace civic
