// The tokens of JSON: strings, numbers, literals, whitespace. Knows nothing of containers.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "byte_block.h"
#include "civic/wire/json_entry.h"
#include "civic/wire/json_scanner.h"
#include "civic/wire/scan_error.h"

// On the way of every message: a call would cost more than what it does.
#define CIVIC_INLINE [[gnu::always_inline]] inline

namespace civic {

// Reads tokens of one text that it does not own. A position is a pointer into the text or its end.
// Functions return the position behind what they read, or null after noting the error: the first
// error is the last thing a cursor does. Never reads outside the text.
template <typename Block>
class JsonCursor {
 public:
  using Position = const std::uint8_t*;

  explicit JsonCursor(std::string_view text)
      : begin_(reinterpret_cast<Position>(text.data())), end_(begin_ + text.size()) {}

  Position begin() const { return begin_; }
  Position end() const { return end_; }
  ScanResult error() const { return error_; }

  std::uint32_t OffsetOf(Position at) const { return static_cast<std::uint32_t>(at - begin_); }
  std::size_t BytesLeft(Position at) const { return static_cast<std::size_t>(end_ - at); }

  // The byte at a position, NUL (which is allowed nowhere outside strings) at the end.
  CIVIC_INLINE std::uint8_t Peek(Position at) const { return at != end_ ? *at : std::uint8_t{0}; }

  // Notes that the byte at a position cannot be right, or that the text must not end there.
  [[gnu::noinline, gnu::cold]] Position Fail(ScanError error, Position at) {
    error_ = {at == end_ ? ScanError::kUnexpectedEnd : error, OffsetOf(at)};
    return nullptr;
  }

  CIVIC_INLINE Position SkipWhitespace(Position at) const {
    if (Peek(at) > ' ') return at;
    return SkipWhitespaceRun(at);
  }

  // `at` is behind the opening quote. Sets `has_escapes` if there is a backslash and leaves it
  // alone otherwise.
  CIVIC_INLINE Position String(Position at, bool* has_escapes) {
    for (;;) {
      at = Find<Block::StringStops>(at);
      if (at == end_) return FailInString(ScanError::kUnterminatedString, at);
      if (*at == '"') return at + 1;
      if (*at == '\\') *has_escapes = true;
      at = PassStringStop(at);
      if (at == nullptr) return nullptr;
    }
  }

  // `at` is at the minus or the first digit.
  CIVIC_INLINE Position Number(Position at) {
    if (*at == '-') ++at;
    const std::uint8_t first = Peek(at);
    if (first == '0') {
      ++at;
      if (IsDigit(Peek(at))) return Fail(ScanError::kInvalidNumber, at);
    } else {
      at = Digits(at);
      if (at == nullptr) return nullptr;
    }
    if (Peek(at) == '.') {
      at = Digits(at + 1);
      if (at == nullptr) return nullptr;
    }
    if ((Peek(at) | 0x20) == 'e') {
      ++at;
      const std::uint8_t sign = Peek(at);
      if (sign == '+' || sign == '-') ++at;
      at = Digits(at);
    }
    return at;
  }

  // `at` is at the first letter of `literal`.
  CIVIC_INLINE Position Literal(Position at, std::string_view literal) {
    if (BytesLeft(at) >= literal.size() && std::memcmp(at, literal.data(), literal.size()) == 0) {
      return at + literal.size();
    }
    return FailInLiteral(at, literal);
  }

  // Any value that is not a container.
  CIVIC_INLINE Position Scalar(Position at, JsonKind* kind, bool* has_escapes) {
    const std::uint8_t first = Peek(at);
    if (first == '"') [[likely]] {
      *kind = JsonKind::kString;
      return String(at + 1, has_escapes);
    }
    if (IsDigit(first) || first == '-') {
      *kind = JsonKind::kNumber;
      return Number(at);
    }
    switch (first) {
      case 't':
        *kind = JsonKind::kTrue;
        return Literal(at, "true");
      case 'f':
        *kind = JsonKind::kFalse;
        return Literal(at, "false");
      case 'n':
        *kind = JsonKind::kNull;
        return Literal(at, "null");
      default:
        return Fail(ScanError::kUnexpectedCharacter, at);
    }
  }

  // A member's name and the colon. Returns the first byte of the member's value; `key_end` is
  // behind the name's closing quote.
  CIVIC_INLINE Position Key(Position at, Position* key_end, bool* has_escapes) {
    if (Peek(at) != '"') return Fail(ScanError::kUnexpectedCharacter, at);
    at = String(at + 1, has_escapes);
    if (at == nullptr) return nullptr;
    *key_end = at;
    at = SkipWhitespace(at);
    if (Peek(at) != ':') return Fail(ScanError::kUnexpectedCharacter, at);
    return SkipWhitespace(at + 1);
  }

 private:
  static bool IsDigit(std::uint8_t byte) { return byte >= '0' && byte <= '9'; }

  static bool IsHexDigit(std::uint8_t byte) {
    return IsDigit(byte) || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
  }

