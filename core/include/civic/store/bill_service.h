// What bills do with their messages: `bill_update`, the elements of `batched_updates`,
// `engagement_metrics`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "civic/engine/time.h"
#include "civic/store/bill_records.h"
#include "civic/store/cell_store.h"
#include "civic/store/service_outcome.h"
#include "civic/telemetry/counters.h"
#include "civic/wire/message_kind.h"
#include "civic/wire/message_view.h"

namespace civic {

// Owns no state of its own: a bill's state is the cells of its topic.
class BillService {
 public:
  BillService(CellStore& store, Counters& counters) : store_(store), counters_(counters) {}

  static bool Handles(MessageKind kind);

  // Writes the message's record into the topic's cell. `is_element` says that the message is an
  // element of `batched_updates`, where `type` is the update's own.
  ServiceOutcome Apply(const MessageView& message, MessageKind kind, bool is_element,
                       const BillId& id, TopicId topic, TimeMs now);

  // The record of a message that no topic keeps; valid until the next call.
  std::string_view RecordOf(const MessageView& message, MessageKind kind, bool is_element,
                            const BillId& id, TimeMs now);

  // Why the message is of no use, whatever its topic; "" when it is fine.
  static std::string_view FindFault(const MessageView& message, MessageKind kind);

 private:
  ServiceOutcome Finish(TopicId topic, CellKind kind, std::size_t size);

  CellStore& store_;
  Counters& counters_;
  // Both keep their memory from message to message.
  std::string previous_;
  std::string unkept_;
};

}  // namespace civic
