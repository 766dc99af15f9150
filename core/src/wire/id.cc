#include "civic/wire/id.h"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "civic/wire/json_entry.h"
#include "civic/wire/json_string.h"

namespace civic {
namespace {

constexpr std::uint64_t kMaxInteger = std::uint64_t{1} << 53U;
constexpr std::int64_t kExponentCap = 1'000'000'000'000;  // More than any text has digits.

bool IsDigit(char letter) { return letter >= '0' && letter <= '9'; }

// `value`, which is not 0, times ten to the `scale`; nothing above kMaxInteger.
std::optional<std::uint64_t> Scale(std::uint64_t value, std::int64_t scale) {
  for (; scale > 0 && value <= kMaxInteger; --scale) value *= 10;
  if (value > kMaxInteger) return std::nullopt;
  return value;
}

struct Integer {
  bool is_negative = false;
  std::uint64_t magnitude = 0;
};

// The exact value of a JSON number, nothing unless it is an integer within ±2^53. The number is
// D * 10^E where D has no trailing zero, so it is an integer exactly when E is not negative.
std::optional<Integer> ReadInteger(std::string_view number) {
  Integer integer;
  std::size_t i = 0;
  if (number[0] == '-') {
    integer.is_negative = true;
    ++i;
  }
  std::int64_t zeros = 0;  // Zeros behind the last digit of D so far.
  std::int64_t fraction_digits = 0;
  bool in_fraction = false;
  for (; i < number.size(); ++i) {
    if (number[i] == '.') {
      in_fraction = true;
      continue;
    }
    if (!IsDigit(number[i])) break;
    if (in_fraction) ++fraction_digits;
    if (number[i] == '0') {
      ++zeros;
      continue;
    }
    if (integer.magnitude != 0) {
      const auto scaled = Scale(integer.magnitude, zeros + 1);
      if (!scaled) return std::nullopt;
      integer.magnitude = *scaled;
    }
    integer.magnitude += static_cast<std::uint64_t>(number[i] - '0');
    zeros = 0;
  }
  if (integer.magnitude == 0) return Integer{};
  std::int64_t exponent = 0;
  if (i < number.size()) {
    const bool is_negative = number[++i] == '-';
    if (!IsDigit(number[i])) ++i;
    for (; i < number.size() && exponent < kExponentCap; ++i) {
      exponent = exponent * 10 + (number[i] - '0');
    }
    if (is_negative) exponent = -exponent;
  }
  const std::int64_t scale = zeros + exponent - fraction_digits;
  if (scale < 0) return std::nullopt;
  const auto magnitude = Scale(integer.magnitude, scale);
  if (!magnitude) return std::nullopt;
  integer.magnitude = *magnitude;
  return integer;
}

// Digits that are already the canonical text: at most 15, so within ±2^53, and no -0.
bool IsCanonical(std::string_view number) {
  const std::string_view digits = number[0] == '-' ? number.substr(1) : number;
  if (digits.size() > 15 || (digits.size() != number.size() && digits[0] == '0')) return false;
  for (const char digit : digits) {
    if (!IsDigit(digit)) return false;
  }
  return true;
}

std::optional<std::string_view> CanonicalNumber(std::string_view number, IdBuffer& buffer) {
  if (IsCanonical(number)) return number;
  const auto integer = ReadInteger(number);
  if (!integer) return std::nullopt;
  char* at = buffer.data();
  if (integer->is_negative) *at++ = '-';
  at = std::to_chars(at, buffer.data() + buffer.size(), integer->magnitude).ptr;
  return std::string_view(buffer.data(), static_cast<std::size_t>(at - buffer.data()));
}

}  // namespace

std::optional<std::string_view> ReadId(std::string_view text, const JsonEntry& entry,
                                       IdBuffer& buffer) {
  if (entry.kind == JsonKind::kNumber) return CanonicalNumber(RawValue(text, entry), buffer);
  if (entry.kind != JsonKind::kString) return std::nullopt;
  const std::string_view raw = RawString(text, entry);
  const auto id = entry.has_escapes ? DecodeJsonStringInto(raw, buffer) : raw;
  if (!id || id->empty() || id->size() > kMaxIdBytes) return std::nullopt;
  return id;
}

}  // namespace civic
