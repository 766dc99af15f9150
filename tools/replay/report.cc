#include "report.h"

#include <array>
#include <cstdio>
#include <map>

#include "civic/telemetry/counters.h"
#include "civic/wire/json_value.h"

namespace civic {
namespace {

// On one line and not too long; what is no text is shown as such.
std::string OneLine(std::string_view text, std::size_t most = 120) {
  std::string line;
  for (const char letter : text.substr(0, most)) {
    line += static_cast<unsigned char>(letter) < 0x20 || letter == '\x7f' ? '.' : letter;
  }
  return text.size() > most ? line + "… (" + std::to_string(text.size()) + " bytes)" : line;
}

std::string Seconds(DurationMs duration) {
  std::array<char, 48> text = {};
  const int size = std::snprintf(text.data(), text.size(), "%+.3f s", duration / 1000);
  return {text.data(), static_cast<std::size_t>(size)};
}

std::string Number(const JsonValue& value) {
  return value.Is(JsonKind::kString) ? value.Text() : std::string(value.raw());
}

std::string DescribeRouting(const JsonValue& routing) {
  std::string text;
  routing.Find("topics").ForEach([&](const std::string&, const JsonValue& topic) {
    std::size_t subscriptions = 0;
    topic.Find("subscriptions").ForEach([&](const std::string&, const JsonValue&) {
      ++subscriptions;
    });
    const std::string name = topic.Find("name").Text();
    if (!name.empty()) {
      text += "    " + name + ", " +
              (subscriptions == 0 ? std::string("lingering")
                                  : std::to_string(subscriptions) + " subscription" +
                                        (subscriptions == 1 ? "" : "s")) +
              "\n";
    }
  });
  return "  topics\n" + (text.empty() ? "    none\n" : text);
}

std::string DescribeStreams(const JsonValue& streams) {
  constexpr std::array<const char*, 3> kStates = {"silent", "asked for", "live"};
  std::string text;
  streams.Find("streams").ForEach([&](const std::string&, const JsonValue& entry) {
    const JsonValue stream = entry.Find("stream");
    const JsonValue position = stream.Find("position");
    const std::string name = entry.Find("name").Text();
    if (name.empty()) {
      return;
    }
    const auto state = static_cast<std::size_t>(stream.Find("state").Number());
    text += "    " + name + ", " + kStates[std::min<std::size_t>(state, kStates.size() - 1)];
    if (position.Is(JsonKind::kObject)) {
      text += ", at " + Number(position.Find("seq")) + " of " + position.Find("epoch").Text();
    }
    text += "\n";
  });
  return text.empty() ? "" : "  streams\n" + text;
}

std::string DescribeOutbox(const JsonValue& outbox) {
  std::string text;
  outbox.Find("entries").ForEach([&](const std::string&, const JsonValue& entry) {
    text += "    " + entry.Find("messageId").Text() +
            (entry.Find("isInFlight").Is(JsonKind::kTrue) ? ", under way: " : ", waits: ") +
            OneLine(entry.Find("waiting").Find("message").Text(), 80) + "\n";
  });
  return text.empty() ? "" : "  outbox\n" + text;
}

std::string DescribeCounters(const JsonValue& values) {
  std::string text;
  std::size_t index = 0;
  values.ForEach([&](const std::string&, const JsonValue& value) {
    if (index < kCounterCount && value.raw() != "0") {
      text += text.empty() ? "    " : ", ";
      text += std::string(CounterName(static_cast<Counter>(index))) + " " + Number(value);
    }
    ++index;
  });
  return "  counters\n" + (text.empty() ? "    all 0" : text) + "\n";
}

}  // namespace

std::string DescribeRecording(const Recording& recording) {
  std::string text = "A recording of civic-realtime " + recording.package + ": inputs " +
                     std::to_string(recording.first_input + 1) + " to " +
                     std::to_string(recording.inputs) + ".";
  if (!recording.is_complete()) {
    text += "\nWhat came before is gone; it begins with the engine's state, without the cells.";
  }
  if (!recording.has_payloads) {
    text += "\nWhat people wrote was left out.";
  }
  return text;
}

std::string DescribeEntry(const Recording::Entry& recorded, TimeMs begin) {
  const RecordedEntry& entry = recorded.entry;
  std::string line = "#" + std::to_string(recorded.number + 1) + "  " + Seconds(entry.now - begin) +
                     "  " + std::string(entry.traits->name);
  for (std::size_t i = 0; i < entry.traits->parameter_count; ++i) {
    const Parameter& parameter = entry.traits->parameters[i];
    line += " " + std::string(parameter.name) + "=";
    line += parameter.kind == ArgumentKind::kNumber ? std::to_string(entry.arguments[i].number)
                                                    : OneLine(entry.arguments[i].text);
  }
  return line;
}

std::string DescribeAction(const Action& action) {
  const std::string socket = std::to_string(action.socket);
  switch (action.kind) {
    case Action::Kind::kOpenSocket:
      return "opens socket " + socket + ": " + OneLine(action.url);
    case Action::Kind::kCloseSocket:
      return "closes socket " + socket + " with " + std::to_string(action.code) + " " +
             OneLine(action.text);
    case Action::Kind::kSendText:
      return "sends on socket " + socket + ": " + OneLine(action.text);
    case Action::Kind::kSendDeflated:
      return "sends deflated on socket " + socket + ": " + OneLine(action.text);
  }
  return "";
}

std::string DescribeChange(const Divergence& change) {
  return change.place + ": " + OneLine(change.recorded, 60) + " → " + OneLine(change.replayed, 60);
}

std::string DescribeDivergence(const Divergence& divergence) {
  return divergence.place + " was " + OneLine(divergence.recorded) +
         " when it was recorded, and is " + OneLine(divergence.replayed) + " here";
}

std::string DescribeState(std::string_view mark_json, std::string_view state_json) {
  const JsonValue mark = JsonValue::Parse(mark_json);
  const JsonValue state = JsonValue::Parse(state_json);
  return "  connection " + mark.Find("connection").Text() + ", quality " +
         mark.Find("quality").Text() + ", socket " + Number(mark.Find("socket")) + "\n" +
         DescribeRouting(state.Find("routing")) + DescribeStreams(state.Find("streams")) +
         DescribeOutbox(state.Find("outbox")) + DescribeCounters(mark.Find("counters"));
}

}  // namespace civic
