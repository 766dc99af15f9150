// What a page can listen to, beside the state it reads.
#pragma once

#include <cstdint>

namespace civic {

// Bit n of a page's listen mask asks for kind n. Part of the boundary: append, never renumber.
enum class EventKind : std::uint8_t {
  kNone = 0,
  kMessage = 1,  // Every message, as the server sent it.
  kBillUpdate = 2,
  kEngagementUpdate = 3,
  kCommunityUpdate = 4,
  kTypingIndicator = 5,
  kCommentUpdate = 6,
  kVoteUpdate = 7,
  kExpertActivity = 8,
  kModerationEvent = 9,
  kNotification = 10,
  kGap = 11,
};

constexpr std::uint32_t EventBit(EventKind kind) { return 1U << static_cast<unsigned>(kind); }

}  // namespace civic
