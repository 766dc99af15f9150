#include "civic/store/bill_records.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>

#include "civic/wire/exact_integer.h"

namespace civic {
namespace {

constexpr std::size_t kGlueBytes = 192;  // names, braces and numbers of our own in one record

class TextWriter {
 public:
  explicit TextWriter(char* out) : start_(out), at_(out) {}

  void Put(std::string_view text) {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void PutInteger(double value) {
    at_ = std::to_chars(at_, at_ + 24, static_cast<std::int64_t>(value)).ptr;
  }
  std::size_t size() const { return static_cast<std::size_t>(at_ - start_); }

 private:
  char* start_;
  char* at_;
};

bool IsObject(const JsonEntry* entry) {
  return entry != nullptr && entry->kind == JsonKind::kObject;
}

bool IsTime(const JsonEntry* entry) {
  return entry != nullptr && (entry->kind == JsonKind::kNumber || entry->kind == JsonKind::kString);
}

bool IsText(const JsonEntry* entry) { return entry != nullptr && entry->kind == JsonKind::kString; }

void PutId(const MessageView& message, const BillId& id, TextWriter* writer) {
  writer->Put(ReadExactInteger(id.text) ? id.text : RawValue(message.text(), *id.entry));
}

void PutTime(const MessageView& message, const JsonEntry* timestamp, TimeMs now,
             TextWriter* writer) {
  if (IsTime(timestamp)) {
    writer->Put(RawValue(message.text(), *timestamp));
  } else {
    writer->PutInteger(now);
  }
}

std::string_view RawMember(std::string_view text, const JsonEntry& member) {
  return text.substr(member.key, member.end - member.key);
}

// Members that say where a message belongs and when, rather than what happened.
bool IsEnvelope(Field field) {
  switch (field) {
    case Field::kType:
    case Field::kTopic:
    case Field::kBillId:
    case Field::kTimestamp:
    case Field::kMessageId:
    case Field::kSeq:
    case Field::kEpoch:
      return true;
    default:
      return false;
  }
}

void PutOtherMembers(const MessageView& message, const JsonEntry& object, TextWriter* writer) {
  message.ForEachIn(object, [&](const JsonEntry& member) {
    if (!IsEnvelope(member.field) && member.field != Field::kUpdate &&
        member.field != Field::kUpdateType && member.field != Field::kData) {
      writer->Put(",");
      writer->Put(RawMember(message.text(), member));
    }
  });
}

// What is between the braces of an object; empty if there is nothing but space.
std::string_view InsideOf(std::string_view text, const JsonEntry& object) {
  std::string_view inside = text.substr(object.value + 1, object.end - object.value - 2);
  const std::size_t first = inside.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view() : inside.substr(first);
}

struct CountName {
  Field field;
  std::string_view key;  // with quotes and colon, as the record writes it
};

constexpr std::array<CountName, 4> kCountNames = {{
    {Field::kViewCount, "\"viewCount\":"},
    {Field::kSaveCount, "\"saveCount\":"},
    {Field::kCommentCount, "\"commentCount\":"},
    {Field::kShareCount, "\"shareCount\":"},
}};

bool IsCount(Field field) {
  return std::any_of(kCountNames.begin(), kCountNames.end(),
                     [&](const CountName& count) { return count.field == field; });
}

// The number a count stands for, as text; empty when it is none. Digits in quotes count as a
// number.
std::string_view CountText(const MessageView& message, const JsonEntry* entry) {
  if (entry == nullptr) {
    return {};
  }
  if (entry->kind == JsonKind::kNumber) {
    return RawValue(message.text(), *entry);
  }
  if (entry->kind == JsonKind::kString) {
    const std::string_view text = RawString(message.text(), *entry);
    return ReadExactInteger(text) ? text : std::string_view();
  }
  return {};
}

// The count in a record of ours. The first occurrence is the record's own: an id or a name cannot
// hold an unescaped quote, and other members come later.
std::string_view CountInRecord(std::string_view record, std::string_view key) {
  const std::size_t at = record.find(key);
  if (at == std::string_view::npos) {
    return "0";
  }
  const std::size_t start = at + key.size();
  return record.substr(start, record.find_first_of(",}", start) - start);
}

std::string_view CamelName(Field field) {
  switch (field) {
    case Field::kExpertEngagement:
      return "\"expertEngagement\":";
    case Field::kCommunitySentiment:
      return "\"communitySentiment\":";
    case Field::kControversyLevel:
      return "\"controversyLevel\":";
    default:
      return {};
  }
}

}  // namespace

BillUpdateParts FindBillUpdateParts(const MessageView& message, bool is_element) {
  BillUpdateParts parts;
  parts.outer = &message.object();
  const JsonEntry* update = message.Find(Field::kUpdate);
  parts.timestamp = message.Find(Field::kTimestamp);
  if (IsObject(update)) {
    parts.inner = update;
    parts.type = message.FindIn(*update, Field::kType);
    parts.data = message.FindIn(*update, Field::kData);
    const JsonEntry* own_time = message.FindIn(*update, Field::kTimestamp);
    if (IsTime(own_time)) {
      parts.timestamp = own_time;
    }
    return parts;
  }
  parts.data = message.Find(Field::kData);
  parts.type = message.Find(is_element ? Field::kType : Field::kUpdateType);
  if (!IsText(parts.type) && IsObject(parts.data)) {
    parts.type = message.FindIn(*parts.data, Field::kUpdateType);
    if (!IsText(parts.type)) {
      parts.type = message.FindIn(*parts.data, Field::kType);
    }
  }
  return parts;
}

std::size_t BillUpdateRecordBound(const MessageView& message, const BillUpdateParts& parts,
                                  const BillId& id) {
  // A type found in `data` is in the record twice: as its type and among the data.
  const std::size_t type = parts.type == nullptr ? 0 : RawValue(message.text(), *parts.type).size();
  return message.raw().size() + type + id.text.size() + kGlueBytes;
}

std::size_t WriteBillUpdateRecord(const MessageView& message, const BillUpdateParts& parts,
                                  const BillId& id, TimeMs now, char* out) {
  const std::string_view text = message.text();
  TextWriter writer(out);
  writer.Put(R"({"type":)");
  writer.Put(IsText(parts.type) ? RawValue(text, *parts.type) : R"("update")");
  writer.Put(R"(,"data":{"billId":)");
  PutId(message, id, &writer);
  PutOtherMembers(message, *parts.outer, &writer);
  if (parts.inner != nullptr) {
    PutOtherMembers(message, *parts.inner, &writer);
  }
  if (IsObject(parts.data)) {
    const std::string_view inside = InsideOf(text, *parts.data);
    if (!inside.empty()) {
      writer.Put(",");
      writer.Put(inside);
    }
  } else if (parts.data != nullptr && parts.data->kind != JsonKind::kNull) {
    writer.Put(R"(,"value":)");
    writer.Put(RawValue(text, *parts.data));
  }
  writer.Put(R"(},"timestamp":)");
  PutTime(message, parts.timestamp, now, &writer);
  writer.Put("}");
  return writer.size();
}

const JsonEntry* FindEngagementCounts(const MessageView& message) {
  for (const JsonEntry* object :
       {message.Find(Field::kMetrics), message.Find(Field::kData), &message.object()}) {
    if (!IsObject(object)) {
      continue;
    }
    for (const CountName& count : kCountNames) {
      if (!CountText(message, message.FindIn(*object, count.field)).empty()) {
        return object;
      }
    }
  }
  return nullptr;
}

std::size_t EngagementRecordBound(const MessageView& message, const BillId& id,
                                  std::string_view previous) {
  return message.raw().size() + id.text.size() + previous.size() + kGlueBytes;
}

std::size_t WriteEngagementRecord(const MessageView& message, const JsonEntry& counts,
                                  const BillId& id, std::string_view previous, TimeMs now,
                                  char* out) {
  TextWriter writer(out);
  writer.Put(R"({"bill_id":)");
  PutId(message, id, &writer);
  for (const CountName& count : kCountNames) {
    std::string_view value = CountText(message, message.FindIn(counts, count.field));
    if (value.empty()) {
      value = CountInRecord(previous, count.key);
    }
    writer.Put(",");
    writer.Put(count.key);
    writer.Put(value);
  }
  message.ForEachIn(counts, [&](const JsonEntry& member) {
    const std::string_view camel = CamelName(member.field);
    if (!camel.empty()) {
      writer.Put(",");
      writer.Put(camel);
      writer.Put(RawValue(message.text(), member));
    } else if (!IsEnvelope(member.field) && !IsCount(member.field) &&
               member.field != Field::kMetrics && member.field != Field::kData) {
      writer.Put(",");
      writer.Put(RawMember(message.text(), member));
    }
  });
  const JsonEntry* timestamp = message.FindIn(counts, Field::kTimestamp);
  writer.Put(R"(,"timestamp":)");
  PutTime(message, IsTime(timestamp) ? timestamp : message.Find(Field::kTimestamp), now, &writer);
  writer.Put("}");
  return writer.size();
}

}  // namespace civic
