#include "civic/store/notification_service.h"

namespace civic {

bool NotificationService::Handles(MessageKind kind) {
  return kind == MessageKind::kNotification || kind == MessageKind::kNotificationRead ||
         kind == MessageKind::kNotificationClear;
}

ServiceOutcome NotificationService::Apply(const MessageView& message, MessageKind kind,
                                          TopicId topic, TimeMs now, double arrival) {
  ServiceOutcome outcome;
  if (topic == kNoTopic) {
    if (kind == MessageKind::kNotification) {
      NotificationTable alone({1, limits_.bytes});
      alone.Apply(message, now, arrival);
      record_ = alone.record();
      outcome.record = record_;
    }
    return outcome;
  }
  topic_ = topic;
  if (kind == MessageKind::kNotification) {
    outcome = ApplyNotification(message, now, arrival);
  } else {
    outcome.is_changed = table_.ApplyChange(message, kind) > 0;
  }
  is_due_ = is_due_ || outcome.is_changed;
  return outcome;
}

bool NotificationService::Change(NotificationChange change, std::string_view id, TopicId topic) {
  if (table_.Change(change, id) == 0) {
    return false;
  }
  topic_ = topic;
  is_due_ = true;
  return true;
}

bool NotificationService::Restore(std::string_view json, TopicId topic, TimeMs now,
                                  double* last_arrival) {
  const NotificationTable::Restored restored = table_.Restore(json, now, last_arrival);
  counters_.Add(Counter::kNotificationsDropped, restored.dropped);
  if (restored.added == 0) {
    return false;
  }
  topic_ = topic;
  is_due_ = true;
  return true;
}

TopicId NotificationService::Advance(TimeMs now) {
  if (table_.Advance(now) == 0) {
    return kNoTopic;
  }
  is_due_ = true;
  return topic_;
}

void NotificationService::WriteDueCells() {
  if (!is_due_ || topic_ == kNoTopic) {
    return;
  }
  is_due_ = false;
  text_.clear();
  table_.WriteList(&text_);
  store_.Put(topic_, CellKind::kNotifications, text_);
  text_.clear();
  table_.WriteCounts(&text_);
  store_.Put(topic_, CellKind::kNotificationCounts, text_);
}

void NotificationService::Forget(TopicId topic) {
  if (topic == topic_) {
    table_ = NotificationTable(limits_);
    topic_ = kNoTopic;
    is_due_ = false;
  }
}

ServiceOutcome NotificationService::ApplyNotification(const MessageView& message, TimeMs now,
                                                      double arrival) {
  using Result = NotificationTable::Result;
  const NotificationTable::Outcome applied = table_.Apply(message, now, arrival);
  counters_.Add(Counter::kNotificationsDropped, applied.dropped);
  ServiceOutcome outcome;
  outcome.is_changed = applied.is_changed;
  outcome.is_urgent = applied.is_urgent;
  outcome.too_large = applied.result == Result::kTooLarge;
  outcome.is_known = applied.result != Result::kStored && applied.result != Result::kReplaced;
  outcome.record = table_.record();
  if (!outcome.is_known) {
    counters_.Add(Counter::kRecordsStored);
  }
  return outcome;
}

}  // namespace civic
