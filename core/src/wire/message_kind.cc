#include "civic/wire/message_kind.h"

#include <array>
#include <cstddef>

#include "spelling_table.h"

namespace civic {
namespace {

constexpr std::array<MessageTraits, kMessageKindCount> kTraits = {{
    {"", MessageKind::kUnknown, MessageClass::kUnknown, TopicRule::kNone, EventKind::kNone},
    {"bill_update", MessageKind::kBillUpdate, MessageClass::kService, TopicRule::kBill,
     EventKind::kBillUpdate},
    {"batched_updates", MessageKind::kBatchedUpdates, MessageClass::kUpdates, TopicRule::kBill,
     EventKind::kBillUpdate},
    {"engagement_metrics", MessageKind::kEngagementMetrics, MessageClass::kService,
     TopicRule::kBill, EventKind::kEngagementUpdate},
    {"community_update", MessageKind::kCommunityUpdate, MessageClass::kService,
     TopicRule::kDiscussion, EventKind::kCommunityUpdate},
    {"typing_indicator", MessageKind::kTypingIndicator, MessageClass::kService,
     TopicRule::kDiscussion, EventKind::kTypingIndicator},
    {"comment_update", MessageKind::kCommentUpdate, MessageClass::kService, TopicRule::kDiscussion,
     EventKind::kCommentUpdate},
    {"vote_update", MessageKind::kVoteUpdate, MessageClass::kService, TopicRule::kDiscussion,
     EventKind::kVoteUpdate},
    {"expert_activity", MessageKind::kExpertActivity, MessageClass::kService,
     TopicRule::kExpertUpdates, EventKind::kExpertActivity},
    {"moderation_event", MessageKind::kModerationEvent, MessageClass::kService,
     TopicRule::kModerationEvents, EventKind::kModerationEvent},
    {"notification", MessageKind::kNotification, MessageClass::kService,
     TopicRule::kUserNotifications, EventKind::kNotification},
    {"notification_read", MessageKind::kNotificationRead, MessageClass::kService,
     TopicRule::kUserNotifications, EventKind::kNone},
    {"notification_clear", MessageKind::kNotificationClear, MessageClass::kService,
     TopicRule::kUserNotifications, EventKind::kNone},
    {"batch", MessageKind::kBatch, MessageClass::kContainer, TopicRule::kNone, EventKind::kNone},
    {"error", MessageKind::kError, MessageClass::kReply, TopicRule::kNone, EventKind::kNone},
    {"ping", MessageKind::kPing, MessageClass::kLiveness, TopicRule::kNone, EventKind::kNone},
    {"pong", MessageKind::kPong, MessageClass::kLiveness, TopicRule::kNone, EventKind::kNone},
    {"heartbeat", MessageKind::kHeartbeat, MessageClass::kLiveness, TopicRule::kNone,
     EventKind::kNone},
    {"auth_confirmation", MessageKind::kAuthConfirmation, MessageClass::kReply, TopicRule::kNone,
     EventKind::kNone},
    {"subscribe_confirmation", MessageKind::kSubscribeConfirmation, MessageClass::kReply,
     TopicRule::kNone, EventKind::kNone},
    {"unsubscribe_confirmation", MessageKind::kUnsubscribeConfirmation, MessageClass::kReply,
     TopicRule::kNone, EventKind::kNone},
    {"batch_subscribe_confirmation", MessageKind::kBatchSubscribeConfirmation, MessageClass::kReply,
     TopicRule::kNone, EventKind::kNone},
    {"batch_unsubscribe_confirmation", MessageKind::kBatchUnsubscribeConfirmation,
     MessageClass::kReply, TopicRule::kNone, EventKind::kNone},
    {"preferences_response", MessageKind::kPreferencesResponse, MessageClass::kReply,
     TopicRule::kNone, EventKind::kNone},
    {"preferences_updated", MessageKind::kPreferencesUpdated, MessageClass::kReply,
     TopicRule::kNone, EventKind::kNone},
    {"presence_update", MessageKind::kPresenceUpdate, MessageClass::kService,
     TopicRule::kDiscussion, EventKind::kNone},
    {"welcome", MessageKind::kWelcome, MessageClass::kReply, TopicRule::kNone, EventKind::kNone},
    {"subscribed", MessageKind::kSubscribed, MessageClass::kStream, TopicRule::kNone,
     EventKind::kNone},
    {"unsubscribed", MessageKind::kUnsubscribed, MessageClass::kReply, TopicRule::kNone,
     EventKind::kNone},
    {"gap", MessageKind::kGap, MessageClass::kStream, TopicRule::kNone, EventKind::kNone},
    {"ack", MessageKind::kAck, MessageClass::kReply, TopicRule::kNone, EventKind::kNone},
}};

constexpr std::array<std::string_view, kMessageKindCount> Names() {
  std::array<std::string_view, kMessageKindCount> names;
  for (std::size_t i = 0; i < names.size(); ++i) {
    names[i] = kTraits[i].name;
  }
  return names;
}

constexpr bool InOrderOfTheEnum() {
  for (std::size_t i = 0; i < kTraits.size(); ++i) {
    if (static_cast<std::size_t>(kTraits[i].kind) != i) {
      return false;
    }
  }
  return true;
}
static_assert(InOrderOfTheEnum(),
              "every MessageKind of message_kind.h has its row here, in the same order");

constexpr SpellingTable<kMessageKindCount, 128> kTable(Names());

}  // namespace

const MessageTraits& TraitsOf(MessageKind kind) { return kTraits[static_cast<std::size_t>(kind)]; }

MessageKind LookUpMessageKind(std::string_view type) {
  return static_cast<MessageKind>(kTable.LookUp(type));
}

}  // namespace civic
