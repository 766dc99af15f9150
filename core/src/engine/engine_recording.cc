// What a recording is made of. engine_restoring.cc is the way back.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "civic/engine/engine.h"
#include "civic/recording/fingerprint.h"
#include "civic/recording/state_writer.h"
#include "civic/wire/json_writer.h"

namespace civic {

void Engine::PushAction(Action action) {
  ++action_count_;
  Fingerprint fingerprint(action_hash_);
  fingerprint.Add(static_cast<std::uint64_t>(action.kind));
  fingerprint.Add(action.socket);
  fingerprint.Add(static_cast<std::uint64_t>(action.code));
  // Not what it says: texts are redacted on their way into a file.
  fingerprint.Add(action.text.size());
  fingerprint.Add(action.url.size());
  action_hash_ = fingerprint.value();
  actions_.push_back(std::move(action));
}

std::string Engine::ExportRecording(const ExportOptions& options) {
  return recorder_ == nullptr ? std::string()
                              : recorder_->Export(options, PrintState(), PrintMark());
}

std::string Engine::PrintState() {
  return StateWriter::Print(*this, recorder_ == nullptr ? nullptr : &recorder_->tokens());
}

std::string Engine::PrintMark() {
  Fingerprint routing;
  for (TopicId id = 0; id < topics_.handle_bound(); ++id) {
    const Topic& topic = topics_.topic(id);
    routing.Add(topic.name);
    routing.Add(topics_.FilterOnWire(id));
    for (const Subscription* subscription : topic.subscriptions) {
      routing.Add(subscription->page);
      routing.Add(subscription->handle);
    }
  }
  Fingerprint streams;
  streams_.ForEach([&](const std::string& name, const Stream& stream) {
    streams.Add(name);
    streams.Add(static_cast<std::uint64_t>(stream.state()));
    if (stream.position()) {
      streams.Add(stream.position()->epoch);
      streams.Add(stream.position()->seq);
    }
  });

  JsonWriter json;
  json.Begin('{');
  json.Text("connection", ConnectionStateName(session_.state()));
  json.Text("quality", ConnectionQualityName(session_.quality()));
  json.Integer("socket", session_.socket());
  json.Raw("deadline", StateWriter::ExactNumber(MachineDeadline()));
  json.Raw("cellsDeadline", StateWriter::ExactNumber(messages_.NextDeadline()));
  json.Raw("topics", std::to_string(topics_.topic_count()));
  json.Raw("subscriptions", std::to_string(topics_.subscription_count()));
  json.Raw("routing", std::to_string(routing.value()));
  json.Raw("streams", std::to_string(streams.value()));
  json.Raw("outbox", std::to_string(outbox_.size()));
  json.Raw("outboxBytes", std::to_string(outbox_.bytes()));
  json.Raw("actions", std::to_string(action_count_));
  json.Raw("actionsHash", std::to_string(action_hash_));
  json.Begin("counters", '[');
  for (const double value : counters_.values()) {
    json.Raw(StateWriter::ExactNumber(value));
  }
  json.End(']');
  json.End('}');
  return json.Take();
}

}  // namespace civic
