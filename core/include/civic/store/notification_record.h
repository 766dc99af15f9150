// One notification: what a message says, put together as the canonical record.
// docs/architecture.md, "Canonical records", says what it looks like.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "civic/engine/time.h"
#include "civic/wire/message_view.h"

namespace civic {

enum class NotificationPriority : std::uint8_t { kLow, kNormal, kMedium, kHigh, kCritical };

inline constexpr std::size_t kNotificationPriorityCount = 5;

std::string_view PriorityName(NotificationPriority priority);

// Owns its text. Whether it has been read and when it arrived change while it is kept, so they are
// not part of the text before it is written.
class NotificationRecord {
 public:
  // Where a record is read from: a message of the server, flat or nested under `notification`,
  // whose `type` is the message's; or a record of ours that was saved, whose `type` is its own.
  enum class Source : std::uint8_t { kServer, kSaved };

  // Why the message is of no use; "" when it is fine. It needs an id, and a title or a message
  // text: in its `notification` object, in itself, or in its `data`, the first that has one.
  static std::string_view FindFault(const MessageView& message, Source source);

  // Reads a message without fault. Both spellings of every name are the same; numeric ids become
  // strings. The type is that of the `notification` object, else `notification_type`, else
  // `data.type`, else "notification". An expiry is `expires_at` (milliseconds or ISO 8601), else
  // `ttl` (milliseconds from now); one that is not positive or beyond every date counts as none.
  NotificationRecord(const MessageView& message, Source source, TimeMs now);

  const std::string& id() const { return id_; }      // canonical
  const std::string& type() const { return type_; }  // decoded
  std::string_view type_json() const { return Slice(type_begin_, type_end_); }
  NotificationPriority priority() const { return priority_; }
  // NaN when the timestamp cannot be read.
  TimeMs timestamp() const { return timestamp_; }
  TimeMs expires_at() const { return expires_at_; }  // a whole number, or kNever
  // The server says that it has been read.
  bool says_read() const { return says_read_; }
  std::size_t text_bytes() const { return text_.size() + id_.size() + type_.size(); }

  // What people see is the same: type, title, message, priority.
  bool LooksLike(const NotificationRecord& earlier) const;
  // It says nothing that `earlier` does not say. A time that follows from when it arrived is not
  // compared.
  bool Repeats(const NotificationRecord& earlier) const;

  // Appends the record.
  void Write(bool is_read, double arrival, std::string* out) const;

 private:
  std::string_view Slice(std::size_t begin, std::size_t end) const {
    return std::string_view(text_).substr(begin, end - begin);
  }
  void ReadExpiry(const MessageView& message, const JsonEntry* at, const JsonEntry* ttl,
                  TimeMs now);

  std::string id_;
  std::string type_;
  std::string text_;  // the record up to `read`
  // Offsets in `text_`.
  std::size_t type_begin_ = 0;
  std::size_t type_end_ = 0;
  std::size_t shown_end_ = 0;  // behind the priority
  std::size_t data_end_ = 0;
  std::size_t timestamp_end_ = 0;
  TimeMs timestamp_ = 0;
  TimeMs expires_at_ = kNever;
  DurationMs ttl_ms_ = 0;  // what `expires_at_` follows from; 0 when it was given
  NotificationPriority priority_ = NotificationPriority::kNormal;
  bool has_own_timestamp_ = false;
  bool says_read_ = false;
};

}  // namespace civic
