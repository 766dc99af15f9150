#include "civic/engine/engine_config.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "civic/wire/json_value.h"

namespace civic {
namespace {

// Walks one JSON object field by field and keeps the first problem.
class Reader {
 public:
  Reader(JsonValue object, std::string prefix, ConfigProblem* problem)
      : object_(object), prefix_(std::move(prefix)), problem_(problem) {}

  void Number(std::string_view field, double least, double most, double* out) {
    JsonValue value;
    if (!Take(field, &value)) {
      return;
    }
    const double number = value.Is(JsonKind::kNumber) ? value.Number() : least - 1;
    if (number < least || number > most) {
      Complain(field, value, "a number from " + WholeText(least) + " to " + WholeText(most));
      return;
    }
    *out = number;
  }

  template <typename Integer>
  void Whole(std::string_view field, double least, double most, Integer* out) {
    double number = static_cast<double>(*out);
    ReadWhole(field, least, most, &number);
    *out = static_cast<Integer>(number);
  }

  void Boolean(std::string_view field, bool* out) {
    JsonValue value;
    if (!Take(field, &value)) {
      return;
    }
    if (!value.is_boolean()) {
      Complain(field, value, "true or false");
      return;
    }
    *out = value.Is(JsonKind::kTrue);
  }

  void Text(std::string_view field, std::string* out) {
    JsonValue value;
    if (!Take(field, &value)) {
      return;
    }
    if (!value.Is(JsonKind::kString)) {
      Complain(field, value, "a string");
      return;
    }
    *out = value.Text();
  }

  void Texts(std::string_view field, std::vector<std::string>* out) {
    JsonValue value;
    if (!Take(field, &value)) {
      return;
    }
    out->clear();
    bool is_valid = value.Is(JsonKind::kArray);
    value.ForEach([&](const std::string&, const JsonValue& one) {
      is_valid = is_valid && one.Is(JsonKind::kString);
      out->push_back(one.Text());
    });
    if (!is_valid) {
      Complain(field, value, "a list of strings");
    }
  }

  // The names are those of the values 0, 1, … of the enum.
  template <typename Enum>
  void Choice(std::string_view field, std::initializer_list<std::string_view> names, Enum* out) {
    *out = static_cast<Enum>(ReadChoice(field, names, static_cast<int>(*out)));
  }

  template <typename Read>
  void Object(std::string_view field, const Read& read) {
    JsonValue value;
    if (!Take(field, &value)) {
      return;
    }
    if (!value.Is(JsonKind::kObject)) {
      Complain(field, value, "an object");
      return;
    }
    Reader inner(value, prefix_ + std::string(field) + ".", problem_);
    read(inner);
    inner.Finish();
  }

  // Whatever nobody asked for is unknown.
  void Finish() {
    object_.ForEach([&](const std::string& field, const JsonValue& value) {
      if (std::find(taken_.begin(), taken_.end(), field) == taken_.end()) {
        Complain(field, value, "no field of this name");
      }
    });
  }

 private:
  bool Take(std::string_view field, JsonValue* value) {
    taken_.push_back(field);
    *value = object_.Find(field);
    return value->exists();
  }

  void ReadWhole(std::string_view field, double least, double most, double* out) {
    double number = *out;
    Number(field, least, most, &number);
    if (number != std::floor(number)) {
      Complain(field, object_.Find(field), "a whole number");
      return;
    }
    *out = number;
  }

  int ReadChoice(std::string_view field, std::initializer_list<std::string_view> names, int usual) {
    JsonValue value;
    if (!Take(field, &value)) {
      return usual;
    }
    const std::string text = value.Text();
    std::string allowed;
    int index = 0;
    for (const std::string_view name : names) {
      if (value.Is(JsonKind::kString) && text == name) {
        return index;
      }
      allowed += allowed.empty() ? "" : ", ";
      allowed += name;
      ++index;
    }
    Complain(field, value, "one of " + allowed);
    return usual;
  }

  void Complain(std::string_view field, const JsonValue& value, std::string allowed) {
    if (problem_->empty()) {
      *problem_ = {prefix_ + std::string(field), std::string(value.raw()), std::move(allowed)};
    }
  }

  static std::string WholeText(double value) {
    return std::to_string(static_cast<std::int64_t>(value));
  }

