#include "civic/routing/stream_sync.h"

#include <algorithm>
#include <utility>

#include "civic/wire/stream_encoder.h"

namespace civic {
namespace {

constexpr std::uint32_t kNone = TopicIndex::kNone;
constexpr std::string_view kCommunityPrefix = "community:";
constexpr std::string_view kExpertPrefix = "expert:";
constexpr std::size_t kMostTopicsInAFrame = 5'000;

}  // namespace

std::string StreamOf(std::string_view topic) {
  if (topic.starts_with(kCommunityPrefix)) {
    return "discussion:" + std::string(topic.substr(kCommunityPrefix.size()));
  }
  return topic.starts_with(kExpertPrefix) ? "expert:updates" : std::string(topic);
}

void StreamSync::ConnectionUp(TimeMs now) {
  up_ = true;
  for (TopicId topic = 0; topic < topics_.handle_bound(); ++topic) {
    if (topics_.InUse(topic)) {
      Update(topic, now);
    }
  }
}

void StreamSync::ConnectionDown() {
  up_ = false;
  asking_.clear();
  leaving_.clear();
  answer_due_ = kNever;
  resync_due_ = kNever;
  for (Entry& entry : streams_) {
    entry.is_asking = false;
    entry.is_on_wire = false;
    entry.stream.ConnectionDown();
  }
}

void StreamSync::ForgetPositions() {
  for (Entry& entry : streams_) {
    entry.stream.ForgetPosition();
  }
}

void StreamSync::Update(TopicId topic, TimeMs now) {
  if (topics_.topic(topic).subscriptions.empty() || topics_.topic(topic).is_local()) {
    return;
  }
  const std::uint32_t stream = Obtain(topic);
  Entry& entry = streams_[stream];
  if (up_ && (entry.stream.state() == Stream::State::kSilent || FilterOf(entry) != entry.filter)) {
    Ask(stream, now);
  }
}

void StreamSync::Close(TopicId topic, TimeMs now) {
  const std::uint32_t stream = topic < of_topic_.size() ? of_topic_[topic] : kNone;
  if (stream == kNone) {
    return;
  }
  of_topic_[topic] = kNone;
  Entry& entry = streams_[stream];
  std::erase(entry.topics, topic);
  if (!entry.topics.empty()) {
    if (up_ && FilterOf(entry) != entry.filter) {
      Ask(stream, now);
    }
    return;
  }
  if (entry.is_on_wire) {
    leaving_.push_back(entry.name);
  }
  std::erase(asking_, stream);
  index_.Erase(entry.hash, stream);
  entry = {};
  free_.push_back(stream);
}

StreamSync::Event StreamSync::Judge(std::string_view topic, const EventPosition& position,
                                    TimeMs now) {
  Event event;
  event.stream = Find(topic);
  if (event.stream == kNone) {
    event.verdict = StreamVerdict::kForeign;
    return event;
  }
  event.verdict = streams_[event.stream].stream.Judge(position, &event.closed);
  return AskAfter(std::move(event), now);
}

StreamSync::Event StreamSync::GiveUp(const StreamGap& gap, TimeMs now) {
  Event event;
  event.stream = Find(gap.topic);
  if (event.stream == kNone) {
    event.verdict = StreamVerdict::kForeign;
    return event;
  }
  event.verdict = streams_[event.stream].stream.GiveUp(gap, &event.closed);
  return AskAfter(std::move(event), now);
}

StreamSync::Event StreamSync::Compare(const StreamPosition& position, TimeMs now) {
  Event event;
  event.stream = Find(position.topic);
  if (event.stream == kNone) {
    event.verdict = StreamVerdict::kForeign;
    return event;
  }
  event.verdict = streams_[event.stream].stream.Compare(position.newest, &event.closed);
  return AskAfter(std::move(event), now);
}

StreamSync::Event StreamSync::AskAfter(Event event, TimeMs now) {
  if (event.verdict == StreamVerdict::kHole) {
    Ask(event.stream, now);
  }
  return event;
}

std::optional<StreamSync::Answered> StreamSync::Answer(std::string_view message_id,
                                                       const SubscribedStream& answer) {
  const std::uint32_t index = Find(answer.topic);
  if (index == kNone || streams_[index].stream.message_id() != message_id) {
    return std::nullopt;
  }
  Entry& entry = streams_[index];
  // Asked again meanwhile: the answer to that is still to come.
  if (entry.is_asking || message_id.empty()) {
    return std::nullopt;
  }
  Answered answered;
  answered.stream = index;
  if (!answer.error.empty()) {
    entry.stream.Refuse();
    return answered;
  }
  const bool had_position = entry.stream.position().has_value();
  answered.closed = entry.stream.Answer(answer);
  answered.is_resumed = had_position && !answered.closed;
  return answered;
}

std::vector<TopicId> StreamSync::Refuse(std::string_view message_id) {
  std::vector<TopicId> refused;
  for (Entry& entry : streams_) {
    if (!message_id.empty() && entry.stream.message_id() == message_id) {
      entry.stream.Refuse();
      refused.insert(refused.end(), entry.topics.begin(), entry.topics.end());
    }
  }
  return refused;
}

void StreamSync::RequestResync(TimeMs now) {
  if (up_) {
    resync_due_ = std::min(resync_due_, std::max(now, last_resync_ + kResyncSpacingMs));
  }
}

bool StreamSync::Advance(TimeMs now) {
  const bool is_resync = now >= resync_due_;
  if (is_resync) {
    resync_due_ = kNever;
    last_resync_ = now;
  }
  if (!is_resync && now < answer_due_) {
    return false;
  }
  answer_due_ = kNever;
  for (std::uint32_t stream = 0; stream < streams_.size(); ++stream) {
    const Entry& entry = streams_[stream];
    if (!entry.is_on_wire) {
      continue;
    }
    const bool waits = entry.stream.state() == Stream::State::kAsked;
    if (is_resync || (waits && now >= entry.stream.asked_at() + kAnswerTimeoutMs)) {
      Ask(stream, now);
    } else if (waits) {
      answer_due_ = std::min(answer_due_, entry.stream.asked_at() + kAnswerTimeoutMs);
    }
  }
  return is_resync;
}

TimeMs StreamSync::NextDeadline() const { return std::min(answer_due_, resync_due_); }

bool StreamSync::IsOrdered(TopicId topic) const {
  const std::uint32_t stream = topic < of_topic_.size() ? of_topic_[topic] : kNone;
  return stream != kNone && streams_[stream].stream.position().has_value();
}

std::vector<std::uint32_t> StreamSync::Ordered() const {
  std::vector<std::uint32_t> ordered;
  for (std::uint32_t stream = 0; stream < streams_.size(); ++stream) {
    if (streams_[stream].stream.position()) {
      ordered.push_back(stream);
    }
  }
  return ordered;
}

std::vector<std::string> StreamSync::TakeMessages(TimeMs now) {
  std::vector<std::string> messages;
  if (!leaving_.empty()) {
    messages.push_back(EncodeUnsubscribeStreams(leaving_, NextId()));
    leaving_.clear();
  }
  for (std::size_t begin = 0; begin < asking_.size(); begin += kMostTopicsInAFrame) {
    const std::string message_id = NextId();
    std::vector<StreamRequest> requests;
    const std::size_t end = std::min(asking_.size(), begin + kMostTopicsInAFrame);
    for (std::size_t i = begin; i < end; ++i) {
      Entry& entry = streams_[asking_[i]];
      entry.is_asking = false;
      entry.is_on_wire = true;
      entry.filter = FilterOf(entry);
      entry.stream.Ask(message_id, now);
      const std::optional<Position>& position = entry.stream.position();
      requests.push_back({entry.name, position ? &*position : nullptr, entry.filter});
    }
    messages.push_back(EncodeSubscribeStreams(requests, message_id));
    answer_due_ = std::min(answer_due_, now + kAnswerTimeoutMs);
  }
  asking_.clear();
  return messages;
}

std::uint32_t StreamSync::Find(std::string_view name) const {
  return index_.Find(TopicIndex::Hash(name),
                     [&](std::uint32_t stream) { return streams_[stream].name == name; });
}

std::uint32_t StreamSync::Obtain(TopicId topic) {
  if (topic >= of_topic_.size()) {
    of_topic_.resize(topic + 1, kNone);
  }
  if (of_topic_[topic] != kNone) {
    return of_topic_[topic];
  }
  const std::string name = StreamOf(topics_.topic(topic).name);
  std::uint32_t stream = Find(name);
  if (stream == kNone) {
    if (free_.empty()) {
      stream = static_cast<std::uint32_t>(streams_.size());
      streams_.emplace_back();
    } else {
      stream = free_.back();
      free_.pop_back();
    }
    streams_[stream].name = name;
    streams_[stream].hash = TopicIndex::Hash(name);
    index_.Insert(streams_[stream].hash, stream);
  }
  streams_[stream].topics.push_back(topic);
  of_topic_[topic] = stream;
  return stream;
}

void StreamSync::Ask(std::uint32_t stream, TimeMs now) {
  Entry& entry = streams_[stream];
  entry.stream.Ask({}, now);
  if (!entry.is_asking) {
    entry.is_asking = true;
    asking_.push_back(stream);
  }
}

// What the server may leave out for everybody who shares the stream.
std::string StreamSync::FilterOf(const Entry& entry) const {
  std::optional<std::string> common;
  for (const TopicId topic : entry.topics) {
    if (topics_.topic(topic).subscriptions.empty()) {
      continue;
    }
    const std::string& filter = topics_.FilterOnWire(topic);
    if (common && *common != filter) {
      return {};
    }
    common = filter;
  }
  return common.value_or(std::string());
}

std::string StreamSync::NextId() { return "t" + id_prefix_ + "-" + std::to_string(++id_count_); }

// Puts together what follows from what was read. False when that cannot be.
bool StreamSync::FinishReading() {
  of_topic_.assign(topics_.handle_bound(), kNone);
  std::size_t unused = 0;
  for (std::uint32_t stream = 0; stream < streams_.size(); ++stream) {
    Entry& entry = streams_[stream];
    if (entry.name.empty() != entry.topics.empty()) {
      return false;
    }
    if (entry.name.empty()) {
      ++unused;
      continue;
    }
    if (Find(entry.name) != kNone) {
      return false;
    }
    for (const TopicId topic : entry.topics) {
      if (!topics_.InUse(topic) || of_topic_[topic] != kNone) {
        return false;
      }
      of_topic_[topic] = stream;
    }
    entry.hash = TopicIndex::Hash(entry.name);
    index_.Insert(entry.hash, stream);
  }
  std::vector<std::uint32_t> free = free_;
  std::sort(free.begin(), free.end());
  const auto is_used = [&](std::uint32_t stream) {
    return stream < streams_.size() && !streams_[stream].name.empty();
  };
  const auto is_free = [&](std::uint32_t stream) {
    return stream < streams_.size() && streams_[stream].name.empty();
  };
  return std::adjacent_find(free.begin(), free.end()) == free.end() && free.size() == unused &&
         std::all_of(free.begin(), free.end(), is_free) &&
         std::all_of(asking_.begin(), asking_.end(), is_used);
}

}  // namespace civic
