#include "civic/engine/message_handler.h"

#include <optional>
#include <string>

#include "civic/store/community_records.h"
#include "civic/wire/id.h"

namespace civic {
namespace {

constexpr std::size_t kUsualFrameBytes = 1U << 20U;
constexpr std::string_view kNotificationsTopic = "user_notifications";

std::optional<BillId> ToId(const MessageView& message, const JsonEntry* entry, IdBuffer* buffer) {
  const auto text = entry == nullptr ? std::nullopt : ReadId(message.text(), *entry, *buffer);
  return text ? std::optional<BillId>(BillId{*text, entry}) : std::nullopt;
}

// Whether the server marked the message as one it sent before.
bool SaysAgain(const MessageView& message) {
  const JsonEntry* history = message.Find(Field::kHistory);
  return history != nullptr && history->kind == JsonKind::kTrue;
}

}  // namespace

bool MessageHandler::Handle(std::string_view frame, TimeMs now) {
  if (frame.size() > max_frame_bytes_) {
    Refuse(frame.size());
    return false;
  }
  const ScanResult result = scanner_.Scan(frame);
  if (!result.ok() || scanner_.entries().front().kind != JsonKind::kObject) {
    counters_.Add(Counter::kMalformedFrames);
    const std::string detail = result.ok() ? std::string("It is JSON, but no object.")
                                           : std::string(ScanErrorSentence(result.error)) +
                                                 " At byte " + std::to_string(result.offset) +
                                                 " of " + std::to_string(frame.size()) + ".";
    announcer_.Complain(ErrorCode::kMalformedFrame, detail, "", detail);
    return false;
  }
  frame_ = frame;
  HandleMessage(0, 0, now);
  frame_ = {};
  if (frame.size() > kUsualFrameBytes) {
    scanner_.ReleaseExcess();
  }
  return true;
}

void MessageHandler::Refuse(std::size_t frame_bytes) {
  counters_.Add(Counter::kOversizedFrames);
  const std::string detail =
      std::to_string(frame_bytes) + " bytes, allowed are " + std::to_string(max_frame_bytes_);
  announcer_.Complain(ErrorCode::kFrameTooLarge, detail, "", detail);
}

void MessageHandler::HandleMessage(std::uint32_t index, int depth, TimeMs now) {
  const MessageView message(frame_, scanner_.entries(), index);
  const JsonEntry* type_entry = message.Find(Field::kType);
  if (type_entry == nullptr || type_entry->kind != JsonKind::kString) {
    counters_.Add(Counter::kMessagesReceived);
    announcer_.ComplainOfMessage(
        "", type_entry == nullptr ? "type is missing" : "type must be a string");
    announcer_.EmitMessage(message.raw());
    return;
  }
  const std::string_view type = message.TextOf(type_entry, &type_scratch_);
  const MessageKind kind = LookUpMessageKind(type);
  const MessageTraits& traits = TraitsOf(kind);
  if (traits.message_class == MessageClass::kContainer) {
    HandleBatch(message, depth, now);
    return;
  }
  counters_.Add(Counter::kMessagesReceived);
  bool is_foreign = false;
  if (dialect_ == Dialect::kV2 && HasPosition(message) &&
      !IsNext(message, type, &is_foreign, now)) {
    return;
  }
  switch (traits.message_class) {
    case MessageClass::kUpdates:
      HandleUpdates(message, is_foreign, now);
      break;
    case MessageClass::kService:
      HandleService(message, traits, {false, SaysAgain(message), is_foreign}, message.raw(), now);
      break;
    case MessageClass::kLiveness:
      if (dialect_ == Dialect::kV2 && kind == MessageKind::kPong) {
        ComparePositions(message, now);
      }
      replies_.push_back(ReadReply(message, kind));
      break;
    case MessageClass::kReply:
      replies_.push_back(ReadReply(message, kind));
      break;
    case MessageClass::kStream:
      HandleStream(message, kind, now);
      break;
    case MessageClass::kUnknown:
    case MessageClass::kContainer:
      counters_.Add(Counter::kUnknownMessages);
      DeliverOnly(message, is_foreign, now);
      break;
  }
  announcer_.EmitMessage(message.raw());
}

void MessageHandler::HandleBatch(const MessageView& message, int depth, TimeMs now) {
  if (depth == kMaxBatchDepth) {
    counters_.Add(Counter::kInvalidMessages);
    const std::string detail = "batches may be nested " + std::to_string(kMaxBatchDepth) + " deep";
    announcer_.Complain(ErrorCode::kNestedTooDeep, detail, "batch", detail);
    return;
  }
  const JsonEntry* messages = message.Find(Field::kMessages);
  if (messages == nullptr || messages->kind != JsonKind::kArray) {
    counters_.Add(Counter::kMessagesReceived);
    announcer_.ComplainOfMessage("batch", "messages must be an array");
    return;
  }
  message.ForEachIn(*messages, [&](const JsonEntry& element) {
    if (element.kind == JsonKind::kObject) {
      HandleMessage(message.IndexOf(element), depth + 1, now);
    } else {
      counters_.Add(Counter::kMessagesReceived);
      announcer_.ComplainOfMessage("batch", "every element of messages must be an object");
    }
  });
}

void MessageHandler::HandleUpdates(const MessageView& message, bool is_foreign, TimeMs now) {
  const JsonEntry* updates = message.Find(Field::kUpdates);
  if (updates == nullptr || updates->kind != JsonKind::kArray) {
    announcer_.ComplainOfMessage("batched_updates", "updates must be an array");
    return;
  }
  const Origin origin = {true, SaysAgain(message), is_foreign};
  message.ForEachIn(*updates, [&](const JsonEntry& entry) {
    if (entry.kind != JsonKind::kObject) {
      announcer_.ComplainOfMessage("batched_updates", "every element of updates must be an object");
      return;
    }
    const MessageView element(frame_, scanner_.entries(), message.IndexOf(entry));
    const JsonEntry* bill_id = element.Find(Field::kBillId);
    element_.assign(R"({"type":"bill_update")");
    if (bill_id != nullptr) {
      element_ += R"(,"bill_id":)";
      element_ += RawValue(frame_, *bill_id);
    }
    element_ += R"(,"update":)";
    element_ += element.raw();
    element_ += "}";
    HandleService(element, TraitsOf(MessageKind::kBillUpdate), origin, element_, now);
  });
}

void MessageHandler::HandleService(const MessageView& message, const MessageTraits& traits,
                                   Origin origin, std::string_view raw, TimeMs now) {
  // Bills are named by the message itself, everything else also by its `data`.
  const auto find = [&](Field field, IdBuffer* buffer) {
    const bool is_bill = traits.topic_rule == TopicRule::kBill;
    return ToId(message, is_bill ? message.Find(field) : FindCommunityMember(message, field),
                buffer);
  };
  IdBuffer bill_buffer;
  IdBuffer other_buffer;
  IdBuffer expert_buffer;
  Ids ids;
  ids.bill = find(Field::kBillId, &bill_buffer);
  if (traits.topic_rule == TopicRule::kBill && !ids.bill) {
    announcer_.ComplainOfMessage(traits.name, "bill_id must be a number or a string");
    return;
  }
  const std::string fault = Services::FindFault(message, traits.kind);
  if (!fault.empty()) {
    announcer_.ComplainOfMessage(traits.name, fault);
    return;
  }
  if (traits.topic_rule == TopicRule::kDiscussion) {
    ids.discussion = find(Field::kDiscussionId, &other_buffer);
  } else if (traits.topic_rule == TopicRule::kExpertUpdates) {
    ids.expert = find(Field::kExpertId, &expert_buffer);
  }
  Destinations destinations;
  if (!origin.is_foreign) {
    AddDerivedTopics(traits.topic_rule, ids, &destinations);
  }
  const TopicId own_topic = destinations.count > 0 ? destinations.topics[0] : TopicTable::kNone;
  if (!origin.is_foreign) {
    AddNamedTopic(message, &destinations);
  }
  destinations.Add(topics_.wildcard());

  const ServiceMessage service_message = {message, traits.kind, origin.is_element,
                                          origin.is_history, ids.bill ? &*ids.bill : nullptr};
  ServiceOutcome outcome;
  if (own_topic != TopicTable::kNone) {
    outcome = services_.Apply(service_message, own_topic, now);
    if (outcome.is_changed) {
      NoteCellChange(own_topic, outcome.is_urgent);
    } else if (outcome.too_large) {
      counters_.Add(Counter::kRecordsRefused);
      const std::string detail =
          topics_.topic(own_topic).name + ", " + std::to_string(raw.size()) + " bytes";
      announcer_.Complain(ErrorCode::kRecordTooLarge, detail, traits.name, detail);
    }
  }
  if (destinations.count == 0) {
    counters_.Add(Counter::kUnroutedMessages);
    return;
  }
  if (!outcome.is_known && (pages_.listen_mask() & EventBit(traits.event)) != 0) {
    // Listeners get the record also of what no topic keeps.
    const std::string_view record =
        outcome.record.empty() ? services_.RecordOf(service_message, now) : outcome.record;
    announcer_.Emit(traits.event, destinations.list(), record.empty() ? raw : record);
  }
  Deliver(message, destinations, raw, now);
}

void MessageHandler::Deliver(const MessageView& message, const Destinations& destinations,
                             std::string_view raw, TimeMs now) {
  for (const TopicId topic : destinations.list()) {
    topics_.topic(topic).traffic.Add(message.raw().size(), now);
  }
  announcer_.Deliver(message, destinations, raw);
}

void MessageHandler::DeliverOnly(const MessageView& message, bool is_foreign, TimeMs now) {
  Destinations destinations;
  if (!is_foreign) {
    AddNamedTopic(message, &destinations);
  }
  destinations.Add(topics_.wildcard());
  Deliver(message, destinations, message.raw(), now);
}

void MessageHandler::AddDerivedTopics(TopicRule rule, const Ids& ids,
                                      Destinations* destinations) const {
  const auto add = [&](std::string_view prefix, const std::optional<BillId>& id) {
    if (id) {
      destinations->Add(topics_.Find(prefix, id->text));
    }
  };
  switch (rule) {
    case TopicRule::kNone:
      break;
    case TopicRule::kBill:
      add("bill:", ids.bill);
      break;
    case TopicRule::kDiscussion:
      // The first that is open keeps the state.
      add("discussion:", ids.bill);
      add("discussion:", ids.discussion);
      add("community:", ids.bill);
      add("community:", ids.discussion);
      break;
    case TopicRule::kExpertUpdates:
      destinations->Add(topics_.Find("expert:updates"));
      add("expert:", ids.expert);
      break;
    case TopicRule::kModerationEvents:
      destinations->Add(topics_.Find("moderation:events"));
      break;
    case TopicRule::kUserNotifications:
      destinations->Add(topics_.Find(kNotificationsTopic));
      break;
  }
}

void MessageHandler::AddNamedTopic(const MessageView& message, Destinations* destinations) {
  const JsonEntry* topic = message.Find(Field::kTopic);
  if (topic != nullptr && topic->kind == JsonKind::kString) {
    destinations->Add(topics_.Find(message.TextOf(topic, &topic_scratch_)));
  }
}

void MessageHandler::Advance(TimeMs now) {
  services_.Advance(now, &changes_);
  for (const TypingTable::Ended& stopped : changes_.stopped_typing) {
    Destinations destinations;
    destinations.Add(stopped.topic);
    destinations.Add(topics_.wildcard());
    NoteCellChange(stopped.topic, false);
    announcer_.Emit(EventKind::kTypingIndicator, destinations.list(), stopped.record);
  }
  for (const TopicId topic : changes_.topics) {
    NoteCellChange(topic, false);
  }
  changes_.stopped_typing.clear();
  changes_.topics.clear();
}

void MessageHandler::ChangeNotifications(NotificationChange change, std::string_view id) {
  const TopicId topic = topics_.Find(kNotificationsTopic);
  if (topic != TopicTable::kNone && services_.ChangeNotifications(change, id, topic)) {
    // A person did this and waits to see it.
    NoteCellChange(topic, true);
  }
}

void MessageHandler::RestoreNotifications(std::string_view json, TimeMs now) {
  const TopicId topic = topics_.Find(kNotificationsTopic);
  if (topic != TopicTable::kNone && services_.RestoreNotifications(json, topic, now)) {
    NoteCellChange(topic, false);
  }
}

void MessageHandler::NoteOpened(TopicId topic) {
  services_.NoteOpened(topic, topics_.topic(topic).name);
}

void MessageHandler::NoteCellChange(TopicId topic, bool is_urgent) {
  for (const Watch& watch : topics_.topic(topic).watches) {
    Page* page = pages_.Find(watch.page);
    page->NoteCellChange(is_urgent);
    pages_.Touch(*page);
  }
  if (!store_.evicted().empty()) {
    NoteEvictions();
  }
}

void MessageHandler::NoteEvictions() {
  std::vector<TopicId> evicted;
  evicted.swap(store_.evicted());
  for (const TopicId topic : evicted) {
    counters_.Add(Counter::kTopicsEvicted);
    services_.NoteEvicted(topic);
    NoteCellChange(topic, false);
  }
}

}  // namespace civic
