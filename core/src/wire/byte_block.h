// Sixteen bytes looked at together: with wasm simd128, with SSE2, or one after the other.
//
// Every function reads exactly kBlockBytes bytes at `bytes`, aligned or not, and answers with a
// mask: bit i is about byte i, bits from kBlockBytes on are 0.
//   StringStops  quote, backslash, control character or byte of a non-ASCII character
//   NonSpaces    everything but the four whitespace characters of JSON
//   NonDigits    everything but 0 to 9
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace civic {

inline constexpr std::size_t kBlockBytes = 16;

struct ScalarBlock {
  static std::uint32_t StringStops(const std::uint8_t* bytes) {
    return MaskOf(bytes, [](std::uint8_t byte) {
      return byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\';
    });
  }

  static std::uint32_t NonSpaces(const std::uint8_t* bytes) {
    return MaskOf(bytes, [](std::uint8_t byte) {
      return byte != ' ' && byte != '\n' && byte != '\r' && byte != '\t';
    });
  }

  static std::uint32_t NonDigits(const std::uint8_t* bytes) {
    return MaskOf(bytes, [](std::uint8_t byte) { return byte < '0' || byte > '9'; });
  }

 private:
  template <typename Predicate>
  static std::uint32_t MaskOf(const std::uint8_t* bytes, Predicate predicate) {
    std::uint32_t mask = 0;
    for (std::size_t i = 0; i < kBlockBytes; ++i) {
      mask |= static_cast<std::uint32_t>(predicate(bytes[i])) << i;
    }
    return mask;
  }
};

#if defined(__wasm_simd128__)

struct WasmBlock {
  static std::uint32_t StringStops(const std::uint8_t* bytes) {
    const v128_t block = wasm_v128_load(bytes);
    // Bytes from 0x80 on are negative: one signed comparison finds them and control characters.
    const v128_t special = wasm_i8x16_lt(block, wasm_i8x16_splat(0x20));
    const v128_t quote = wasm_i8x16_eq(block, wasm_i8x16_splat('"'));
    const v128_t backslash = wasm_i8x16_eq(block, wasm_i8x16_splat('\\'));
    return wasm_i8x16_bitmask(wasm_v128_or(special, wasm_v128_or(quote, backslash)));
  }

  static std::uint32_t NonSpaces(const std::uint8_t* bytes) {
    const v128_t block = wasm_v128_load(bytes);
    const v128_t space = wasm_i8x16_eq(block, wasm_i8x16_splat(' '));
    const v128_t newline = wasm_i8x16_eq(block, wasm_i8x16_splat('\n'));
    const v128_t carriage_return = wasm_i8x16_eq(block, wasm_i8x16_splat('\r'));
    const v128_t tab = wasm_i8x16_eq(block, wasm_i8x16_splat('\t'));
    return wasm_i8x16_bitmask(wasm_v128_not(
        wasm_v128_or(wasm_v128_or(space, newline), wasm_v128_or(carriage_return, tab))));
  }

  static std::uint32_t NonDigits(const std::uint8_t* bytes) {
    const v128_t digit = wasm_i8x16_sub(wasm_v128_load(bytes), wasm_i8x16_splat('0'));
    return wasm_i8x16_bitmask(wasm_u8x16_gt(digit, wasm_i8x16_splat(9)));
  }
};

using NativeBlock = WasmBlock;

#elif defined(__SSE2__)

struct Sse2Block {
  static std::uint32_t StringStops(const std::uint8_t* bytes) {
    const __m128i block = Load(bytes);
    // Bytes from 0x80 on are negative: one signed comparison finds them and control characters.
    const __m128i special = _mm_cmplt_epi8(block, _mm_set1_epi8(0x20));
    const __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
    return MaskOf(_mm_or_si128(special, _mm_or_si128(quote, backslash)));
  }

  static std::uint32_t NonSpaces(const std::uint8_t* bytes) {
    const __m128i block = Load(bytes);
    const __m128i space = _mm_cmpeq_epi8(block, _mm_set1_epi8(' '));
    const __m128i newline = _mm_cmpeq_epi8(block, _mm_set1_epi8('\n'));
    const __m128i carriage_return = _mm_cmpeq_epi8(block, _mm_set1_epi8('\r'));
    const __m128i tab = _mm_cmpeq_epi8(block, _mm_set1_epi8('\t'));
    return 0xffffU ^
           MaskOf(_mm_or_si128(_mm_or_si128(space, newline), _mm_or_si128(carriage_return, tab)));
  }

  static std::uint32_t NonDigits(const std::uint8_t* bytes) {
    const __m128i digit = _mm_sub_epi8(Load(bytes), _mm_set1_epi8('0'));
    return 0xffffU ^ MaskOf(_mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit));
  }

 private:
  static __m128i Load(const std::uint8_t* bytes) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  }

  static std::uint32_t MaskOf(__m128i bytes) {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(bytes));
  }
};

using NativeBlock = Sse2Block;

#else

using NativeBlock = ScalarBlock;

#endif

}  // namespace civic
