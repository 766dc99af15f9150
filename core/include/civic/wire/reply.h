// What a server says to the engine itself: answers, signs of life, errors.
#pragma once

#include <string>
#include <vector>

#include "civic/wire/message_kind.h"
#include "civic/wire/message_view.h"

namespace civic {

// What a server says to the engine itself rather than to a topic.
struct Reply {
  MessageKind kind = MessageKind::kUnknown;
  std::string message_id;
  std::string text;                       // of an error
  std::string original_type;              // of an error
  bool authenticated = false;             // of an auth confirmation
  double retry_after_ms = -1;             // negative: not said, as below
  double token_expires_in_ms = -1;        // of an auth confirmation or a welcome
  double heartbeat_interval_ms = -1;      // of a welcome
  double max_message_bytes = -1;          // of a welcome
  double max_in_flight = -1;              // of a welcome
  bool deflates = false;                  // of a welcome
  std::vector<std::string> acknowledged;  // of an ack
};

// Reads a message of the classes kLiveness and kReply; members that are missing stay as above.
Reply ReadReply(const MessageView& message, MessageKind kind);

}  // namespace civic