  // The first byte from `at` on that `kMask` marks, or the end of the text.
  template <std::uint32_t (*kMask)(const std::uint8_t*)>
  CIVIC_INLINE Position Find(Position at) const {
    while (BytesLeft(at) >= kBlockBytes) {
      const std::uint32_t mask = kMask(at);
      if (mask != 0) return at + std::countr_zero(mask);
      at += kBlockBytes;
    }
    return FindNearEnd<kMask>(at);
  }

  // The same with less than a block left: looks at the last block of the text, or at a copy of the
  // text if it is shorter than a block. The bits behind the end are set.
  template <std::uint32_t (*kMask)(const std::uint8_t*)>
  [[gnu::noinline]] Position FindNearEnd(Position at) const {
    const std::size_t left = BytesLeft(at);
    std::uint32_t mask = 0;
    if (BytesLeft(begin_) >= kBlockBytes) {
      mask = (kMask(end_ - kBlockBytes) | ~0xffffU) >> (kBlockBytes - left);
    } else {
      std::uint8_t padded[kBlockBytes] = {};
      if (left != 0) std::memcpy(padded, at, left);
      mask = kMask(padded) | (~0U << left);
    }
    return at + std::countr_zero(mask);
  }

  // At least one digit.
  CIVIC_INLINE Position Digits(Position at) {
    if (!IsDigit(Peek(at))) return Fail(ScanError::kInvalidNumber, at);
    return Find<Block::NonDigits>(at);
  }

  [[gnu::noinline]] Position SkipWhitespaceRun(Position at) const {
    return Find<Block::NonSpaces>(at);
  }

  // `at` is at a byte of StringStops that is not the quote.
  [[gnu::noinline]] Position PassStringStop(Position at) {
    if (*at >= 0x80) return PassNonAscii(at);
    if (*at == '\\') return PassEscape(at + 1);
    return FailInString(ScanError::kControlCharacterInString, at);
  }

  // `at` is behind the backslash.
  Position PassEscape(Position at) {
    switch (Peek(at)) {
      case '"':
      case '\\':
      case '/':
      case 'b':
      case 'f':
      case 'n':
      case 'r':
      case 't':
        return at + 1;
      case 'u':
        return PassHexDigits(at + 1);
      default:
        return FailInString(ScanError::kInvalidEscape, at);
    }
  }

  [[gnu::noinline, gnu::cold]] Position FailInLiteral(Position at, std::string_view literal) {
    for (const char letter : literal) {
      if (Peek(at) != static_cast<std::uint8_t>(letter)) break;
      ++at;
    }
    return Fail(ScanError::kUnexpectedCharacter, at);
  }

  Position PassHexDigits(Position at) {
    for (int i = 0; i < 4; ++i, ++at) {
      if (!IsHexDigit(Peek(at))) return FailInString(ScanError::kInvalidEscape, at);
    }
    return at;
  }

  [[gnu::noinline, gnu::cold]] Position FailInString(ScanError error, Position at) {
    error_ = {at == end_ ? ScanError::kUnterminatedString : error, OffsetOf(at)};
    return nullptr;
  }

  // All non-ASCII characters from `at` on.
  Position PassNonAscii(Position at) {
    do {
      const std::size_t length = BytesLeft(at) >= 4 ? Utf8Length(at) : 0;
      if (length == 0) {
        at = PassLastOrInvalidCharacter(at);
        if (at == nullptr) return nullptr;
      }
      at += length;
    } while (Peek(at) >= 0x80);
    return at;
  }

  static bool IsContinuation(std::uint8_t byte) { return (byte & 0xc0) == 0x80; }

  // The values of the second byte, by the first: Unicode's table of well-formed UTF-8 sequences.
  // Every byte behind the second is a plain continuation.
  static std::uint8_t LowestSecond(std::uint8_t first) {
    return first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  }
  static std::uint8_t HighestSecond(std::uint8_t first) {
    return first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  }
  static bool IsSecond(std::uint8_t first, std::uint8_t second) {
    return second >= LowestSecond(first) && second <= HighestSecond(first);
  }

  // Bytes of the non-ASCII character at `at`, 0 if it is not well-formed. Reads up to 4 bytes.
  static std::size_t Utf8Length(Position at) {
    const std::uint8_t first = at[0];
    if (first < 0xe0) return first >= 0xc2 && IsContinuation(at[1]) ? 2 : 0;
    if (!IsSecond(first, at[1]) || !IsContinuation(at[2])) return 0;
    if (first < 0xf0) return 3;
    return first <= 0xf4 && IsContinuation(at[3]) ? 4 : 0;
  }

  // The same byte by byte, to stop exactly where the character goes wrong or the text ends.
  [[gnu::noinline]] Position PassLastOrInvalidCharacter(Position at) {
    const std::uint8_t first = *at;
    if (first < 0xc2 || first > 0xf4) return FailInString(ScanError::kInvalidUtf8, at);
    const int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (!IsSecond(first, Peek(++at))) return FailInString(ScanError::kInvalidUtf8, at);
    for (int i = 2; i < length; ++i) {
      if (!IsContinuation(Peek(++at))) return FailInString(ScanError::kInvalidUtf8, at);
    }
    return at + 1;
  }

  Position begin_;
  Position end_;
  ScanResult error_ = {ScanError::kNone, 0};
};

}  // namespace civic
