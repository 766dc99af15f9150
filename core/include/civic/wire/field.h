// The member names the wire protocol knows, each in both of its spellings.
#pragma once

#include <cstdint>
#include <string_view>

namespace civic {

// `bill_id` and `billId` are the same field. The numbers are internal: nothing outside depends on
// them. To add a field, add it here and, at the same place, its snake_case name in field.cc.
enum class Field : std::uint8_t {
  kUnknown = 0,

  // Every message.
  kType,
  kTopic,
  kData,
  kTimestamp,
  kMessageId,
  kSubscriptionId,
  kFilters,
  kMessages,
  kUpdates,
  kHistory,

  // Bills.
  kBillId,
  kBillIds,
  kUpdate,
  kUpdateType,
  kMetrics,
  kViewCount,
  kSaveCount,
  kCommentCount,
  kShareCount,
  kExpertEngagement,
  kCommunitySentiment,
  kControversyLevel,

  // Community.
  kDiscussionId,
  kCommentId,
  kParentId,
  kUserId,
  kExpertId,
  kTargetId,
  kIsTyping,
  kAction,
  kVoteType,
  kCount,

  // Notifications.
  kNotification,
  kNotificationId,
  kId,
  kTitle,
  kMessage,
  kPriority,
  kRead,
  kClearAll,
  kExpiresAt,
  kTtl,
  kNotificationType,
  kPreferences,

  // Replies and errors.
  kError,
  kOriginalType,
  kRetryAfter,
  kAuthenticated,
  kToken,
  kCode,
  kReason,

  // Delivery guarantees.
  kSeq,
  kEpoch,
  kPrevious,
  kFrom,
  kTo,
  kTopics,
  kPositions,
  kMessageIds,
  kHeartbeatIntervalMs,
  kMaxMessageBytes,
  kMaxInFlight,
  kTokenExpiresInMs,
  kCompression,
};

inline constexpr int kFieldCount = static_cast<int>(Field::kCompression) + 1;

// The field a member name means; kUnknown for every other name. `key` holds no escapes. Names are
// compared byte by byte: `BillId` and `billid` are unknown.
Field LookUpField(std::string_view key);

// The snake_case spelling; empty for kUnknown.
std::string_view FieldName(Field field);

}  // namespace civic
