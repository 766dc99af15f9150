// Decodes the inside of a JSON string.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace civic {

// `raw` is what is between the quotes. Returns `raw` itself when it holds no escape, otherwise a
// view of `buffer`; nothing when `buffer` is too small or an escape is malformed. A buffer of
// `raw.size()` bytes is always enough. Escaped surrogates that are not a pair become U+FFFD.
std::optional<std::string_view> DecodeJsonStringInto(std::string_view raw, std::span<char> buffer);

// The same into a string that is replaced. False, and `out` empty, when an escape is malformed.
bool DecodeJsonString(std::string_view raw, std::string* out);

}  // namespace civic
