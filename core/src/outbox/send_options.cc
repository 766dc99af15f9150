#include "civic/outbox/send_options.h"

#include "civic/wire/json.h"

namespace civic {

std::string SendOptions::Parse(std::string_view json) {
  if (json.empty()) {
    return {};
  }
  const Json options = ParseJson(json);
  if (!options.is_object()) {
    return "the options must be a JSON object";
  }
  for (const auto& [name, value] : options.items()) {
    if (name == "expiresInMs") {
      if (!value.is_number() || !(value.get<double>() > 0)) {
        return "expiresInMs must be a number over 0";
      }
      expires_in_ms = value.get<double>();
    } else if (name == "whenFull") {
      if (value != "reject" && value != "dropOldest") {
        return "whenFull must be reject or dropOldest";
      }
      when_full = value == "reject" ? WhenFull::kReject : WhenFull::kDropOldest;
    } else if (name == "key") {
      const auto* text = value.get_ptr<const std::string*>();
      if (text == nullptr || text->empty()) {
        return "key must be a string that is not empty";
      }
      key = *text;
    } else {
      return "there is no option " + name;
    }
  }
  return {};
}

}  // namespace civic
