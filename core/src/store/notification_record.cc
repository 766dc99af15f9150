#include "civic/store/notification_record.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "civic/store/json_text.h"
#include "civic/wire/id.h"
#include "civic/wire/iso_time.h"
#include "civic/wire/number.h"
#include "record_writer.h"

namespace civic {
namespace {

using Source = NotificationRecord::Source;

constexpr std::array<std::string_view, kNotificationPriorityCount> kPriorityNames = {
    "low", "normal", "medium", "high", "critical"};

// The last point in time that a JavaScript Date knows (ECMA-262, "Time Values and Time Range").
constexpr TimeMs kLastDate = 8.64e15;

// The objects that say something about a notification, the one that counts first.
class Places {
 public:
  Places(const MessageView& message, Source source) : message_(message) {
    const JsonEntry* nested = message.Find(Field::kNotification);
    nested_ = source == Source::kServer && IsObject(nested) ? nested : nullptr;
    const JsonEntry* data = message.Find(Field::kData);
    objects_ = {nested_, &message.object(), IsObject(data) ? data : nullptr};
  }

  const JsonEntry* nested() const { return nested_; }

  // The first member that is acceptable, null if there is none.
  template <typename Accepts>
  const JsonEntry* Find(Field field, const Accepts& accepts) const {
    for (const JsonEntry* object : objects_) {
      const JsonEntry* member = object == nullptr ? nullptr : message_.FindIn(*object, field);
      if (member != nullptr && accepts(member)) {
        return member;
      }
    }
    return nullptr;
  }

  const JsonEntry* FindText(Field field) const { return Find(field, IsText); }
  const JsonEntry* FindId() const {
    const auto is_id = [this](const JsonEntry* member) {
      IdBuffer buffer;
      return ReadId(message_.text(), *member, buffer).has_value();
    };
    const JsonEntry* id = Find(Field::kId, is_id);
    return id != nullptr ? id : Find(Field::kNotificationId, is_id);
  }

  const JsonEntry* FindType(Source source) const {
    const auto is_type = [](const JsonEntry* member) {
      return IsText(member) && member->end - member->value > 2;
    };
    const auto type_of = [&](const JsonEntry* object, Field field) {
      const JsonEntry* type = object == nullptr ? nullptr : message_.FindIn(*object, field);
      return type != nullptr && is_type(type) ? type : nullptr;
    };
    const JsonEntry* own =
        type_of(source == Source::kSaved ? &message_.object() : nested_, Field::kType);
    if (own == nullptr) {
      own = Find(Field::kNotificationType, is_type);
    }
    return own != nullptr ? own : type_of(objects_[2], Field::kType);
  }

 private:
  const MessageView& message_;
  const JsonEntry* nested_ = nullptr;
  std::array<const JsonEntry*, 3> objects_ = {};
};

// Members that have a place of their own in the record, or say how the message travels.
bool IsPlaced(Field field) {
  switch (field) {
    case Field::kType:
    case Field::kTopic:
    case Field::kTimestamp:
    case Field::kMessageId:
    case Field::kSeq:
    case Field::kEpoch:
    case Field::kPrevious:
    case Field::kData:
    case Field::kId:
    case Field::kNotificationId:
    case Field::kNotificationType:
    case Field::kTitle:
    case Field::kMessage:
    case Field::kPriority:
    case Field::kRead:
    case Field::kExpiresAt:
    case Field::kTtl:
      return true;
    default:
      return false;
  }
}

double NumberOf(std::string_view text, const JsonEntry& entry) {
  return ReadNumber(RawValue(text, entry));
}

// NaN when the entry says no time.
TimeMs TimeOf(const MessageView& message, const JsonEntry& entry) {
  if (entry.kind == JsonKind::kNumber) {
    return NumberOf(message.text(), entry);
  }
  std::string scratch;
  return ParseIsoTime(message.TextOf(&entry, &scratch))
      .value_or(std::numeric_limits<double>::quiet_NaN());
}

class DataWriter {
 public:
  DataWriter(const MessageView& message, Source source, std::string* out)
      : message_(message), source_(source), out_(out) {}

  // The members of the object that have no place of their own, then those of its `data`.
  void PutObject(const JsonEntry& object, const JsonEntry* nested) {
    const JsonEntry* data = nullptr;
    message_.ForEachIn(object, [&](const JsonEntry& member) {
      if (member.field == Field::kData) {
        data = &member;
      }
      const std::string_view raw = RawMember(message_.text(), member);
      const bool is_arrival = source_ == Source::kSaved && raw.starts_with(R"("arrival")");
      if (&member != nested && !IsPlaced(member.field) && !is_arrival) {
        Put("", raw);
      }
    });
    if (IsObject(data)) {
      const std::string_view inside = InsideOf(message_.text(), *data);
      if (!inside.empty()) {
        Put("", inside);
      }
    } else if (data != nullptr && data->kind != JsonKind::kNull) {
      Put(R"("value":)", RawValue(message_.text(), *data));
    }
  }

 private:
  void Put(std::string_view name, std::string_view text) {
    if (!is_first_) {
      *out_ += ',';
    }
    is_first_ = false;
    *out_ += name;
    *out_ += text;
  }

