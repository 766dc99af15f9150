#include "civic/wire/stream_message.h"

#include <utility>

#include "civic/wire/json_value.h"

namespace civic {
namespace {

// A text that is not empty.
std::optional<std::string> TextIn(const JsonValue& object, std::string_view field) {
  std::string text = object.Find(field).Text();
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::optional<std::uint64_t> NumberIn(const JsonValue& object, std::string_view field) {
  constexpr double kLargest = 9007199254740992.0;  // 2^53
  const JsonValue value = object.Find(field);
  const double number = value.Is(JsonKind::kNumber) ? value.Number() : -1;
  if (!(number >= 0 && number <= kLargest)) {
    return std::nullopt;
  }
  const auto whole = static_cast<std::uint64_t>(number);
  return static_cast<double>(whole) == number ? std::optional(whole) : std::nullopt;
}

std::optional<Position> PositionIn(const JsonValue& object) {
  std::optional<std::string> epoch = TextIn(object, "epoch");
  const std::optional<std::uint64_t> seq = NumberIn(object, "seq");
  if (!epoch || epoch->size() > kMaxEpochBytes || !seq) {
    return std::nullopt;
  }
  return Position{*std::move(epoch), *seq};
}

// No value when there is no such member.
JsonValue ListIn(const MessageView& message, Field field) {
  const JsonEntry* entry = message.Find(field);
  if (entry == nullptr || entry->kind != JsonKind::kArray) {
    return {};
  }
  return JsonValue::Parse(RawValue(message.text(), *entry));
}

std::optional<SubscribedStream> ReadStream(const JsonValue& object) {
  std::optional<std::string> topic = TextIn(object, "topic");
  if (!topic) {
    return std::nullopt;
  }
  SubscribedStream stream{*std::move(topic), std::nullopt, 0, {}};
  if (object.Find("error").exists()) {
    stream.error = TextIn(object, "error").value_or("no reason given");
    return stream;
  }
  if (!object.Find("epoch").exists() && !object.Find("seq").exists()) {
    return stream;
  }
  stream.newest = PositionIn(object);
  const std::optional<std::uint64_t> start = NumberIn(object, "start");
  if (!stream.newest || !start || *start > stream.newest->seq) {
    return std::nullopt;
  }
  stream.start = *start;
  return stream;
}

}  // namespace

std::optional<std::vector<SubscribedStream>> ReadSubscribed(const MessageView& message) {
  const JsonValue topics = ListIn(message, Field::kTopics);
  if (!topics.exists()) {
    return std::nullopt;
  }
  std::vector<SubscribedStream> streams;
  bool is_good = true;
  topics.ForEach([&](std::string_view, const JsonValue& one) {
    std::optional<SubscribedStream> stream = ReadStream(one);
    is_good = is_good && stream;
    if (is_good) {
      streams.push_back(*std::move(stream));
    }
  });
  return is_good ? std::optional(std::move(streams)) : std::nullopt;
}

std::vector<StreamPosition> ReadPositions(const MessageView& message) {
  std::vector<StreamPosition> positions;
  ListIn(message, Field::kPositions).ForEach([&](std::string_view, const JsonValue& one) {
    std::optional<std::string> topic = TextIn(one, "topic");
    std::optional<Position> newest = PositionIn(one);
    if (topic && newest) {
      positions.push_back({*std::move(topic), *std::move(newest)});
    }
  });
  return positions;
}

std::optional<StreamGap> ReadGap(const MessageView& message) {
  std::string scratch;
  StreamGap gap;
  gap.topic = message.TextOf(message.Find(Field::kTopic), &scratch);
  gap.epoch = message.TextOf(message.Find(Field::kEpoch), &scratch);
  const auto from = ReadSequenceNumber(message.text(), message.Find(Field::kFrom));
  const auto to = ReadSequenceNumber(message.text(), message.Find(Field::kTo));
  if (gap.topic.empty() || gap.epoch.empty() || !from || !to || *from == 0 || *from > *to) {
    return std::nullopt;
  }
  gap.from = *from;
  gap.to = *to;
  return gap;
}

std::vector<std::string> ReadAcknowledged(const MessageView& message) {
  std::vector<std::string> ids;
  ListIn(message, Field::kMessageIds).ForEach([&](std::string_view, const JsonValue& one) {
    if (one.Is(JsonKind::kString)) {
      ids.push_back(one.Text());
    }
  });
  std::string scratch;
  const std::string_view single = message.TextOf(message.Find(Field::kMessageId), &scratch);
  if (!single.empty()) {
    ids.emplace_back(single);
  }
  return ids;
}

}  // namespace civic
