// The two canonical records of a bill, put together from slices of what the server sent.
// docs/architecture.md, "Canonical records", says what they look like.
#pragma once

#include <cstddef>
#include <string_view>

#include "civic/engine/time.h"
#include "civic/store/engagement_measure.h"
#include "civic/wire/message_view.h"

namespace civic {

// An identifier as the message writes it and as it is meant.
struct BillId {
  std::string_view text;  // canonical: 123 for 123 and "123"
  const JsonEntry* entry = nullptr;
};

// Where the parts of one bill update are. `outer` is the message, or the element of
// `batched_updates`; `inner` is its `update` object or null. Parts that are missing are null.
struct BillUpdateParts {
  const JsonEntry* outer = nullptr;
  const JsonEntry* inner = nullptr;
  const JsonEntry* type = nullptr;
  const JsonEntry* data = nullptr;
  const JsonEntry* timestamp = nullptr;
};

// Finds the parts of a `bill_update` message, or (`is_element`) of an element of `batched_updates`,
// where `type` is the update's own and not the message's.
BillUpdateParts FindBillUpdateParts(const MessageView& message, bool is_element);

// Bytes that are enough for the record.
std::size_t BillUpdateRecordBound(const MessageView& message, const BillUpdateParts& parts,
                                  const BillId& id);

// Writes the record to `out` and returns its size.
std::size_t WriteBillUpdateRecord(const MessageView& message, const BillUpdateParts& parts,
                                  const BillId& id, TimeMs now, char* out);

// The object that holds the counts of an `engagement_metrics` message: `metrics`, `data`, or the
// message itself. Null when none of them holds a count.
const JsonEntry* FindEngagementCounts(const MessageView& message);

std::size_t EngagementRecordBound(const MessageView& message, const BillId& id,
                                  std::string_view previous);

// Counts that the message misses are taken from `previous`, the record before it, or are 0.
std::size_t WriteEngagementRecord(const MessageView& message, const JsonEntry& counts,
                                  const BillId& id, std::string_view previous, TimeMs now,
                                  char* out);

// The counts of an engagement record.
EngagementCounts CountsOf(std::string_view record);

}  // namespace civic
