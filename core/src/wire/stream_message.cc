#include "civic/wire/stream_message.h"

#include <algorithm>
#include <utility>

#include "civic/wire/json.h"

namespace civic {
namespace {

constexpr double kLargest = 9007199254740992.0;  // 2^53

std::optional<std::string> TextIn(const Json& object, const char* field) {
  const auto found = object.find(field);
  const auto* text = found == object.end() ? nullptr : found->get_ptr<const std::string*>();
  return text == nullptr || text->empty() ? std::nullopt : std::optional(*text);
}

std::optional<std::uint64_t> NumberIn(const Json& object, const char* field) {
  const auto found = object.find(field);
  if (found == object.end() || !found->is_number()) {
    return std::nullopt;
  }
  const double number = found->get<double>();
  if (!(number >= 0 && number <= kLargest)) {
    return std::nullopt;
  }
  const auto whole = static_cast<std::uint64_t>(number);
  return static_cast<double>(whole) == number ? std::optional(whole) : std::nullopt;
}

std::optional<Position> PositionIn(const Json& object) {
  std::optional<std::string> epoch = TextIn(object, "epoch");
  const std::optional<std::uint64_t> seq = NumberIn(object, "seq");
  if (!epoch || epoch->size() > kMaxEpochBytes || !seq) {
    return std::nullopt;
  }
  return Position{*std::move(epoch), *seq};
}

// An array member; an empty one when there is none.
Json ListIn(const MessageView& message, Field field) {
  const JsonEntry* entry = message.Find(field);
  if (entry == nullptr || entry->kind != JsonKind::kArray) {
    return Json::array();
  }
  return ParseJson(RawValue(message.text(), *entry));
}

std::optional<SubscribedStream> ReadStream(const Json& object) {
  if (!object.is_object()) {
    return std::nullopt;
  }
  std::optional<std::string> topic = TextIn(object, "topic");
  if (!topic) {
    return std::nullopt;
  }
  SubscribedStream stream{*std::move(topic), std::nullopt, 0, {}};
  if (object.contains("error")) {
    stream.error = TextIn(object, "error").value_or("no reason given");
    return stream;
  }
  if (!object.contains("epoch") && !object.contains("seq")) {
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
  const JsonEntry* topics = message.Find(Field::kTopics);
  if (topics == nullptr || topics->kind != JsonKind::kArray) {
    return std::nullopt;
  }
  std::vector<SubscribedStream> streams;
  for (const Json& one : ListIn(message, Field::kTopics)) {
    std::optional<SubscribedStream> stream = ReadStream(one);
    if (!stream) {
      return std::nullopt;
    }
    streams.push_back(*std::move(stream));
  }
  return streams;
}

std::vector<StreamPosition> ReadPositions(const MessageView& message) {
  std::vector<StreamPosition> positions;
  for (const Json& one : ListIn(message, Field::kPositions)) {
    if (!one.is_object()) {
      continue;
    }
    std::optional<std::string> topic = TextIn(one, "topic");
    std::optional<Position> newest = PositionIn(one);
    if (topic && newest) {
      positions.push_back({*std::move(topic), *std::move(newest)});
    }
  }
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
  for (const Json& one : ListIn(message, Field::kMessageIds)) {
    const auto* id = one.get_ptr<const std::string*>();
    if (id != nullptr) {
      ids.push_back(*id);
    }
  }
  std::string scratch;
  const std::string_view single = message.TextOf(message.Find(Field::kMessageId), &scratch);
  if (!single.empty()) {
    ids.emplace_back(single);
  }
  return ids;
}

}  // namespace civic