  const MessageView& message_;
  Source source_;
  std::string* out_;
  bool is_first_ = true;
};

NotificationPriority PriorityOf(std::string_view name) {
  const std::string_view* end = kPriorityNames.data() + kPriorityNames.size();
  const std::string_view* found = std::find(kPriorityNames.data(), end, name);
  return found == end ? NotificationPriority::kNormal
                      : static_cast<NotificationPriority>(found - kPriorityNames.data());
}

}  // namespace

std::string_view PriorityName(NotificationPriority priority) {
  return kPriorityNames[static_cast<std::size_t>(priority)];
}

std::string_view NotificationRecord::FindFault(const MessageView& message, Source source) {
  const Places places(message, source);
  if (places.FindId() == nullptr) {
    return "id must be a string of 1 to 128 bytes or an integer";
  }
  return places.FindText(Field::kTitle) == nullptr && places.FindText(Field::kMessage) == nullptr
             ? "title or message must be a string"
             : std::string_view();
}

NotificationRecord::NotificationRecord(const MessageView& message, Source source, TimeMs now) {
  const std::string_view text = message.text();
  const Places places(message, source);
  const auto put = [&](std::string_view name, const JsonEntry* value, std::string_view otherwise) {
    text_ += name;
    text_ += value == nullptr ? otherwise : RawValue(text, *value);
    return text_.size();
  };
  std::string scratch;

  const JsonEntry* id = places.FindId();
  IdBuffer buffer;
  id_ = ReadId(text, *id, buffer).value_or(std::string_view());
  text_ = R"({"id":)";
  text_ += IsText(id) ? std::string(RawValue(text, *id)) : '"' + id_ + '"';

  const JsonEntry* type = places.FindType(source);
  type_ = type == nullptr ? "notification" : message.TextOf(type, &scratch);
  text_ += R"(,"type":)";
  type_begin_ = text_.size();
  type_end_ = put("", type, R"("notification")");
  put(R"(,"title":)", places.FindText(Field::kTitle), R"("")");
  put(R"(,"message":)", places.FindText(Field::kMessage), R"("")");

  priority_ = PriorityOf(message.TextOf(places.FindText(Field::kPriority), &scratch));
  text_ += R"(,"priority":")";
  text_ += PriorityName(priority_);
  text_ += '"';
  shown_end_ = text_.size();

  text_ += R"(,"data":{)";
  DataWriter data(message, source, &text_);
  data.PutObject(message.object(), places.nested());
  if (places.nested() != nullptr) {
    data.PutObject(*places.nested(), nullptr);
  }
  text_ += '}';
  data_end_ = text_.size();

  const JsonEntry* timestamp = places.Find(Field::kTimestamp, IsTime);
  has_own_timestamp_ = timestamp != nullptr;
  timestamp_ = has_own_timestamp_ ? TimeOf(message, *timestamp) : now;
  text_ += R"(,"timestamp":)";
  if (has_own_timestamp_) {
    text_ += RawValue(text, *timestamp);
  } else {
    AppendInteger(static_cast<std::uint64_t>(now), &text_);
  }
  timestamp_end_ = text_.size();

  ReadExpiry(
      message, places.Find(Field::kExpiresAt, IsTime),
      places.Find(Field::kTtl, [](const JsonEntry* ttl) { return ttl->kind == JsonKind::kNumber; }),
      now);
  const JsonEntry* read = places.Find(Field::kRead, [](const JsonEntry*) { return true; });
  says_read_ = read != nullptr && read->kind == JsonKind::kTrue;
}

void NotificationRecord::ReadExpiry(const MessageView& message, const JsonEntry* at,
                                    const JsonEntry* ttl, TimeMs now) {
  TimeMs expires_at = 0;
  if (at != nullptr) {
    expires_at = TimeOf(message, *at);
  } else if (ttl != nullptr) {
    const DurationMs ttl_ms = NumberOf(message.text(), *ttl);
    if (ttl_ms > 0) {
      ttl_ms_ = ttl_ms;
      expires_at = now + ttl_ms;
    }
  }
  text_ += R"(,"expiresAt":)";
  if (expires_at > 0 && expires_at <= kLastDate) {
    expires_at_ = std::floor(expires_at);
    AppendInteger(static_cast<std::uint64_t>(expires_at_), &text_);
  } else {
    text_ += "null";
  }
}

bool NotificationRecord::LooksLike(const NotificationRecord& earlier) const {
  return Slice(type_begin_, shown_end_) == earlier.Slice(earlier.type_begin_, earlier.shown_end_);
}

bool NotificationRecord::Repeats(const NotificationRecord& earlier) const {
  return Slice(type_begin_, data_end_) == earlier.Slice(earlier.type_begin_, earlier.data_end_) &&
         (!has_own_timestamp_ || Slice(data_end_, timestamp_end_) ==
                                     earlier.Slice(earlier.data_end_, earlier.timestamp_end_)) &&
         ttl_ms_ == earlier.ttl_ms_ && (ttl_ms_ > 0 || expires_at_ == earlier.expires_at_);
}

void NotificationRecord::Write(bool is_read, double arrival, std::string* out) const {
  *out += text_;
  *out += is_read ? R"(,"read":true,"arrival":)" : R"(,"read":false,"arrival":)";
  AppendInteger(static_cast<std::uint64_t>(arrival), out);
  *out += '}';
}

}  // namespace civic
