// The options of a subscribe command, as the page writes them.
#pragma once

#include <string>
#include <string_view>

#include "civic/routing/subscription.h"

namespace civic {

struct SubscribeOptions {
  Filter filter;
  Priority priority = Priority::kMedium;
  bool deliver = true;

  // {"filters"?: {…}, "priority"?: "high"|"medium"|"low", "deliver"?: boolean}, or "" for defaults.
  // Returns what is wrong as a sentence; "" when all is well.
  std::string Parse(std::string_view json);
};

}  // namespace civic
