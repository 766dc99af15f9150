#include "civic/engine/subscribe_options.h"

#include "civic/wire/json_value.h"

namespace civic {

std::string SubscribeOptions::Parse(std::string_view text) {
  if (text.empty()) {
    return "";
  }
  const JsonValue json = JsonValue::Parse(text);
  if (!json.Is(JsonKind::kObject)) {
    return "options must be an object";
  }
  if (const JsonValue filters = json.Find("filters"); filters.exists()) {
    std::string fault = filter.Parse(filters.raw());
    if (!fault.empty()) {
      return fault;
    }
  }
  if (const JsonValue given = json.Find("priority"); given.exists()) {
    const std::string name = given.Text();
    if (name == "high") {
      priority = Priority::kHigh;
    } else if (name == "low") {
      priority = Priority::kLow;
    } else if (name != "medium") {
      return "priority must be high, medium or low";
    }
  }
  if (const JsonValue given = json.Find("deliver"); given.exists()) {
    if (!given.is_boolean()) {
      return "deliver must be true or false";
    }
    deliver = given.Is(JsonKind::kTrue);
  }
  return "";
}

}  // namespace civic
