// What came for one topic, for whoever looks into the engine.
#pragma once

#include <cstddef>
#include <cstdint>

#include "civic/engine/time.h"

namespace civic {

struct TopicTraffic {
  std::uint64_t messages = 0;
  std::uint64_t bytes = 0;       // of these, as JSON
  std::uint64_t duplicates = 0;  // had been taken before, and were dropped
  std::uint64_t gaps = 0;        // holes that were told
  std::uint64_t recovered = 0;   // of these, filled by a replay
  TimeMs last_message_at = 0;    // 0: there was none

  void Add(std::size_t message_bytes, TimeMs now) {
    ++messages;
    bytes += message_bytes;
    last_message_at = now;
  }

  // Of a topic, whose members these are. See recording/state_writer.h.
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("messages", messages, 0)("bytes", bytes, 0)("duplicates", duplicates, 0);
    archive("gaps", gaps, 0)("recovered", recovered, 0)("lastMessageAt", last_message_at, 0);
  }
};

}  // namespace civic
