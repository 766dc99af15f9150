#include "civic/engine/subscribe_options.h"

#include "civic/wire/json.h"

namespace civic {

std::string SubscribeOptions::Parse(std::string_view text) {
  if (text.empty()) {
    return "";
  }
  const Json json = ParseJson(text);
  if (!json.is_object()) {
    return "options must be an object";
  }
  if (const auto filters = json.find("filters"); filters != json.end()) {
    std::string fault = filter.Parse(PrintJson(*filters));
    if (!fault.empty()) {
      return fault;
    }
  }
  if (const auto given = json.find("priority"); given != json.end()) {
    if (*given == "high") {
      priority = Priority::kHigh;
    } else if (*given == "low") {
      priority = Priority::kLow;
    } else if (*given != "medium") {
      return "priority must be high, medium or low";
    }
  }
  if (const auto given = json.find("deliver"); given != json.end()) {
    if (!given->is_boolean()) {
      return "deliver must be true or false";
    }
    deliver = given->get<bool>();
  }
  return "";
}

}  // namespace civic
