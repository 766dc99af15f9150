// What dialect v2 adds to the way of a frame: events are taken in the order of their stream.
#include <optional>
#include <string>
#include <utility>

#include "civic/engine/message_handler.h"
#include "civic/wire/json_writer.h"
#include "civic/wire/stream_message.h"

namespace civic {

bool MessageHandler::IsNext(const MessageView& message, std::string_view type, bool* is_foreign,
                            TimeMs now) {
  const std::optional<EventPosition> position = ReadEventPosition(message);
  if (!position) {
    announcer_.ComplainOfMessage(
        type, "seq must be a whole number over 0, previous a smaller one, epoch a text");
    return false;
  }
  const std::string_view topic = message.TextOf(message.Find(Field::kTopic), &topic_scratch_);
  const StreamSync::Event event = streams_.Judge(topic, *position, now);
  if (event.closed) {
    TellHole(event.stream, *event.closed);
  }
  *is_foreign = event.verdict == StreamVerdict::kForeign;
  switch (event.verdict) {
    case StreamVerdict::kTake:
    case StreamVerdict::kForeign:
      return true;
    case StreamVerdict::kDuplicate:
      counters_.Add(Counter::kDuplicatesDropped);
      for (const TopicId id : streams_.TopicsOf(event.stream)) {
        ++topics_.topic(id).traffic.duplicates;
      }
      return false;
    case StreamVerdict::kAwaited:
    case StreamVerdict::kHole:
      counters_.Add(Counter::kEventsAwaited);
      return false;
  }
  return false;
}

void MessageHandler::HandleStream(const MessageView& message, MessageKind kind, TimeMs now) {
  if (dialect_ == Dialect::kV1) {
    counters_.Add(Counter::kUnknownMessages);
    DeliverOnly(message, false, now);
  } else if (kind == MessageKind::kSubscribed) {
    HandleSubscribed(message, now);
  } else {
    HandleGap(message, now);
  }
}

void MessageHandler::HandleSubscribed(const MessageView& message, TimeMs /*now*/) {
  const auto answers = ReadSubscribed(message);
  if (!answers) {
    announcer_.ComplainOfMessage(
        "subscribed", "topics must be an array of {topic, epoch, seq, start} or {topic, error}");
    return;
  }
  std::string scratch;
  const std::string message_id(message.TextOf(message.Find(Field::kMessageId), &scratch));
  for (const SubscribedStream& answer : *answers) {
    const auto answered = streams_.Answer(message_id, answer);
    if (!answered) {
      continue;
    }
    if (!answer.error.empty()) {
      const std::string detail = answer.topic + ": " + answer.error;
      announcer_.Complain(ErrorCode::kSubscriptionRefused, detail, "subscribe", answer.error);
      continue;
    }
    if (answered->is_resumed) {
      counters_.Add(Counter::kStreamsResumed);
    }
    TellGuarantee(answered->stream);
    if (answered->closed) {
      TellHole(answered->stream, *answered->closed);
    }
  }
}

void MessageHandler::HandleGap(const MessageView& message, TimeMs now) {
  const std::optional<StreamGap> gap = ReadGap(message);
  if (!gap) {
    announcer_.ComplainOfMessage("gap", "topic, epoch, from and to must say what is lost");
    return;
  }
  const StreamSync::Event event = streams_.GiveUp(*gap, now);
  if (event.closed) {
    TellHole(event.stream, *event.closed);
  }
}

void MessageHandler::ComparePositions(const MessageView& message, TimeMs now) {
  if (message.Find(Field::kPositions) == nullptr) {
    return;
  }
  for (const StreamPosition& position : ReadPositions(message)) {
    const StreamSync::Event event = streams_.Compare(position, now);
    if (event.closed) {
      TellHole(event.stream, *event.closed);
    }
  }
}

void MessageHandler::TellHole(std::uint32_t stream, const ClosedHole& hole) {
  counters_.Add(Counter::kGaps);
  counters_.Add(Counter::kGapsRecovered, hole.is_recovered ? 1 : 0);
  for (const TopicId topic : streams_.TopicsOf(stream)) {
    TopicTraffic& traffic = topics_.topic(topic).traffic;
    ++traffic.gaps;
    traffic.recovered += hole.is_recovered ? 1 : 0;
  }
  JsonWriter json;
  json.Begin('{');
  json.Text("topic", streams_.NameOf(stream));
  json.Text("epoch", hole.epoch);
  json.Integer("from", static_cast<std::int64_t>(hole.from));
  if (hole.to) {
    json.Integer("to", static_cast<std::int64_t>(*hole.to));
  } else {
    json.Raw("to", "null");
  }
  json.Boolean("recovered", hole.is_recovered);
  json.End('}');
  announcer_.Emit(EventKind::kGap, streams_.TopicsOf(stream), json.Take());
}

void MessageHandler::ForgetPositions() {
  const std::vector<std::uint32_t> ordered = streams_.Ordered();
  streams_.ForgetPositions();
  for (const std::uint32_t stream : ordered) {
    TellGuarantee(stream);
  }
}

void MessageHandler::TellGuarantee(std::uint32_t stream) {
  for (const TopicId topic : streams_.TopicsOf(stream)) {
    const bool is_ordered = streams_.IsOrdered(topic);
    for (const Watch& watch : topics_.topic(topic).watches) {
      Page* page = pages_.Find(watch.page);
      page->QueueGuarantee(topics_.topic(topic).key, is_ordered);
      pages_.Touch(*page);
    }
  }
}

}  // namespace civic
