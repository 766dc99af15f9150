// What a page can listen to, beside the state it reads.
#pragma once

#include <cstdint>
#include <string_view>

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

// The name JavaScript has for it; empty for kNone and for a number that is none. A kind without a
// name here does not compile.
constexpr std::string_view EventName(EventKind kind) {
  switch (kind) {
    case EventKind::kNone:
      return {};
    case EventKind::kMessage:
      return "message";
    case EventKind::kBillUpdate:
      return "billUpdate";
    case EventKind::kEngagementUpdate:
      return "engagementUpdate";
    case EventKind::kCommunityUpdate:
      return "communityUpdate";
    case EventKind::kTypingIndicator:
      return "typingIndicator";
    case EventKind::kCommentUpdate:
      return "commentUpdate";
    case EventKind::kVoteUpdate:
      return "voteUpdate";
    case EventKind::kExpertActivity:
      return "expertActivity";
    case EventKind::kModerationEvent:
      return "moderationEvent";
    case EventKind::kNotification:
      return "notification";
    case EventKind::kGap:
      return "gap";
  }
  return {};
}

constexpr std::uint32_t EventBit(EventKind kind) { return 1U << static_cast<unsigned>(kind); }

}  // namespace civic
