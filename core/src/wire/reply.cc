#include "civic/wire/reply.h"

#include <string>

#include "civic/wire/number.h"

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
  const JsonEntry* retry_after = find(Field::kRetryAfter);
  if (retry_after != nullptr && retry_after->kind == JsonKind::kNumber) {
    reply.retry_after_ms = ReadNumber(RawValue(message.text(), *retry_after));
  }
  return reply;
}

}  // namespace civic
