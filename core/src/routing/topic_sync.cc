#include "civic/routing/topic_sync.h"

#include <array>
#include <charconv>
#include <utility>

#include "civic/wire/encoder.h"

namespace civic {

TopicSync::TopicSync(TopicTable& topics, Random& random) : topics_(topics) {
  std::array<char, 16> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), random.Next(), 36).ptr;
  id_prefix_.assign(text.data(), end);
}

void TopicSync::ConnectionUp() {
  up_ = true;
  for (TopicId topic = 0; topic < topics_.handle_bound(); ++topic) {
    if (topics_.InUse(topic)) {
      Update(topic);
    }
  }
}

void TopicSync::ConnectionDown() {
  up_ = false;
  unanswered_.clear();
  for (Wire& wire : wires_) {
    wire.subscribed = false;
    wire.message_id.clear();
  }
}

void TopicSync::Update(TopicId topic) {
  // Nobody needs a topic that lingers to be subscribed again; whoever comes back updates it.
  if (!up_ || topics_.topic(topic).subscriptions.empty() || topics_.topic(topic).is_local()) {
    return;
  }
  Wire& wire = WireOf(topic);
  const std::string& filter = topics_.FilterOnWire(topic);
  if (wire.subscribed && wire.filter == filter) {
    return;
  }
  unanswered_.erase(wire.message_id);
  wire.subscribed = true;
  wire.filter = filter;
  if (wire.subscription_id.empty()) {
    wire.subscription_id = NextId('s');
  }
  wire.message_id = NextId('m');
  unanswered_[wire.message_id] = topic;
  messages_.push_back(EncodeSubscribe(
      {topics_.topic(topic).name, wire.subscription_id, wire.message_id, wire.filter}));
}

void TopicSync::Close(TopicId topic) {
  Wire& wire = WireOf(topic);
  unanswered_.erase(wire.message_id);
  if (up_ && wire.subscribed) {
    const std::string message_id = NextId('m');
    messages_.push_back(
        EncodeUnsubscribe({topics_.topic(topic).name, wire.subscription_id, message_id, {}}));
  }
  wire = {};
}

TopicId TopicSync::TakeAnswered(std::string_view message_id) {
  const auto found = unanswered_.find(std::string(message_id));
  if (found == unanswered_.end()) {
    return TopicTable::kNone;
  }
  const TopicId topic = found->second;
  unanswered_.erase(found);
  wires_[topic].message_id.clear();
  return topic;
}

TopicSync::Wire& TopicSync::WireOf(TopicId topic) {
  if (topic >= wires_.size()) {
    wires_.resize(topic + 1);
  }
  return wires_[topic];
}

std::string TopicSync::NextId(char kind) {
  return kind + id_prefix_ + "-" + std::to_string(++id_count_);
}

bool TopicSync::FinishReading() {
  for (TopicId topic = 0; topic < wires_.size(); ++topic) {
    if (!wires_[topic].message_id.empty()) {
      unanswered_[wires_[topic].message_id] = topic;
    }
  }
  return wires_.size() <= topics_.handle_bound();
}

}  // namespace civic
