#include "civic/wire/field.h"

#include <array>
#include <cstddef>
#include <string_view>

#include "spelling_table.h"

namespace civic {
namespace {

// In the order of the enum. The camelCase spellings follow from these.
constexpr std::array<std::string_view, kFieldCount> kSnakeNames = {
    "",
    "type",
    "topic",
    "data",
    "timestamp",
    "message_id",
    "subscription_id",
    "filters",
    "messages",
    "updates",
    "history",
    "bill_id",
    "bill_ids",
    "update",
    "update_type",
    "metrics",
    "view_count",
    "save_count",
    "comment_count",
    "share_count",
    "expert_engagement",
    "community_sentiment",
    "controversy_level",
    "discussion_id",
    "comment_id",
    "parent_id",
    "user_id",
    "expert_id",
    "target_id",
    "is_typing",
    "action",
    "vote_type",
    "count",
    "notification",
    "notification_id",
    "id",
    "title",
    "message",
    "priority",
    "read",
    "clear_all",
    "expires_at",
    "ttl",
    "notification_type",
    "preferences",
    "error",
    "original_type",
    "retry_after",
    "authenticated",
    "token",
    "code",
    "reason",
    "seq",
    "epoch",
    "previous",
    "from",
    "to",
    "topics",
    "positions",
    "message_ids",
    "heartbeat_interval_ms",
    "max_message_bytes",
    "max_in_flight",
    "token_expires_in_ms",
    "compression",
};

constexpr bool EachHasAName() {
  for (std::size_t i = 1; i < kSnakeNames.size(); ++i) {
    if (kSnakeNames[i].empty()) {
      return false;
    }
  }
  return true;
}
static_assert(EachHasAName(), "every Field of field.h has its name here, in the same order");

// Sparse: an unknown name mostly meets an empty slot.
constexpr SpellingTable<kFieldCount, 512> kTable(kSnakeNames);

}  // namespace

Field LookUpField(std::string_view key) { return static_cast<Field>(kTable.LookUp(key)); }

std::string_view FieldName(Field field) {
  const auto index = static_cast<std::size_t>(field);
  return index < kSnakeNames.size() ? kSnakeNames[index] : std::string_view();
}

}  // namespace civic
