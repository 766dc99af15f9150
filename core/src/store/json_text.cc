#include "civic/store/json_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace civic {
namespace {

constexpr double kSmallest = 1e-9;
constexpr double kSixDigits = 100'000;
constexpr double kSevenDigits = 1'000'000;

}  // namespace

void AppendInteger(std::uint64_t value, std::string* out) {
  std::array<char, 24> digits;
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out->append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void AppendRounded(double value, std::string* out) {
  double scaled = std::abs(value);
  if (!(scaled >= kSmallest) || std::isinf(scaled)) {
    *out += '0';
    return;
  }
  // The value is `scaled` / 10^places.
  int places = 0;
  for (; scaled < kSixDigits; ++places) {
    scaled *= 10;
  }
  for (; scaled >= kSevenDigits; --places) {
    scaled /= 10;
  }
  auto mantissa = static_cast<std::uint64_t>(std::llround(scaled));
  for (; places > 0 && mantissa % 10 == 0; --places) {
    mantissa /= 10;
  }
  for (; places < 0; ++places) {
    mantissa *= 10;
  }
  if (value < 0) {
    *out += '-';
  }
  const std::size_t start = out->size();
  AppendInteger(mantissa, out);
  const auto fraction_digits = static_cast<std::size_t>(places);
  if (fraction_digits > 0) {
    const std::size_t digits = out->size() - start;
    if (digits <= fraction_digits) {
      out->insert(start, fraction_digits + 1 - digits, '0');
    }
    out->insert(out->size() - fraction_digits, 1, '.');
  }
}

}  // namespace civic
