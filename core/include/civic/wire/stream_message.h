// What a server of dialect v2 says about streams. Cold path.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "civic/wire/message_view.h"
#include "civic/wire/position.h"

namespace civic {

// One topic of a `subscribed`.
struct SubscribedStream {
  std::string topic;
  std::optional<Position> newest;  // none for a stream without a sequence
  std::uint64_t start = 0;         // before the first event that follows
  std::string error;               // why it was refused; "" when it was not
};

// Nothing when a topic is not as the protocol says.
std::optional<std::vector<SubscribedStream>> ReadSubscribed(const MessageView& message);

struct StreamPosition {
  std::string topic;
  Position newest;
};

// The `positions` of a pong; those that cannot be read are left out.
std::vector<StreamPosition> ReadPositions(const MessageView& message);

struct StreamGap {
  std::string topic;
  std::string epoch;
  std::uint64_t from = 0;
  std::uint64_t to = 0;
};

// Nothing when it is not as the protocol says.
std::optional<StreamGap> ReadGap(const MessageView& message);

// The ids an `ack` names.
std::vector<std::string> ReadAcknowledged(const MessageView& message);

}  // namespace civic
