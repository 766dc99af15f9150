// Every field the wire protocol knows, spelled out both ways by hand.
#pragma once

#include <string_view>

#include "civic/wire/field.h"

namespace civic::scanner_oracle {

struct FieldSpelling {
  Field field;
  std::string_view snake;
  std::string_view camel;
};

inline constexpr FieldSpelling kFieldSpellings[] = {
    {Field::kType, "type", "type"},
    {Field::kTopic, "topic", "topic"},
    {Field::kData, "data", "data"},
    {Field::kTimestamp, "timestamp", "timestamp"},
    {Field::kMessageId, "message_id", "messageId"},
    {Field::kSubscriptionId, "subscription_id", "subscriptionId"},
    {Field::kFilters, "filters", "filters"},
    {Field::kMessages, "messages", "messages"},
    {Field::kUpdates, "updates", "updates"},
    {Field::kHistory, "history", "history"},
    {Field::kBillId, "bill_id", "billId"},
    {Field::kBillIds, "bill_ids", "billIds"},
    {Field::kUpdate, "update", "update"},
    {Field::kUpdateType, "update_type", "updateType"},
    {Field::kMetrics, "metrics", "metrics"},
    {Field::kViewCount, "view_count", "viewCount"},
    {Field::kSaveCount, "save_count", "saveCount"},
    {Field::kCommentCount, "comment_count", "commentCount"},
    {Field::kShareCount, "share_count", "shareCount"},
    {Field::kExpertEngagement, "expert_engagement", "expertEngagement"},
    {Field::kCommunitySentiment, "community_sentiment", "communitySentiment"},
    {Field::kControversyLevel, "controversy_level", "controversyLevel"},
    {Field::kDiscussionId, "discussion_id", "discussionId"},
    {Field::kCommentId, "comment_id", "commentId"},
    {Field::kParentId, "parent_id", "parentId"},
    {Field::kUserId, "user_id", "userId"},
    {Field::kExpertId, "expert_id", "expertId"},
    {Field::kTargetId, "target_id", "targetId"},
    {Field::kIsTyping, "is_typing", "isTyping"},
    {Field::kAction, "action", "action"},
    {Field::kVoteType, "vote_type", "voteType"},
    {Field::kCount, "count", "count"},
    {Field::kNotification, "notification", "notification"},
    {Field::kNotificationId, "notification_id", "notificationId"},
    {Field::kId, "id", "id"},
    {Field::kTitle, "title", "title"},
    {Field::kMessage, "message", "message"},
    {Field::kPriority, "priority", "priority"},
    {Field::kRead, "read", "read"},
    {Field::kClearAll, "clear_all", "clearAll"},
    {Field::kExpiresAt, "expires_at", "expiresAt"},
    {Field::kTtl, "ttl", "ttl"},
    {Field::kNotificationType, "notification_type", "notificationType"},
    {Field::kPreferences, "preferences", "preferences"},
    {Field::kError, "error", "error"},
    {Field::kOriginalType, "original_type", "originalType"},
    {Field::kRetryAfter, "retry_after", "retryAfter"},
    {Field::kAuthenticated, "authenticated", "authenticated"},
    {Field::kToken, "token", "token"},
    {Field::kCode, "code", "code"},
    {Field::kReason, "reason", "reason"},
    {Field::kSeq, "seq", "seq"},
    {Field::kEpoch, "epoch", "epoch"},
    {Field::kPrevious, "previous", "previous"},
    {Field::kFrom, "from", "from"},
    {Field::kTo, "to", "to"},
    {Field::kTopics, "topics", "topics"},
    {Field::kPositions, "positions", "positions"},
    {Field::kMessageIds, "message_ids", "messageIds"},
    {Field::kHeartbeatIntervalMs, "heartbeat_interval_ms", "heartbeatIntervalMs"},
    {Field::kMaxMessageBytes, "max_message_bytes", "maxMessageBytes"},
    {Field::kMaxInFlight, "max_in_flight", "maxInFlight"},
    {Field::kTokenExpiresInMs, "token_expires_in_ms", "tokenExpiresInMs"},
    {Field::kCompression, "compression", "compression"},
};

}  // namespace civic::scanner_oracle
