#include "civic/wire/reply.h"

#include <string>

#include "civic/wire/number.h"
#include "civic/wire/stream_message.h"

namespace civic {

Reply ReadReply(const MessageView& message, MessageKind kind) {
  Reply reply;
  reply.kind = kind;
  std::string scratch;
  reply.message_id = message.TextOf(message.Find(Field::kMessageId), &scratch);
  const JsonEntry* data = message.Find(Field::kData);
  const bool has_data = data != nullptr && data->kind == JsonKind::kObject;
  const auto find = [&](Field field) {
    const JsonEntry* inside = has_data ? message.FindIn(*data, field) : nullptr;
    return inside != nullptr ? inside : message.Find(field);
  };
  if (kind == MessageKind::kError) {
    const JsonEntry* text = find(Field::kError);
    reply.text = message.TextOf(text != nullptr ? text : find(Field::kMessage), &scratch);
    reply.original_type = message.TextOf(find(Field::kOriginalType), &scratch);
  }
  if (kind == MessageKind::kAuthConfirmation) {
    const JsonEntry* authenticated = find(Field::kAuthenticated);
    reply.authenticated = authenticated != nullptr && authenticated->kind == JsonKind::kTrue;
  }
  const auto number = [&](Field field, double* out) {
    const JsonEntry* entry = find(field);
    if (entry != nullptr && entry->kind == JsonKind::kNumber) {
      *out = ReadNumber(RawValue(message.text(), *entry));
    }
  };
  number(Field::kRetryAfter, &reply.retry_after_ms);
  if (kind == MessageKind::kAuthConfirmation || kind == MessageKind::kWelcome) {
    number(Field::kTokenExpiresInMs, &reply.token_expires_in_ms);
  }
  if (kind == MessageKind::kWelcome) {
    number(Field::kHeartbeatIntervalMs, &reply.heartbeat_interval_ms);
    number(Field::kMaxMessageBytes, &reply.max_message_bytes);
    number(Field::kMaxInFlight, &reply.max_in_flight);
    reply.deflates = message.TextOf(find(Field::kCompression), &scratch) == "deflate-raw";
  }
  if (kind == MessageKind::kAck) {
    reply.acknowledged = ReadAcknowledged(message);
  }
  return reply;
}

}  // namespace civic
