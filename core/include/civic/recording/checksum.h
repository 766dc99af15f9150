// Tells a recording that was damaged from one that was not.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace civic {

inline constexpr std::size_t kChecksumBytes = 8;

// FNV-1a, 64 bits, little endian, over everything before it.
void AppendChecksum(std::string* file);
// Whether the last bytes of the file are that.
bool HasChecksum(std::string_view file);

}  // namespace civic
