// What a recording says of an engine. replay/engine_restoring.cc is the way back.
#include <cstdint>
#include <string>
#include <string_view>

#include "civic/engine/engine.h"
#include "civic/recording/action_tally.h"
#include "civic/recording/fingerprint.h"
#include "civic/recording/recorded_state.h"
#include "civic/recording/state_writer.h"
#include "civic/wire/json_writer.h"

namespace civic {
namespace {

constexpr std::size_t kMarkedTopicBytes = 256;

}  // namespace

std::string Engine::PrintState(ActionTally& actions, TokenList* tokens) {
  RecordedState state{*this, actions};
  return StateWriter::Print(state, tokens);
}

std::size_t Engine::MarkCostBytes() const { return topics_.handle_bound() * kMarkedTopicBytes; }

std::string Engine::PrintMark(const ActionTally& actions) {
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
  json.Raw("actions", std::to_string(actions.count()));
  json.Raw("actionsHash", std::to_string(actions.hash()));
  json.Begin("counters", '[');
  for (const double value : counters_.values()) {
    json.Raw(StateWriter::ExactNumber(value));
  }
  json.End(']');
  json.End('}');
  return json.Take();
}

}  // namespace civic
