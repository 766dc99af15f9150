#include "civic/engine/engine_config.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "civic/wire/json.h"

namespace civic {
namespace {
// Walks one JSON object field by field and keeps the first problem.
class Reader {
 public:
  Reader(const Json& object, std::string prefix, ConfigProblem* problem)
      : object_(object), prefix_(std::move(prefix)), problem_(problem) {}

  void Number(const char* field, double least, double most, double* out) {
    const Json* value = Take(field);
    if (value == nullptr) {
      return;
    }
    const double number = value->is_number() ? value->get<double>() : least - 1;
    if (number < least || number > most) {
      Complain(field, *value,
               "a number from " + PrintJson(Json(least)) + " to " + PrintJson(Json(most)));
      return;
    }
    *out = number;
  }

  template <typename Integer>
  void Whole(const char* field, double least, double most, Integer* out) {
    double number = static_cast<double>(*out);
    Number(field, least, most, &number);
    if (number != std::floor(number)) {
      Complain(field, Json(number), "a whole number");
      return;
    }
    *out = static_cast<Integer>(number);
  }

  void Boolean(const char* field, bool* out) {
    const Json* value = Take(field);
    if (value == nullptr) {
      return;
    }
    if (!value->is_boolean()) {
      Complain(field, *value, "true or false");
      return;
    }
    *out = value->get<bool>();
  }

  void Text(const char* field, std::string* out) {
    const Json* value = Take(field);
    if (value == nullptr) {
      return;
    }
    const auto* text = value->get_ptr<const std::string*>();
    if (text == nullptr) {
      Complain(field, *value, "a string");
      return;
    }
    *out = *text;
  }

  void Texts(const char* field, std::vector<std::string>* out) {
    const Json* value = Take(field);
    if (value == nullptr) {
      return;
    }
    out->clear();
    if (value->is_array()) {
      for (const Json& one : *value) {
        const auto* text = one.get_ptr<const std::string*>();
        if (text != nullptr) {
          out->push_back(*text);
        }
      }
    }
    if (!value->is_array() || out->size() != value->size()) {
      Complain(field, *value, "a list of strings");
    }
  }

  template <typename Enum, std::size_t kSize>
  void Choice(const char* field, const std::pair<const char*, Enum> (&choices)[kSize], Enum* out) {
    const Json* value = Take(field);
    if (value == nullptr) {
      return;
    }
    const auto* text = value->get_ptr<const std::string*>();
    std::string allowed;
    for (const auto& [name, meaning] : choices) {
      if (text != nullptr && *text == name) {
        *out = meaning;
        return;
      }
      allowed += std::string(allowed.empty() ? "" : ", ") + name;
    }
    Complain(field, *value, "one of " + allowed);
  }

  template <typename Read>
  void Object(const char* field, const Read& read) {
    const Json* value = Take(field);
    if (value == nullptr) {
      return;
    }
    if (!value->is_object()) {
      Complain(field, *value, "an object");
      return;
    }
    Reader inner(*value, prefix_ + field + ".", problem_);
    read(inner);
    inner.Finish();
  }

  // Whatever nobody asked for is unknown.
  void Finish() {
    for (const auto& [field, value] : object_.items()) {
      if (std::find(taken_.begin(), taken_.end(), field) == taken_.end()) {
        Complain(field.c_str(), value, "no field of this name");
      }
    }
  }

 private:
  const Json* Take(const char* field) {
    taken_.emplace_back(field);
    const auto found = object_.find(field);
    return found == object_.end() ? nullptr : &*found;
  }

  void Complain(const char* field, const Json& value, std::string allowed) {
    if (problem_->empty()) {
      *problem_ = {prefix_ + field, PrintJson(value), std::move(allowed)};
    }
  }

  const Json& object_;
  std::string prefix_;
  ConfigProblem* problem_;
  std::vector<std::string> taken_;
};

constexpr double kDayMs = 86'400'000;
constexpr double kMaxBytes = 1U << 30U;

void ReadSession(Reader& reader, SessionConfig* session) {
  reader.Text("url", &session->url);
  reader.Texts("protocols", &session->protocols);
  reader.Choice("auth",
                {std::pair{"query", AuthMode::kQuery}, std::pair{"message", AuthMode::kMessage},
                 std::pair{"subprotocol", AuthMode::kSubprotocol}},
                &session->auth);
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
    inner.Choice("backoff",
                 {std::pair{"exponential", BackoffShape::kExponential},
                  std::pair{"linear", BackoffShape::kLinear}},
                 &reconnect.backoff.shape);
    inner.Number("stableUptimeMs", 0, kDayMs, &reconnect.stable_uptime_ms);
  });
}

}  // namespace

ConfigProblem ReadEngineConfig(std::string_view text, EngineConfig* config) {
  ConfigProblem problem;
  const Json json = ParseJson(text);
  if (!json.is_object()) {
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
  reader.Finish();
  if (problem.empty()) {
    const std::string_view setting = FindInvalidSetting(config->session);
    if (!setting.empty()) {
      problem = {std::string(setting), "", "a usable value"};
    }
  }
  return problem;
}

}  // namespace civic
