// Characters of UTF-8 texts.
#pragma once

#include <cstddef>
#include <string_view>

namespace civic {

// The size of the UTF-8 character that `text`, which is not empty, starts with; 0 when there is
// none.
std::size_t CharacterSize(std::string_view text);

}  // namespace civic
