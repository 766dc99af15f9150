#include "civic/store/services.h"

#include <algorithm>

#include "civic/store/community_records.h"

namespace civic {

std::string Services::FindFault(const MessageView& view, MessageKind kind) {
  if (BillService::Handles(kind)) {
    return std::string(BillService::FindFault(view, kind));
  }
  if (CommunityService::Handles(kind)) {
    return FindCommunityFault(view, kind);
  }
  return NotificationService::Handles(kind) ? std::string(NotificationTable::FindFault(view, kind))
                                            : std::string();
}

ServiceOutcome Services::Apply(const ServiceMessage& message, TopicId topic, TimeMs now) {
  const auto& [view, kind, is_element, is_history, bill] = message;
  if (is_history && IsKept(message, topic, now)) {
    ServiceOutcome outcome;
    outcome.is_known = true;
    return outcome;
  }
  if (BillService::Handles(kind)) {
    const ServiceOutcome outcome = bills_.Apply(view, kind, is_element, *bill, topic, now);
    if (kind == MessageKind::kEngagementMetrics && outcome.is_changed) {
      analytics_.Observe(topic, bill->text, outcome.record, now);
    }
    return outcome;
  }
  if (CommunityService::Handles(kind)) {
    return community_.Apply(view, kind, topic, now, ++arrivals_);
  }
  if (NotificationService::Handles(kind)) {
    return notifications_.Apply(view, kind, topic, now, ++arrivals_);
  }
  return {};
}

std::string_view Services::RecordOf(const ServiceMessage& message, TimeMs now) {
  if (BillService::Handles(message.kind)) {
    return bills_.RecordOf(message.view, message.kind, message.is_element, *message.bill, now);
  }
  return Apply(message, kNoTopic, now).record;
}

// Servers without sequence numbers say again what they said before to whoever subscribes; after a
// connection was lost, most of it is here already.
bool Services::IsKept(const ServiceMessage& message, TopicId topic, TimeMs now) {
  const bool is_update = message.kind == MessageKind::kBillUpdate;
  const bool is_list = is_update || (CommunityService::Handles(message.kind) &&
                                     message.kind != MessageKind::kTypingIndicator);
  const CellStore::Cell* cell =
      is_list && topic != kNoTopic
          ? store_.Find(topic,
                        is_update ? CellKind::kBillUpdates : CommunityService::CellOf(message.kind))
          : nullptr;
  if (cell == nullptr) {
    return false;
  }
  const std::string_view record = RecordOf(message, now);
  // Its number is the one thing that tells it from the one that is kept.
  return cell->log.Holds(is_update ? record : record.substr(0, record.rfind(",\"arrival\":")));
}

bool Services::ChangeNotifications(NotificationChange change, std::string_view id, TopicId topic) {
  return notifications_.Change(change, id, topic);
}

bool Services::RestoreNotifications(std::string_view json, TopicId topic, TimeMs now) {
  return notifications_.Restore(json, topic, now, &arrivals_);
}

void Services::Advance(TimeMs now, Changes* changes) {
  community_.Advance(now, &changes->stopped_typing);
  analytics_.Advance(now, &changes->topics);
  const TopicId topic = notifications_.Advance(now);
  if (topic != kNoTopic) {
    changes->topics.push_back(topic);
  }
}

TimeMs Services::NextDeadline() const {
  return std::min(
      {community_.NextDeadline(), notifications_.NextDeadline(), analytics_.NextDeadline()});
}

void Services::WriteDueCells() {
  community_.WriteDueCells();
  notifications_.WriteDueCells();
}

void Services::NoteEvicted(TopicId topic) {
  community_.NoteEvicted(topic);
  notifications_.NoteEvicted(topic);
}

void Services::NoteOpened(TopicId topic, std::string_view name) {
  if (name == AnalyticsService::kTopicName) {
    analytics_.Start(topic);
  }
}

void Services::Forget(TopicId topic) {
  community_.Forget(topic);
  notifications_.Forget(topic);
  analytics_.Forget(topic);
}

}  // namespace civic
