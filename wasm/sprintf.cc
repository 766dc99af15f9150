// Printing without printing, in few bytes.
#include <algorithm>
#include <cstdio>
#include <string_view>

// Only Embind calls it, with room for 80 characters, to print the address of a type that has no
// name; the C library's brings all formats of numbers. Nothing here has such a type, and the core
// prints through its own writers.
extern "C" int sprintf(char* text, const char* /*format*/, ...) {
  constexpr std::string_view kUnnamed = "a type without a name";
  *std::copy(kUnnamed.begin(), kUnnamed.end(), text) = '\0';
  return static_cast<int>(kUnnamed.size());
}

// What the compiler makes of a call that prints no fractions.
extern "C" [[gnu::alias("sprintf")]] int siprintf(char* text, const char* format, ...);
