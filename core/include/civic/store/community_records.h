// The canonical records of discussions, experts and moderation, put together from slices of what
// the server sent. docs/architecture.md, "Canonical records", says what they look like.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "civic/engine/time.h"
#include "civic/wire/message_kind.h"
#include "civic/wire/message_view.h"

namespace civic {

// What a `typing_indicator` says; it says so unless `is_typing` is false.
bool SaysTyping(const MessageView& message);

// A member of the message, of its `data`, or of its `update`, in this order; null is missing.
const JsonEntry* FindCommunityMember(const MessageView& message, Field field);

// Why the message is of no use; "" when it is fine. Also for `presence_update`.
std::string FindCommunityFault(const MessageView& message, MessageKind kind);

// Bytes that are enough for the record.
std::size_t CommunityRecordBound(const MessageView& message);

// Writes the record of a message without fault to `out` and returns its size. `arrival` numbers the
// records that are kept; records of typing have none.
std::size_t WriteCommunityRecord(const MessageView& message, MessageKind kind, TimeMs now,
                                 double arrival, char* out);

// The record of a typing indicator as it reads once the user has stopped.
std::string StoppedTyping(std::string_view record);

}  // namespace civic
