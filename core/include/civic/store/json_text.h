// Numbers as JSON, appended to a text.
#pragma once

#include <cstdint>
#include <string>

namespace civic {

void AppendInteger(std::uint64_t value, std::string* out);

// A finite number, rounded to 6 significant digits; what is below 1e-9 is 0. By the integer printer
// of the library, not the one for fractions: that one would add 105 KB of tables to the module.
void AppendRounded(double value, std::string* out);

}  // namespace civic
