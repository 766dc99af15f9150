// What a server says to the engine itself: answers, signs of life, errors.
#pragma once

#include <string>

#include "civic/wire/message_kind.h"
#include "civic/wire/message_view.h"

namespace civic {

// What a server says to the engine itself rather than to a topic.
struct Reply {
  MessageKind kind = MessageKind::kUnknown;
  std::string message_id;
  std::string text;            // of an error
  std::string original_type;   // of an error
  bool authenticated = false;  // of an auth confirmation
  double retry_after_ms = -1;  // negative: not said
};

// Reads a message of the classes kLiveness and kReply; members that are missing stay as above.
Reply ReadReply(const MessageView& message, MessageKind kind);

}  // namespace civic
