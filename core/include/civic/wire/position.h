// Where an event stands in its stream, as dialect v2 says it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "civic/wire/message_view.h"

namespace civic {

inline constexpr std::size_t kMaxEpochBytes = 64;

// A place in a stream. `seq` means nothing without its epoch.
struct Position {
  std::string epoch;
  std::uint64_t seq = 0;

  bool operator==(const Position&) const = default;

  template <typename Archive>
  void Walk(Archive& archive) {
    archive("epoch", epoch)("seq", seq);
  }
};

// Borrows the message's text.
struct EventPosition {
  std::string_view epoch;
  std::uint64_t seq = 0;
  std::uint64_t previous = 0;  // of the event that this page was sent before
};

// A whole number from 0 to 2^53, written without sign, fraction or exponent.
std::optional<std::uint64_t> ReadSequenceNumber(std::string_view text, const JsonEntry* entry);

// Whether the message belongs to a stream's sequence, well or badly.
inline bool HasPosition(const MessageView& message) { return message.Find(Field::kSeq) != nullptr; }

// Of a message that has one; nothing when seq, previous or epoch is not what it must be.
std::optional<EventPosition> ReadEventPosition(const MessageView& message);

}  // namespace civic
