#include "civic/engine/message_handler.h"

#include <optional>
#include <string>

#include "civic/wire/id.h"

namespace civic {
namespace {

constexpr std::size_t kUsualFrameBytes = 1U << 20U;

std::optional<BillId> FindId(const MessageView& message, Field field, IdBuffer* buffer) {
  const JsonEntry* entry = message.Find(field);
  if (entry == nullptr) {
    return std::nullopt;
  }
  const std::optional<std::string_view> text = ReadId(message.text(), *entry, *buffer);
  if (!text) {
    return std::nullopt;
  }
  return BillId{*text, entry};
}

}  // namespace

void MessageHandler::Handle(std::string_view frame, TimeMs now) {
  if (frame.size() > max_frame_bytes_) {
    Refuse(frame.size());
    return;
  }
  const ScanResult result = scanner_.Scan(frame);
  if (!result.ok() || scanner_.entries().front().kind != JsonKind::kObject) {
    counters_.Add(Counter::kMalformedFrames);
    const std::string detail = result.ok() ? std::string("It is JSON, but no object.")
                                           : std::string(ScanErrorSentence(result.error)) +
                                                 " At byte " + std::to_string(result.offset) +
                                                 " of " + std::to_string(frame.size()) + ".";
    announcer_.Complain(ErrorCode::kMalformedFrame, detail, "", detail);
    return;
  }
  frame_ = frame;
  HandleMessage(0, 0, now);
  frame_ = {};
  if (frame.size() > kUsualFrameBytes) {
    scanner_.ReleaseExcess();
  }
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
  switch (traits.message_class) {
    case MessageClass::kUpdates:
      HandleUpdates(message, now);
      break;
    case MessageClass::kService:
      HandleService(message, traits, false, message.raw(), now);
      break;
    case MessageClass::kLiveness:
    case MessageClass::kReply:
      replies_.push_back(ReadReply(message, kind));
      break;
    case MessageClass::kUnknown:
    case MessageClass::kContainer:
      HandleUnknown(message);
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

void MessageHandler::HandleUpdates(const MessageView& message, TimeMs now) {
  const JsonEntry* updates = message.Find(Field::kUpdates);
  if (updates == nullptr || updates->kind != JsonKind::kArray) {
    announcer_.ComplainOfMessage("batched_updates", "updates must be an array");
    return;
  }
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
    HandleService(element, TraitsOf(MessageKind::kBillUpdate), true, element_, now);
  });
}

void MessageHandler::HandleService(const MessageView& message, const MessageTraits& traits,
                                   bool is_element, std::string_view raw, TimeMs now) {
  Destinations destinations;
  IdBuffer id_buffer;
  std::optional<BillId> id;
  if (traits.topic_rule == TopicRule::kDiscussion) {
    id = FindId(message, Field::kDiscussionId, &id_buffer);
  }
  if (!id) {
    id = FindId(message, Field::kBillId, &id_buffer);
  }
  if (traits.topic_rule == TopicRule::kBill && !id) {
    announcer_.ComplainOfMessage(traits.name, "bill_id must be a number or a string");
    return;
  }
  AddDerivedTopics(traits.topic_rule, id ? id->text : std::string_view(), &destinations);
  const TopicId own_topic = destinations.count > 0 ? destinations.topics[0] : TopicTable::kNone;
  AddNamedTopic(message, &destinations);
  destinations.Add(topics_.wildcard());

  std::string_view payload = raw;
  bool is_record = !BillService::Handles(traits.kind);
  if (BillService::Handles(traits.kind)) {
    const std::string_view fault = BillService::FindFault(message, traits.kind);
    if (!fault.empty()) {
      announcer_.ComplainOfMessage(traits.name, fault);
      return;
    }
    if (own_topic != TopicTable::kNone) {
      const BillService::Outcome outcome =
          bills_.Apply(message, traits.kind, is_element, *id, own_topic, now);
      if (outcome.stored) {
        payload = outcome.record;
        is_record = true;
        NoteCellChange(own_topic);
      } else if (outcome.too_large) {
        counters_.Add(Counter::kRecordsRefused);
        const std::string detail =
            "bill " + std::string(id->text) + ", " + std::to_string(raw.size()) + " bytes";
        announcer_.Complain(ErrorCode::kRecordTooLarge, detail, traits.name, detail);
      }
    }
  }
  if (destinations.count == 0) {
    counters_.Add(Counter::kUnroutedMessages);
    return;
  }
  // Listeners get the record also of a bill that keeps none.
  if (!is_record && (pages_.listen_mask() & EventBit(traits.event)) != 0) {
    payload = bills_.RecordOf(message, traits.kind, is_element, *id, now);
  }
  announcer_.Emit(traits.event, destinations, payload);
  announcer_.Deliver(message, destinations, raw);
}

void MessageHandler::HandleUnknown(const MessageView& message) {
  counters_.Add(Counter::kUnknownMessages);
  Destinations destinations;
  AddNamedTopic(message, &destinations);
  destinations.Add(topics_.wildcard());
  announcer_.Deliver(message, destinations, message.raw());
}

void MessageHandler::AddDerivedTopics(TopicRule rule, std::string_view id,
                                      Destinations* destinations) const {
  switch (rule) {
    case TopicRule::kNone:
      break;
    case TopicRule::kBill:
      destinations->Add(topics_.Find("bill:", id));
      break;
    case TopicRule::kDiscussion:
      if (!id.empty()) {
        destinations->Add(topics_.Find("discussion:", id));
        destinations->Add(topics_.Find("community:", id));
      }
      break;
    case TopicRule::kExpertUpdates:
      destinations->Add(topics_.Find("expert:updates"));
      break;
    case TopicRule::kModerationEvents:
      destinations->Add(topics_.Find("moderation:events"));
      break;
    case TopicRule::kUserNotifications:
      destinations->Add(topics_.Find("user_notifications"));
      break;
  }
}

void MessageHandler::AddNamedTopic(const MessageView& message, Destinations* destinations) {
  const JsonEntry* topic = message.Find(Field::kTopic);
  if (topic != nullptr && topic->kind == JsonKind::kString) {
    destinations->Add(topics_.Find(message.TextOf(topic, &topic_scratch_)));
  }
}

void MessageHandler::NoteCellChange(TopicId topic) {
  const auto note = [&](TopicId changed) {
    for (const Watch& watch : topics_.topic(changed).watches) {
      Page* page = pages_.Find(watch.page);
      page->NoteCellChange();
      pages_.Touch(*page);
    }
  };
  note(topic);
  for (const TopicId evicted : store_.evicted()) {
    counters_.Add(Counter::kTopicsEvicted);
    note(evicted);
  }
  store_.evicted().clear();
}

}  // namespace civic