  JsonValue object_;
  std::string prefix_;
  ConfigProblem* problem_;
  std::vector<std::string_view> taken_;
};

constexpr double kDayMs = 86'400'000;
constexpr double kMaxBytes = 1U << 30U;
constexpr double kLeastRecordingBytes = 16U << 10U;
constexpr double kMaxRecordingBytes = 64U << 20U;

void ReadSession(Reader& reader, SessionConfig* session) {
  reader.Text("url", &session->url);
  reader.Texts("protocols", &session->protocols);
  reader.Choice("auth", {"query", "message", "subprotocol"}, &session->auth);
  reader.Boolean("tokenOnDemand", &session->token_on_demand);
  reader.Number("connectTimeoutMs", 1, kDayMs, &session->connect_timeout_ms);
  reader.Number("authTimeoutMs", 1, kDayMs, &session->auth_timeout_ms);
  reader.Number("tokenTimeoutMs", 1, kDayMs, &session->token_timeout_ms);
  reader.Object("heartbeat", [&](Reader& inner) {
    HeartbeatConfig& heartbeat = session->heartbeat;
    inner.Boolean("enabled", &heartbeat.enabled);
    inner.Number("intervalMs", 1, kDayMs, &heartbeat.interval_ms);
    inner.Number("timeoutMs", 1, kDayMs, &heartbeat.timeout_ms);
    inner.Number("idleProbeMs", 0, kDayMs, &heartbeat.idle_probe_ms);
    inner.Number("wakeTimeoutMs", 1, kDayMs, &heartbeat.wake_timeout_ms);
  });
  reader.Object("reconnect", [&](Reader& inner) {
    ReconnectConfig& reconnect = session->reconnect;
    inner.Boolean("enabled", &reconnect.enabled);
    // -1 stands for no limit, as JSON has no infinity.
    inner.Whole("maxAttempts", -1, 1e9, &reconnect.max_attempts);
    if (reconnect.max_attempts < 0) {
      reconnect.max_attempts = kUnlimitedAttempts;
    }
    inner.Number("delayMs", 0, kDayMs, &reconnect.backoff.delay_ms);
    inner.Number("maxDelayMs", 0, kDayMs, &reconnect.backoff.max_delay_ms);
    inner.Choice("backoff", {"exponential", "linear"}, &reconnect.backoff.shape);
    inner.Number("stableUptimeMs", 0, kDayMs, &reconnect.stable_uptime_ms);
  });
}

}  // namespace

ConfigProblem ReadEngineConfig(std::string_view text, EngineConfig* config) {
  ConfigProblem problem;
  const JsonValue json = JsonValue::Parse(text);
  if (!json.Is(JsonKind::kObject)) {
    return {"configuration", std::string(text.substr(0, 80)), "a JSON object"};
  }
  Reader reader(json, "", &problem);
  ReadSession(reader, &config->session);
  reader.Number("lingerMs", 0, kDayMs, &config->linger_ms);
  reader.Whole("maxMessageBytes", 1, kMaxBytes, &config->max_message_bytes);
  reader.Whole("maxFrameBytes", 1, kMaxBytes, &config->max_frame_bytes);
  reader.Whole("outboxMessages", 1, 1e6, &config->outbox_messages);
  reader.Whole("outboxBytes", 0, kMaxBytes, &config->outbox_bytes);
  reader.Whole("eventQueueBytes", 1, kMaxBytes, &config->event_queue_bytes);
  reader.Whole("cacheMaxBytes", 1, kMaxBytes, &config->store.cache_bytes);
  reader.Whole("cellMaxBytes", 1, kMaxBytes, &config->store.cell_bytes);
  reader.Whole("billUpdateLimit", 1, 100'000, &config->store.bill_updates);
  reader.Whole("commentLimit", 1, 100'000, &config->store.comments);
  reader.Whole("voteLimit", 1, 100'000, &config->store.votes);
  reader.Whole("activityLimit", 1, 100'000, &config->store.activity);
  reader.Whole("notificationLimit", 1, 100'000, &config->notifications.count);
  reader.Number("typingTimeoutMs", 1, kDayMs, &config->community.typing_timeout_ms);
  reader.Boolean("deflate", &config->deflates);
  reader.Boolean("presence", &config->community.has_presence);
  reader.Object("batching", [&](Reader& inner) {
    inner.Boolean("enabled", &config->batching.is_enabled);
    inner.Whole("size", 1, 10'000, &config->batching.size);
    inner.Number("intervalMs", 0, kDayMs, &config->batching.interval_ms);
  });
  reader.Object("recording", [&](Reader& inner) {
    inner.Boolean("enabled", &config->recording.is_enabled);
    inner.Whole("maxBytes", kLeastRecordingBytes, kMaxRecordingBytes, &config->recording.max_bytes);
  });
  reader.Finish();
  config->json = text;
  if (problem.empty()) {
    const std::string_view setting = FindInvalidSetting(config->session);
    if (!setting.empty()) {
      problem = {std::string(setting), "", "a usable value"};
    }
  }
  return problem;
}

}  // namespace civic
