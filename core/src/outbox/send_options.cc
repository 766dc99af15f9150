#include "civic/outbox/send_options.h"

#include "civic/wire/json_value.h"

namespace civic {

std::string SendOptions::Parse(std::string_view json) {
  if (json.empty()) {
    return {};
  }
  const JsonValue options = JsonValue::Parse(json);
  if (!options.Is(JsonKind::kObject)) {
    return "the options must be a JSON object";
  }
  std::string fault;
  options.ForEach([&](std::string_view name, const JsonValue& value) {
    if (name == "expiresInMs") {
      expires_in_ms = value.Is(JsonKind::kNumber) ? value.Number() : 0;
      fault = expires_in_ms > 0 ? fault : "expiresInMs must be a number over 0";
    } else if (name == "whenFull") {
      when_full = value.Text() == "dropOldest" ? WhenFull::kDropOldest : WhenFull::kReject;
      const bool is_known = when_full == WhenFull::kDropOldest || value.Text() == "reject";
      fault = is_known ? fault : "whenFull must be reject or dropOldest";
    } else if (name == "key") {
      key = value.Text();
      fault = key.empty() ? "key must be a string that is not empty" : fault;
    } else {
      fault = "there is no option " + std::string(name);
    }
  });
  return fault;
}

}  // namespace civic
