#include "civic/store/community_records.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "civic/wire/id.h"
#include "record_writer.h"

namespace civic {
namespace {

// One member of a record: where it comes from and what it may be.
struct Member {
  Field field;
  std::string_view key;  // with quotes and colon, as the record writes it
  bool is_required = false;
  // The texts it may be; an identifier when there are none.
  std::span<const std::string_view> choices = {};
  std::string_view otherwise = "null";  // as the record writes it
};

constexpr std::array<std::string_view, 3> kActions = {"created", "updated", "deleted"};
constexpr std::array<std::string_view, 3> kVotes = {"support", "oppose", "neutral"};

constexpr std::array<Member, 5> kComment = {{
    {Field::kCommentId, "\"commentId\":"},
    {Field::kBillId, "\"billId\":", true},
    {Field::kParentId, "\"parentId\":"},
    {Field::kUserId, "\"userId\":"},
    {Field::kAction, "\"action\":", false, kActions, "\"created\""},
}};
constexpr std::array<Member, 3> kVote = {{
    {Field::kBillId, "\"billId\":", true},
    {Field::kUserId, "\"userId\":"},
    {Field::kVoteType, "\"voteType\":", true, kVotes},
}};
constexpr std::array<Member, 3> kTyping = {{
    {Field::kUserId, "\"userId\":", true},
    {Field::kBillId, "\"billId\":", true},
    {Field::kParentId, "\"parentId\":"},
}};
constexpr std::array<Member, 2> kCommunity = {{
    {Field::kDiscussionId, "\"discussionId\":"},
    {Field::kBillId, "\"billId\":"},
}};
constexpr std::array<Member, 2> kExpert = {{
    {Field::kExpertId, "\"expertId\":", true},
    {Field::kBillId, "\"billId\":"},
}};
constexpr std::array<Member, 1> kModeration = {{
    {Field::kTargetId, "\"targetId\":", true},
}};
constexpr std::array<Member, 1> kPresence = {{
    {Field::kBillId, "\"billId\":", true},
}};

constexpr std::string_view kIsTyping = R"(,"isTyping":true)";

std::span<const Member> MembersOf(MessageKind kind) {
  switch (kind) {
    case MessageKind::kCommentUpdate:
      return kComment;
    case MessageKind::kVoteUpdate:
      return kVote;
    case MessageKind::kTypingIndicator:
      return kTyping;
    case MessageKind::kExpertActivity:
      return kExpert;
    case MessageKind::kModerationEvent:
      return kModeration;
    case MessageKind::kPresenceUpdate:
      return kPresence;
    default:
      return kCommunity;
  }
}

const JsonEntry* DataOf(const MessageView& message) {
  const JsonEntry* data = message.Find(Field::kData);
  return IsObject(data) ? data : nullptr;
}

const JsonEntry* UpdateOf(const MessageView& message) {
  const JsonEntry* update = message.Find(Field::kUpdate);
  return IsObject(update) ? update : nullptr;
}

bool IsChoice(const MessageView& message, const Member& member, const JsonEntry& entry) {
  return entry.kind == JsonKind::kString &&
         std::find(member.choices.begin(), member.choices.end(),
                   RawString(message.text(), entry)) != member.choices.end();
}

std::string FaultOf(const MessageView& message, const Member& member) {
  const JsonEntry* entry = FindCommunityMember(message, member.field);
  if (entry == nullptr) {
    return member.is_required ? std::string(FieldName(member.field)) + " is missing"
                              : std::string();
  }
  if (member.choices.empty()) {
    IdBuffer buffer;
    return ReadId(message.text(), *entry, buffer)
               ? std::string()
               : std::string(FieldName(member.field)) + " must be a number or a string";
  }
  if (IsChoice(message, member, *entry)) {
    return {};
  }
  std::string fault = std::string(FieldName(member.field)) + " must be one of ";
  for (const std::string_view choice : member.choices) {
    fault += choice;
    fault += choice == member.choices.back() ? "" : ", ";
  }
  return fault;
}

bool IsCount(const MessageView& message, const JsonEntry* entry) {
  return entry != nullptr && entry->kind == JsonKind::kNumber &&
         !RawValue(message.text(), *entry).starts_with('-');
}

// The kind of a community update: an own name for it, or the type of what it holds.
const JsonEntry* FindKind(const MessageView& message) {
  const JsonEntry* named = message.Find(Field::kUpdateType);
  if (IsText(named)) {
    return named;
  }
  for (const JsonEntry* object : {UpdateOf(message), DataOf(message)}) {
    for (const Field field : {Field::kUpdateType, Field::kType}) {
      const JsonEntry* kind = object == nullptr ? nullptr : message.FindIn(*object, field);
      if (IsText(kind)) {
        return kind;
      }
    }
  }
  return nullptr;
}

// Whatever the record has no member of its own for.
class DataWriter {
 public:
  DataWriter(const MessageView& message, std::span<const Member> members, RecordWriter& writer)
      : message_(message), members_(members), writer_(writer) {}

  void PutAll() {
    writer_.Put("{");
    PutOthersOf(message_.object());
    if (const JsonEntry* update = UpdateOf(message_)) {
      PutOthersOf(*update);
      PutInside(message_.FindIn(*update, Field::kData));
    }
    PutInside(message_.Find(Field::kData));
    writer_.Put("}");
  }

