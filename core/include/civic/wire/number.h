// The value of a JSON number, without the C library's reader, which would add its arithmetic of 128
// bits to the module.
#pragma once

#include <string_view>

namespace civic {

// `text` is a number as JSON writes it. Exactly the double nearest to it, as JavaScript reads it,
// up to 15 significant digits (and integers up to 2^53) with exponents between -22 and 22; beyond
// that within 4e-15 of it. Infinite where JavaScript's is.
double ReadNumber(std::string_view text);

}  // namespace civic
