// What the user's notifications do with their messages.
#pragma once

#include <string>
#include <string_view>

#include "civic/engine/time.h"
#include "civic/store/cell_store.h"
#include "civic/store/notification_table.h"
#include "civic/store/service_outcome.h"
#include "civic/telemetry/counters.h"
#include "civic/wire/message_kind.h"
#include "civic/wire/message_view.h"

namespace civic {

// Owns the notifications; the two cells of their topic are written when somebody is about to read
// them. Notifications are kept as long as their topic is subscribed.
class NotificationService {
 public:
  NotificationService(const NotificationLimits& limits, CellStore& store, Counters& counters)
      : limits_(limits), store_(store), counters_(counters), table_(limits) {}

  static bool Handles(MessageKind kind);

  // Takes a message without fault into the list; with `topic` kNoTopic only the record is made.
  ServiceOutcome Apply(const MessageView& message, MessageKind kind, TopicId topic, TimeMs now,
                       double arrival);

  // Of a page. Both return whether anything changed.
  bool Change(NotificationChange change, std::string_view id, TopicId topic);
  bool Restore(std::string_view json, TopicId topic, TimeMs now, double* last_arrival);

  // Drops what has expired; the topic that changed, or kNoTopic.
  TopicId Advance(TimeMs now);
  TimeMs NextDeadline() const { return table_.NextDeadline(); }

  void WriteDueCells();
  void NoteEvicted(TopicId topic) { is_due_ = is_due_ || topic == topic_; }
  void Forget(TopicId topic);

 private:
  ServiceOutcome ApplyNotification(const MessageView& message, TimeMs now, double arrival);

  NotificationLimits limits_;
  CellStore& store_;
  Counters& counters_;
  NotificationTable table_;
  TopicId topic_ = kNoTopic;  // whose cells hold the list
  bool is_due_ = false;       // the cells are older than the list
  std::string record_;
  std::string text_;
};

}  // namespace civic
