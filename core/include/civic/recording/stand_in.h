// What a character that must not be read is replaced with.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace civic {

// By its size in UTF-8, so that texts keep theirs.
inline constexpr std::array<std::string_view, 5> kStandInCharacters = {
    "", "x", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};

}  // namespace civic
