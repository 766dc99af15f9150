#include "civic/wire/json_string.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace civic {
namespace {

constexpr std::uint32_t kReplacementCharacter = 0xfffd;

bool IsHighSurrogate(std::uint32_t unit) { return (unit & 0xfc00U) == 0xd800U; }
bool IsLowSurrogate(std::uint32_t unit) { return (unit & 0xfc00U) == 0xdc00U; }

std::optional<std::uint32_t> HexDigit(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<std::uint32_t>(digit - '0');
  const char lower = static_cast<char>(digit | 0x20);
  if (lower >= 'a' && lower <= 'f') return static_cast<std::uint32_t>(lower - 'a' + 10);
  return std::nullopt;
}

// The UTF-16 unit of an escape `\uXXXX` that starts at `offset`; nothing if there is none.
std::optional<std::uint32_t> UnicodeEscapeAt(std::string_view raw, std::size_t offset) {
  if (raw.size() - offset < 6 || raw[offset] != '\\' || raw[offset + 1] != 'u') return std::nullopt;
  std::uint32_t unit = 0;
  for (std::size_t i = offset + 2; i < offset + 6; ++i) {
    const auto digit = HexDigit(raw[i]);
    if (!digit) return std::nullopt;
    unit = unit * 16 + *digit;
  }
  return unit;
}

// Writes a code point as UTF-8 and returns how many bytes that are. `out` has room for 4.
std::size_t EncodeUtf8(std::uint32_t code_point, char* out) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
  if (code_point < 0x80) {
    out[0] = byte(code_point);
    return 1;
  }
  if (code_point < 0x800) {
    out[0] = byte(0xc0U | (code_point >> 6U));
    out[1] = byte(0x80U | (code_point & 0x3fU));
    return 2;
  }
  if (code_point < 0x10000) {
    out[0] = byte(0xe0U | (code_point >> 12U));
    out[1] = byte(0x80U | ((code_point >> 6U) & 0x3fU));
    out[2] = byte(0x80U | (code_point & 0x3fU));
    return 3;
  }
  out[0] = byte(0xf0U | (code_point >> 18U));
  out[1] = byte(0x80U | ((code_point >> 12U) & 0x3fU));
  out[2] = byte(0x80U | ((code_point >> 6U) & 0x3fU));
  out[3] = byte(0x80U | (code_point & 0x3fU));
  return 4;
}

char SimpleEscape(char letter) {
  switch (letter) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case '"':
    case '\\':
    case '/':
      return letter;
    default:
      return '\0';
  }
}

struct DecodedEscape {
  std::size_t raw_bytes = 0;  // 0 when the escape is malformed.
  std::size_t size = 0;
  char bytes[4] = {};
};

// The escape, or pair of surrogate escapes, that starts with the backslash at `offset`.
DecodedEscape DecodeEscape(std::string_view raw, std::size_t offset) {
  DecodedEscape decoded;
  if (const auto unit = UnicodeEscapeAt(raw, offset)) {
    std::uint32_t code_point = *unit;
    decoded.raw_bytes = 6;
    if (IsHighSurrogate(*unit)) {
      const auto low = UnicodeEscapeAt(raw, offset + 6);
      if (low && IsLowSurrogate(*low)) {
        code_point = 0x10000U + ((*unit - 0xd800U) << 10U) + (*low - 0xdc00U);
        decoded.raw_bytes = 12;
      } else {
        code_point = kReplacementCharacter;
      }
    } else if (IsLowSurrogate(*unit)) {
      code_point = kReplacementCharacter;
    }
    decoded.size = EncodeUtf8(code_point, decoded.bytes);
  } else if (offset + 1 < raw.size()) {
    decoded.bytes[0] = SimpleEscape(raw[offset + 1]);
    if (decoded.bytes[0] != '\0') {
      decoded.raw_bytes = 2;
      decoded.size = 1;
    }
  }
  return decoded;
}

}  // namespace

std::optional<std::string_view> DecodeJsonStringInto(std::string_view raw, std::span<char> buffer) {
  std::size_t backslash = raw.find('\\');
  if (backslash == std::string_view::npos) return raw;
  std::size_t from = 0;
  std::size_t size = 0;
  const auto append = [&](std::string_view piece) {
    if (piece.size() > buffer.size() - size) return false;
    if (!piece.empty()) std::memcpy(buffer.data() + size, piece.data(), piece.size());
    size += piece.size();
    return true;
  };
  while (backslash != std::string_view::npos) {
    if (!append(raw.substr(from, backslash - from))) return std::nullopt;
    const DecodedEscape escape = DecodeEscape(raw, backslash);
    if (escape.raw_bytes == 0 || !append({escape.bytes, escape.size})) return std::nullopt;
    from = backslash + escape.raw_bytes;
    backslash = raw.find('\\', from);
  }
  if (!append(raw.substr(from))) return std::nullopt;
  return std::string_view(buffer.data(), size);
}

bool DecodeJsonString(std::string_view raw, std::string* out) {
  out->resize(raw.size());
  const auto decoded = DecodeJsonStringInto(raw, std::span<char>(*out));
  if (!decoded) {
    out->clear();
    return false;
  }
  if (decoded->data() == raw.data()) {
    out->assign(raw);
  } else {
    out->resize(decoded->size());
  }
  return true;
}

}  // namespace civic
