// What a message did to the state of its topic.
#pragma once

#include <string_view>

namespace civic {

struct ServiceOutcome {
  bool is_changed = false;  // something readable of the topic changed
  bool is_urgent = false;   // and readers want it before the next frame
  bool is_known = false;    // it says nothing new: listeners are not told either
  bool too_large = false;   // the record is over the limit of a cell
  // What listeners get; empty when the message has no record. Valid until the next message.
  std::string_view record;
};

}  // namespace civic
