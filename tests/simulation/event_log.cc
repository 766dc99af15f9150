#include "event_log.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace civic::simulation {
namespace {

// A message without its braces; `data.n` is what the oracle recognizes the event by.
std::string MembersOf(const StreamShape& stream, const Published& event, int bytes) {
  const std::string number = std::to_string(event.number);
  const std::string id = std::to_string(stream.id);
  const std::string expert = std::to_string(event.traits.expert);
  const std::string data = R"({"n":)" + number + R"(,"kind":")" + event.traits.kind +
                           R"(","text":")" + std::string(static_cast<std::size_t>(bytes), 'x') +
                           R"("})";
  const std::string timestamp =
      R"(,"timestamp":)" + std::to_string(static_cast<std::int64_t>(event.at));
  switch (stream.form) {
    case StreamForm::kBill:
      return R"("type":"bill_update","bill_id":)" + id +
             R"(,"update":{"type":"amendment","data":)" + data + "}" + timestamp;
    case StreamForm::kDiscussion:
      return R"("type":"comment_update","bill_id":)" + id + R"(,"comment_id":"c)" + number +
             R"(","action":"created","data":)" + data + timestamp;
    case StreamForm::kExperts:
      return R"("type":"expert_activity","expert_id":)" + expert + R"(,"data":)" + data + timestamp;
    case StreamForm::kModeration:
      return R"("type":"moderation_event","target_id":"t)" + number + R"(","data":)" + data +
             timestamp;
    case StreamForm::kNotifications:
      return R"("type":"notification","id":"n)" + number + R"(","title":"News","data":)" + data +
             timestamp;
    case StreamForm::kUnknown:
      return R"("type":"forecast","data":)" + data + timestamp;
  }
  return {};
}

}  // namespace

std::string EpochText(int epoch) { return "epoch-" + std::to_string(epoch); }

int ReadEpoch(std::string_view text) {
  constexpr std::string_view kPrefix = "epoch-";
  int epoch = 0;
  if (text.starts_with(kPrefix)) {
    text.remove_prefix(kPrefix.size());
    std::from_chars(text.data(), text.data() + text.size(), epoch);
  }
  return epoch;
}

const Published& EventLog::Append(int stream_index, const Traits& traits, int seq_step, int bytes,
                                  TimeMs now) {
  Stream& stream = streams_[static_cast<std::size_t>(stream_index)];
  stream.seq += seq_step;
  Published& event = stream.events.emplace_back();
  event.number = static_cast<std::int64_t>(stream.events.size());
  event.position = {stream.epoch, stream.seq};
  event.traits = traits;
  event.at = now;
  event.members =
      MembersOf(catalog_.streams()[static_cast<std::size_t>(stream_index)], event, bytes);
  return event;
}

void EventLog::BeginEpoch() {
  for (Stream& stream : streams_) {
    ++stream.epoch;
    stream.seq = 0;
    stream.begin_seq = 0;
    stream.first_number = static_cast<std::int64_t>(stream.events.size()) + 1;
  }
}

void EventLog::Trim(int stream_index, int count) {
  Stream& stream = streams_[static_cast<std::size_t>(stream_index)];
  const std::int64_t first = static_cast<std::int64_t>(stream.events.size()) - count + 1;
  if (first > stream.first_number) {
    stream.first_number = first;
    stream.begin_seq = event(stream_index, first - 1).position.seq;
  }
}

Position EventLog::Newest(int stream_index) const {
  const Stream& stream = streams_[static_cast<std::size_t>(stream_index)];
  return {stream.epoch, stream.seq};
}

Position EventLog::HistoryBegin(int stream_index) const {
  const Stream& stream = streams_[static_cast<std::size_t>(stream_index)];
  return {stream.epoch, stream.begin_seq};
}

std::int64_t EventLog::NumberAt(int stream_index, const Position& position) const {
  const std::vector<Published>& events = streams_[static_cast<std::size_t>(stream_index)].events;
  const auto after = std::upper_bound(
      events.begin(), events.end(), position,
      [](const Position& left, const Published& right) { return left < right.position; });
  return after - events.begin();
}

}  // namespace civic::simulation
