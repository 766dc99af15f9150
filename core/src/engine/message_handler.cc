#include "civic/engine/message_handler.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <span>

#include "civic/engine/problem.h"
#include "civic/wire/id.h"
#include "civic/wire/json_string.h"

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

bool MessageHandler::Destinations::Add(TopicId topic) {
  const std::span<const TopicId> known(topics.data(), count);
  if (topic == TopicTable::kNone || count == kMaxTopicsOfMessage ||
      std::find(known.begin(), known.end(), topic) != known.end()) {
    return false;
  }
  topics[count++] = topic;
  return true;
}

void MessageHandler::Handle(std::string_view frame, TimeMs now) {
  if (frame.size() > max_frame_bytes_) {
    Refuse(frame.size());
    return;
  }
  const ScanResult result = scanner_.Scan(frame);
  if (!result.ok() || scanner_.entries().front().kind != JsonKind::kObject) {
    counters_.Add(Counter::kMalformedFrames);
    const std::string detail =
        result.ok() ? std::string("It is JSON, but no object.")
                    : std::string(ScanErrorSentence(result.error)) + " At byte " +
                          std::to_string(result.offset) + " of " + std::to_string(frame.size()) +
                          ".";
    Complain(ErrorCode::kMalformedFrame, detail, "", detail);
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
  const std::string detail = std::to_string(frame_bytes) + " bytes, allowed are " +
                             std::to_string(max_frame_bytes_);
  Complain(ErrorCode::kFrameTooLarge, detail, "", detail);
}

void MessageHandler::HandleMessage(std::uint32_t index, int depth, TimeMs now) {
  const MessageView message(frame_, scanner_.entries(), index);
  const JsonEntry* type_entry = message.Find(Field::kType);
  if (type_entry == nullptr || type_entry->kind != JsonKind::kString) {
    counters_.Add(Counter::kMessagesReceived);
    ComplainOfMessage("", type_entry == nullptr ? "type is missing" : "type must be a string");
    EmitMessage(message.raw());
    return;
  }
  const std::string_view type = StringOf(message, type_entry, &type_scratch_);
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
      HandleReply(message, kind);
      break;
    case MessageClass::kUnknown:
    case MessageClass::kContainer:
      HandleUnknown(message);
      break;
  }
  EmitMessage(message.raw());
}

void MessageHandler::HandleBatch(const MessageView& message, int depth, TimeMs now) {
  if (depth == kMaxBatchDepth) {
    counters_.Add(Counter::kInvalidMessages);
    const std::string detail = "batches may be nested " + std::to_string(kMaxBatchDepth) + " deep";
    Complain(ErrorCode::kNestedTooDeep, detail, "batch", detail);
    return;
  }
  const JsonEntry* messages = message.Find(Field::kMessages);
  if (messages == nullptr || messages->kind != JsonKind::kArray) {
    counters_.Add(Counter::kMessagesReceived);
    ComplainOfMessage("batch", "messages must be an array");
    return;
  }
  message.ForEachIn(*messages, [&](const JsonEntry& element) {
    if (element.kind == JsonKind::kObject) {
      HandleMessage(message.IndexOf(element), depth + 1, now);
    } else {
      counters_.Add(Counter::kMessagesReceived);
      ComplainOfMessage("batch", "every element of messages must be an object");
    }
  });
}

