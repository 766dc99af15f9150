// The JSON library that tests compare with and read by.
// The engine itself writes and reads JSON with its own scanner and writer, which costs a fifth of
// the bytes; this is the oracle they are checked against.
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
