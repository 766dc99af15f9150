#include "abi_description.h"

#include "civic/engine/bundle_format.h"
#include "civic/engine/error_code.h"
#include "civic/engine/event_kind.h"
#include "civic/store/cell_store.h"
#include "civic/telemetry/counters.h"
#include "civic/wire/json.h"

namespace civic {
namespace {
Json CounterNames() {
  Json names = Json::array();
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    names.push_back(CounterName(static_cast<Counter>(i)));
  }
  return names;
}

Json ErrorCodes() {
  Json names = Json::array();
  for (int i = 0; i < kErrorCodeCount; ++i) {
    names.push_back(ErrorName(static_cast<ErrorCode>(i)));
  }
  return names;
}

}  // namespace

std::string DescribeAbi() {
  const Json description = {
      {"bundleMagic", kBundleMagic},
      {"headerWords", kBundleHeaderWords},
      {"entryWords", sizeof(BundleEntry) / sizeof(std::uint32_t)},
      {"counterNames", CounterNames()},
      {"errorCodes", ErrorCodes()},
      {"entryKinds",
       {{"topicOpened", EntryKind::kTopicOpened},
        {"topicClosed", EntryKind::kTopicClosed},
        {"cellChanged", EntryKind::kCellChanged},
        {"connection", EntryKind::kConnection},
        {"event", EntryKind::kEvent},
        {"delivery", EntryKind::kDelivery},
        {"commandResult", EntryKind::kCommandResult},
        {"error", EntryKind::kError},
        {"tokenWanted", EntryKind::kTokenWanted},
        {"guarantee", EntryKind::kGuarantee}}},
      {"cellKinds",
       {{"billUpdates", CellKind::kBillUpdates},
        {"billEngagement", CellKind::kBillEngagement},
        {"comments", CellKind::kComments},
        {"votes", CellKind::kVotes},
        {"typing", CellKind::kTyping},
        {"presence", CellKind::kPresence},
        {"activity", CellKind::kActivity},
        {"notifications", CellKind::kNotifications},
        {"notificationCounts", CellKind::kNotificationCounts},
        {"billAnalytics", CellKind::kBillAnalytics},
        {"movers", CellKind::kMovers},
        {"outbox", CellKind::kOutbox}}},
      {"eventKinds",
       {{"message", EventKind::kMessage},
        {"billUpdate", EventKind::kBillUpdate},
        {"engagementUpdate", EventKind::kEngagementUpdate},
        {"communityUpdate", EventKind::kCommunityUpdate},
        {"typingIndicator", EventKind::kTypingIndicator},
        {"commentUpdate", EventKind::kCommentUpdate},
        {"voteUpdate", EventKind::kVoteUpdate},
        {"expertActivity", EventKind::kExpertActivity},
        {"moderationEvent", EventKind::kModerationEvent},
        {"notification", EventKind::kNotification},
        {"gap", EventKind::kGap}}},
  };
  return description.dump();
}

}  // namespace civic