 private:
  bool IsOwn(Field field) const {
    return IsEnvelope(field) || field == Field::kData || field == Field::kUpdate ||
           field == Field::kUpdateType || field == Field::kIsTyping ||
           std::any_of(members_.begin(), members_.end(),
                       [&](const Member& member) { return member.field == field; });
  }

  void PutOthersOf(const JsonEntry& object) {
    message_.ForEachIn(object, [&](const JsonEntry& member) {
      if (!IsOwn(member.field)) {
        PutSeparated(RawMember(message_.text(), member));
      }
    });
  }

  void PutInside(const JsonEntry* data) {
    if (IsObject(data)) {
      PutSeparated(InsideOf(message_.text(), *data));
    } else if (data != nullptr && data->kind != JsonKind::kNull) {
      PutSeparated(R"("value":)");
      writer_.Put(RawValue(message_.text(), *data));
    }
  }

  void PutSeparated(std::string_view text) {
    if (text.empty()) {
      return;
    }
    writer_.Put(is_first_ ? "" : ",");
    writer_.Put(text);
    is_first_ = false;
  }

  const MessageView& message_;
  std::span<const Member> members_;
  RecordWriter& writer_;
  bool is_first_ = true;
};

}  // namespace

const JsonEntry* FindCommunityMember(const MessageView& message, Field field) {
  const JsonEntry* data = DataOf(message);
  const JsonEntry* update = UpdateOf(message);
  for (const JsonEntry* entry :
       {message.Find(field), data == nullptr ? nullptr : message.FindIn(*data, field),
        update == nullptr ? nullptr : message.FindIn(*update, field)}) {
    if (entry != nullptr && entry->kind != JsonKind::kNull) {
      return entry;
    }
  }
  return nullptr;
}

bool SaysTyping(const MessageView& message) {
  const JsonEntry* is_typing = FindCommunityMember(message, Field::kIsTyping);
  return is_typing == nullptr || is_typing->kind != JsonKind::kFalse;
}

std::string FindCommunityFault(const MessageView& message, MessageKind kind) {
  for (const Member& member : MembersOf(kind)) {
    std::string fault = FaultOf(message, member);
    if (!fault.empty()) {
      return fault;
    }
  }
  if (kind == MessageKind::kTypingIndicator) {
    const JsonEntry* is_typing = FindCommunityMember(message, Field::kIsTyping);
    if (is_typing != nullptr && is_typing->kind != JsonKind::kTrue &&
        is_typing->kind != JsonKind::kFalse) {
      return "is_typing must be true or false";
    }
  }
  if (kind == MessageKind::kPresenceUpdate &&
      !IsCount(message, FindCommunityMember(message, Field::kCount))) {
    return "count must be a number that is not negative";
  }
  return {};
}

std::size_t CommunityRecordBound(const MessageView& message) {
  // A member that was found in `data` is in the record twice: on its own and among the data.
  std::size_t repeated = 0;
  for (const Field field :
       {Field::kBillId, Field::kCommentId, Field::kParentId, Field::kUserId, Field::kDiscussionId,
        Field::kExpertId, Field::kTargetId, Field::kAction, Field::kVoteType, Field::kCount}) {
    const JsonEntry* entry = FindCommunityMember(message, field);
    repeated += entry == nullptr ? 0 : RawValue(message.text(), *entry).size();
  }
  const JsonEntry* kind = FindKind(message);
  repeated += kind == nullptr ? 0 : RawValue(message.text(), *kind).size();
  return message.raw().size() + repeated + kRecordGlueBytes;
}

std::size_t WriteCommunityRecord(const MessageView& message, MessageKind kind, TimeMs now,
                                 double arrival, char* out) {
  const std::string_view text = message.text();
  const std::span<const Member> members = MembersOf(kind);
  RecordWriter writer(out);
  writer.Put("{");
  if (kind == MessageKind::kCommunityUpdate) {
    const JsonEntry* entry = FindKind(message);
    writer.Put(R"("type":)");
    writer.Put(entry == nullptr ? R"("update")" : RawValue(text, *entry));
    writer.Put(",");
  }
  for (const Member& member : members) {
    const JsonEntry* entry = FindCommunityMember(message, member.field);
    writer.Put(&member == &members.front() ? "" : ",");
    writer.Put(member.key);
    writer.Put(entry == nullptr ? member.otherwise : RawValue(text, *entry));
  }
  if (kind == MessageKind::kPresenceUpdate) {
    writer.Put(R"(,"count":)");
    writer.Put(RawValue(text, *FindCommunityMember(message, Field::kCount)));
  } else {
    if (kind == MessageKind::kTypingIndicator) {
      writer.Put(SaysTyping(message) ? kIsTyping : R"(,"isTyping":false)");
    }
    writer.Put(R"(,"data":)");
    DataWriter(message, members, writer).PutAll();
  }
  writer.Put(R"(,"timestamp":)");
  writer.PutTime(text, FindCommunityMember(message, Field::kTimestamp), now);
  if (kind != MessageKind::kPresenceUpdate && kind != MessageKind::kTypingIndicator) {
    writer.Put(R"(,"arrival":)");
    writer.PutInteger(arrival);
  }
  writer.Put("}");
  return writer.size();
}

std::string StoppedTyping(std::string_view record) {
  // The first occurrence is the record's own: an identifier holds no unescaped quote.
  std::string stopped(record);
  const std::size_t at = stopped.find(kIsTyping);
  if (at != std::string::npos) {
    stopped.replace(at, kIsTyping.size(), R"(,"isTyping":false)");
  }
  return stopped;
}

}  // namespace civic
