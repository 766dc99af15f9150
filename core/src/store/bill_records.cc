#include "civic/store/bill_records.h"

#include <algorithm>
#include <array>
#include <optional>

#include "civic/wire/exact_integer.h"
#include "civic/wire/number.h"
#include "record_writer.h"

namespace civic {
namespace {

void PutId(const MessageView& message, const BillId& id, RecordWriter* writer) {
  writer->Put(ReadExactInteger(id.text) ? id.text : RawValue(message.text(), *id.entry));
}

void PutOtherMembers(const MessageView& message, const JsonEntry& object, RecordWriter* writer) {
  message.ForEachIn(object, [&](const JsonEntry& member) {
    if (!IsEnvelope(member.field) && member.field != Field::kUpdate &&
        member.field != Field::kUpdateType && member.field != Field::kData) {
      writer->Put(",");
      writer->Put(RawMember(message.text(), member));
    }
  });
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
  return message.raw().size() + type + id.text.size() + kRecordGlueBytes;
}

std::size_t WriteBillUpdateRecord(const MessageView& message, const BillUpdateParts& parts,
                                  const BillId& id, TimeMs now, char* out) {
  const std::string_view text = message.text();
  RecordWriter writer(out);
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
  writer.PutTime(text, parts.timestamp, now);
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
  return message.raw().size() + id.text.size() + previous.size() + kRecordGlueBytes;
}

std::size_t WriteEngagementRecord(const MessageView& message, const JsonEntry& counts,
                                  const BillId& id, std::string_view previous, TimeMs now,
                                  char* out) {
  RecordWriter writer(out);
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
  writer.PutTime(message.text(), IsTime(timestamp) ? timestamp : message.Find(Field::kTimestamp),
                 now);
  writer.Put("}");
  return writer.size();
}

EngagementCounts CountsOf(std::string_view record) {
  const auto read = [&](std::string_view key) -> std::optional<double> {
    const std::string_view text = CountInRecord(record, key);
    return text.empty() ? std::nullopt : std::optional(ReadNumber(text));
  };
  EngagementCounts counts;
  counts.views = read("\"viewCount\":");
  counts.comments = read("\"commentCount\":");
  counts.saves = read("\"saveCount\":");
  counts.shares = read("\"shareCount\":");
  return counts;
}

}  // namespace civic