void MessageHandler::HandleUpdates(const MessageView& message, TimeMs now) {
  const JsonEntry* updates = message.Find(Field::kUpdates);
  if (updates == nullptr || updates->kind != JsonKind::kArray) {
    ComplainOfMessage("batched_updates", "updates must be an array");
    return;
  }
  message.ForEachIn(*updates, [&](const JsonEntry& entry) {
    if (entry.kind != JsonKind::kObject) {
      ComplainOfMessage("batched_updates", "every element of updates must be an object");
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
    ComplainOfMessage(traits.name, "bill_id must be a number or a string");
    return;
  }
  AddDerivedTopics(traits.topic_rule, id ? id->text : std::string_view(), &destinations);
  const TopicId own_topic = destinations.count > 0 ? destinations.topics[0] : TopicTable::kNone;
  AddNamedTopic(message, &destinations);
  destinations.Add(topics_.wildcard());

  std::string_view payload = raw;
  if (BillService::Handles(traits.kind)) {
    const std::string_view fault = BillService::FindFault(message, traits.kind);
    if (!fault.empty()) {
      ComplainOfMessage(traits.name, fault);
      return;
    }
    if (own_topic != TopicTable::kNone) {
      const BillService::Outcome outcome =
          bills_.Apply(message, traits.kind, is_element, *id, own_topic, now);
      if (outcome.stored) {
        payload = outcome.record;
        NoteCellChange(own_topic);
      } else if (outcome.too_large) {
        counters_.Add(Counter::kRecordsRefused);
        const std::string detail = "bill " + std::string(id->text) + ", " +
                                   std::to_string(raw.size()) + " bytes";
        Complain(ErrorCode::kRecordTooLarge, detail, traits.name, detail);
      }
    }
  }
  if (destinations.count == 0) {
    counters_.Add(Counter::kUnroutedMessages);
    return;
  }
  Emit(traits.event, destinations, payload);
  Deliver(message, destinations, raw);
}

void MessageHandler::HandleReply(const MessageView& message, MessageKind kind) {
  Reply reply;
  reply.kind = kind;
  std::string scratch;
  reply.message_id = StringOf(message, message.Find(Field::kMessageId), &scratch);
  const JsonEntry* data = message.Find(Field::kData);
  const bool has_data = data != nullptr && data->kind == JsonKind::kObject;
  const auto find = [&](Field field) {
    const JsonEntry* inside = has_data ? message.FindIn(*data, field) : nullptr;
    return inside != nullptr ? inside : message.Find(field);
  };
  if (kind == MessageKind::kError) {
    const JsonEntry* text = find(Field::kError);
    reply.text = StringOf(message, text != nullptr ? text : find(Field::kMessage), &scratch);
    reply.original_type = StringOf(message, find(Field::kOriginalType), &scratch);
  }
  if (kind == MessageKind::kAuthConfirmation) {
    const JsonEntry* authenticated = find(Field::kAuthenticated);
    reply.authenticated = authenticated != nullptr && authenticated->kind == JsonKind::kTrue;
  }
  const JsonEntry* retry_after = find(Field::kRetryAfter);
  if (retry_after != nullptr && retry_after->kind == JsonKind::kNumber) {
    const std::string digits(RawValue(frame_, *retry_after));
    reply.retry_after_ms = std::strtod(digits.c_str(), nullptr);
  }
  replies_.push_back(std::move(reply));
}

void MessageHandler::HandleUnknown(const MessageView& message) {
  counters_.Add(Counter::kUnknownMessages);
  Destinations destinations;
  AddNamedTopic(message, &destinations);
  destinations.Add(topics_.wildcard());
  Deliver(message, destinations, message.raw());
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
    destinations->Add(topics_.Find(StringOf(message, topic, &topic_scratch_)));
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

void MessageHandler::Emit(EventKind event, const Destinations& destinations,
                          std::string_view payload) {
  if (event == EventKind::kNone || (pages_.listen_mask() & EventBit(event)) == 0) {
    return;
  }
  pages_.ForEach([&](Page& page) {
    if ((page.listen_mask() & EventBit(event)) == 0) {
      return;
    }
    for (std::size_t i = 0; i < destinations.count; ++i) {
      const std::vector<Watch>& watches = topics_.topic(destinations.topics[i]).watches;
      const bool watched = std::any_of(watches.begin(), watches.end(), [&](const Watch& watch) {
        return watch.page == page.id();
      });
      if (!watched) {
        continue;
      }
      if (page.QueueEvent(static_cast<std::uint32_t>(event),
                          topics_.topic(destinations.topics[i]).key, payload)) {
        counters_.Add(Counter::kEventsQueued);
      } else {
        NoteDropped(page);
      }
      pages_.Touch(page);
      return;
    }
  });
}

void MessageHandler::EmitMessage(std::string_view raw) {
  if ((pages_.listen_mask() & EventBit(EventKind::kMessage)) == 0) {
    return;
  }
  pages_.ForEach([&](Page& page) {
    if ((page.listen_mask() & EventBit(EventKind::kMessage)) == 0) {
      return;
    }
    if (page.QueueEvent(static_cast<std::uint32_t>(EventKind::kMessage), 0, raw)) {
      counters_.Add(Counter::kEventsQueued);
    } else {
      NoteDropped(page);
    }
    pages_.Touch(page);
  });
}

void MessageHandler::Deliver(const MessageView& message, const Destinations& destinations,
                             std::string_view raw) {
  for (std::size_t i = 0; i < destinations.count; ++i) {
    for (const Subscription* subscription : topics_.topic(destinations.topics[i]).subscriptions) {
      if (!subscription->deliver || !subscription->filter.Accepts(message)) {
        continue;
      }
      Page& page = *pages_.Find(subscription->page);
      if (page.QueueDelivery(subscription->handle, raw,
                             subscription->priority == Priority::kHigh)) {
        counters_.Add(Counter::kEventsQueued);
      } else {
        NoteDropped(page);
      }
      pages_.Touch(page);
    }
  }
}

void MessageHandler::NoteDropped(Page& page) {
  counters_.Add(Counter::kEventsDropped);
  if (!page.CountError(ErrorCode::kEventsDropped)) {
    page.QueueError(ErrorCode::kEventsDropped, DescribeProblem(ErrorCode::kEventsDropped, ""));
  }
}

void MessageHandler::ComplainOfMessage(std::string_view type, std::string_view reason) {
  counters_.Add(Counter::kInvalidMessages);
  std::string detail(type);
  detail += type.empty() ? "" : ": ";
  detail += reason;
  Complain(ErrorCode::kInvalidMessage, detail, type, reason);
}

void MessageHandler::Complain(ErrorCode code, std::string_view detail, std::string_view type,
                              std::string_view reason) {
  const std::string problem =
      DescribeProblem(code, detail, {{"messageType", type}, {"reason", reason}});
  pages_.ForEach([&](Page& page) {
    page.QueueError(code, problem);
    pages_.Touch(page);
  });
}

std::string_view MessageHandler::StringOf(const MessageView& message, const JsonEntry* entry,
                                          std::string* scratch) const {
  if (entry == nullptr || entry->kind != JsonKind::kString) {
    return {};
  }
  const std::string_view raw = RawString(message.text(), *entry);
  if (!entry->has_escapes) {
    return raw;
  }
  DecodeJsonString(raw, scratch);
  return *scratch;
}

}  // namespace civic
