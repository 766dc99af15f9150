// Everything the engine keeps for topics: which service takes which message, and when state changes
// by itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/time.h"
#include "civic/store/analytics_service.h"
#include "civic/store/bill_service.h"
#include "civic/store/cell_store.h"
#include "civic/store/community_service.h"
#include "civic/store/notification_service.h"
#include "civic/store/service_outcome.h"
#include "civic/telemetry/counters.h"
#include "civic/wire/message_kind.h"
#include "civic/wire/message_view.h"

namespace civic {

// A message for a topic, as the services need it.
struct ServiceMessage {
  const MessageView& view;
  MessageKind kind;
  bool is_element;     // an element of `batched_updates`, where `type` is the update's own
  bool is_history;     // the server says it again, for those who came later
  const BillId* bill;  // null when the message names none
};

// Knows the services; neither routes nor tells anybody.
class Services {
 public:
  struct Limits {
    CommunityLimits community;
    NotificationLimits notifications;
  };

  // What changed by itself.
  struct Changes {
    std::vector<TopicId> topics;
    // Who stopped typing without saying so, with the record to tell.
    std::vector<TypingTable::Ended> stopped_typing;
  };

  Services(const Limits& limits, CellStore& store, Counters& counters)
      : store_(store),
        bills_(store, counters),
        community_(limits.community, store, counters),
        notifications_(limits.notifications, store, counters),
        analytics_(store, counters) {}

  // Why the message is of no use, whatever its topic; "" when it is fine.
  static std::string FindFault(const MessageView& view, MessageKind kind);

  // Takes a message without fault into the state of `topic`, unless that is kNoTopic.
  ServiceOutcome Apply(const ServiceMessage& message, TopicId topic, TimeMs now);
  // What listeners get of a message that no topic keeps; "" when it has no record.
  std::string_view RecordOf(const ServiceMessage& message, TimeMs now);

  // Of a page, for the topic of notifications. Both return whether anything changed.
  bool ChangeNotifications(NotificationChange change, std::string_view id, TopicId topic);
  bool RestoreNotifications(std::string_view json, TopicId topic, TimeMs now);

  // Lets time pass and appends to `changes`.
  void Advance(TimeMs now, Changes* changes);
  TimeMs NextDeadline() const;

  // Writes the cells that are written only when somebody is about to read them.
  void WriteDueCells();
  void NoteEvicted(TopicId topic);
  void NoteOpened(TopicId topic, std::string_view name);
  // The topic is about to be used for something else.
  void Forget(TopicId topic);

 private:
  bool IsKept(const ServiceMessage& message, TopicId topic, TimeMs now);

  const CellStore& store_;
  BillService bills_;
  CommunityService community_;
  NotificationService notifications_;
  AnalyticsService analytics_;
  double arrivals_ = 0;
};

}  // namespace civic
