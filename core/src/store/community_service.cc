#include "civic/store/community_service.h"

#include <algorithm>
#include <optional>

#include "civic/store/community_records.h"
#include "civic/wire/id.h"

namespace civic {
namespace {

// How much longer than the sender's own timeout an indicator lives: the way to here and back of the
// message that would have renewed it.
constexpr DurationMs kTypingGraceMs = 2000;

std::string_view IdText(const MessageView& message, Field field, IdBuffer* buffer) {
  const JsonEntry* entry = FindCommunityMember(message, field);
  const auto id = entry == nullptr ? std::nullopt : ReadId(message.text(), *entry, *buffer);
  return id.value_or(std::string_view());
}

}  // namespace

CommunityService::CommunityService(const CommunityLimits& limits, CellStore& store,
                                   Counters& counters)
    : limits_(limits),
      store_(store),
      counters_(counters),
      typing_(limits.typing_timeout_ms + kTypingGraceMs) {}

bool CommunityService::Handles(MessageKind kind) {
  switch (kind) {
    case MessageKind::kCommunityUpdate:
    case MessageKind::kTypingIndicator:
    case MessageKind::kCommentUpdate:
    case MessageKind::kVoteUpdate:
    case MessageKind::kExpertActivity:
    case MessageKind::kModerationEvent:
    case MessageKind::kPresenceUpdate:
      return true;
    default:
      return false;
  }
}

CellKind CommunityService::CellOf(MessageKind kind) {
  switch (kind) {
    case MessageKind::kCommentUpdate:
      return CellKind::kComments;
    case MessageKind::kVoteUpdate:
      return CellKind::kVotes;
    case MessageKind::kPresenceUpdate:
      return CellKind::kPresence;
    default:
      return CellKind::kActivity;
  }
}

ServiceOutcome CommunityService::Apply(const MessageView& message, MessageKind kind, TopicId topic,
                                       TimeMs now, double arrival) {
  RecordOf(message, kind, now, arrival);
  if (topic == kNoTopic || (kind == MessageKind::kPresenceUpdate && !limits_.has_presence)) {
    ServiceOutcome outcome;
    outcome.record = record_;
    return outcome;
  }
  if (kind == MessageKind::kTypingIndicator) {
    return ApplyTyping(message, topic, now);
  }
  return Keep(topic, CellOf(kind), record_);
}

void CommunityService::Advance(TimeMs now, std::vector<TypingTable::Ended>* ended) {
  const std::size_t before = ended->size();
  typing_.Advance(now, ended);
  for (std::size_t i = before; i < ended->size(); ++i) {
    TypingTable::Ended& one = (*ended)[i];
    one.record = StoppedTyping(one.record);
    NoteTyping(one.topic);
  }
}

void CommunityService::WriteDueCells() {
  for (const TopicId topic : due_) {
    typing_.Write(topic, &typing_text_);
    Keep(topic, CellKind::kTyping, typing_text_);
  }
  due_.clear();
}

void CommunityService::NoteEvicted(TopicId topic) {
  if (store_.Find(topic, CellKind::kTyping) != nullptr) {
    NoteTyping(topic);
  }
}

void CommunityService::Forget(TopicId topic) {
  typing_.Forget(topic);
  std::erase(due_, topic);
}

void CommunityService::NoteTyping(TopicId topic) {
  if (std::find(due_.begin(), due_.end(), topic) == due_.end()) {
    due_.push_back(topic);
  }
}

ServiceOutcome CommunityService::ApplyTyping(const MessageView& message, TopicId topic,
                                             TimeMs now) {
  IdBuffer user_buffer;
  IdBuffer parent_buffer;
  const TypingTable::Place place = {topic, IdText(message, Field::kUserId, &user_buffer),
                                    IdText(message, Field::kParentId, &parent_buffer)};
  ServiceOutcome outcome;
  outcome.is_changed =
      SaysTyping(message) ? typing_.Begin(place, record_, now) : typing_.End(place);
  outcome.record = record_;
  if (outcome.is_changed) {
    NoteTyping(topic);
  }
  return outcome;
}

ServiceOutcome CommunityService::Keep(TopicId topic, CellKind cell, std::string_view record) {
  ServiceOutcome outcome;
  outcome.record = record;
  outcome.is_changed = store_.Put(topic, cell, record);
  outcome.too_large = !outcome.is_changed;
  if (outcome.is_changed) {
    counters_.Add(Counter::kRecordsStored);
  }
  return outcome;
}

std::string_view CommunityService::RecordOf(const MessageView& message, MessageKind kind,
                                            TimeMs now, double arrival) {
  record_.resize(CommunityRecordBound(message));
  record_.resize(WriteCommunityRecord(message, kind, now, arrival, record_.data()));
  return record_;
}

}  // namespace civic
