// The one JSON value type of the cold paths: configuration, options, what the engine itself says.
//
// One type, so that parser and printer are compiled once. Members keep their order. Without
// exceptions only these are safe: parse(…, nullptr, false), is_*, find, get_ptr, get after is_*,
// dump with `replace`.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace civic {

using Json = nlohmann::ordered_json;

// Discarded (`is_discarded()`) when the text is not JSON.
inline Json ParseJson(std::string_view text) {
  return Json::parse(text.data(), text.data() + text.size(), nullptr, false);
}

// Text that is not UTF-8 is replaced, never refused.
inline std::string PrintJson(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace civic
