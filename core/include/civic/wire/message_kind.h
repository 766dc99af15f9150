// What the servers of this protocol send, as one table: names, where it goes, who may listen.
#pragma once

#include <cstdint>
#include <string_view>

#include "civic/engine/event_kind.h"

namespace civic {

enum class MessageKind : std::uint8_t {
  kUnknown = 0,
  kBillUpdate,
  kBatchedUpdates,
  kEngagementMetrics,
  kCommunityUpdate,
  kTypingIndicator,
  kCommentUpdate,
  kVoteUpdate,
  kExpertActivity,
  kModerationEvent,
  kNotification,
  kNotificationRead,
  kNotificationClear,
  kBatch,
  kError,
  kPing,
  kPong,
  kHeartbeat,
  kAuthConfirmation,
  kSubscribeConfirmation,
  kUnsubscribeConfirmation,
  kBatchSubscribeConfirmation,
  kBatchUnsubscribeConfirmation,
  kPreferencesResponse,
  kPreferencesUpdated,
  kPresenceUpdate,
  kWelcome,
  kSubscribed,
  kUnsubscribed,
  kGap,
  kAck,
};

inline constexpr int kMessageKindCount = static_cast<int>(MessageKind::kAck) + 1;

// What the engine does with a kind.
enum class MessageClass : std::uint8_t {
  kUnknown,    // Delivered to whoever listens, and counted.
  kContainer,  // Holds messages, each handled on its own.
  kUpdates,    // Holds updates of bills, each handled on its own.
  kService,    // Changes a topic's state, or is an event of a topic.
  kLiveness,   // A sign of life, or the request for one.
  kReply,      // Answers a message of ours.
  kStream,     // Says where a stream stands.
};

// Which topic a message without `topic` belongs to.
enum class TopicRule : std::uint8_t {
  kNone,
  kBill,               // bill:<bill_id>
  kDiscussion,         // discussion:<id> and community:<id>, by bill_id and by discussion_id
  kExpertUpdates,      // expert:updates and expert:<expert_id>
  kModerationEvents,   // moderation:events
  kUserNotifications,  // user_notifications
};

struct MessageTraits {
  std::string_view name;  // snake_case; the camelCase spelling means the same
  MessageKind kind;
  MessageClass message_class;
  TopicRule topic_rule;
  EventKind event;
};

const MessageTraits& TraitsOf(MessageKind kind);

// By either spelling; kUnknown for every other name.
MessageKind LookUpMessageKind(std::string_view type);

}  // namespace civic
