#include "civic/session/session_config.h"

#include <cmath>

namespace civic {
namespace {

bool IsDuration(DurationMs value) { return std::isfinite(value) && value >= 0; }
bool IsPositive(DurationMs value) { return IsDuration(value) && value > 0; }

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

}  // namespace

std::string_view FindInvalidSetting(const SessionConfig& config) {
  if (!StartsWith(config.url, "ws://") && !StartsWith(config.url, "wss://")) return "url";
  if (!IsPositive(config.heartbeat.interval_ms)) return "heartbeat.interval_ms";
  if (!IsPositive(config.heartbeat.timeout_ms)) return "heartbeat.timeout_ms";
  if (!IsDuration(config.heartbeat.idle_probe_ms)) return "heartbeat.idle_probe_ms";
  if (!IsPositive(config.heartbeat.wake_timeout_ms)) return "heartbeat.wake_timeout_ms";
  if (config.reconnect.max_attempts < 0) return "reconnect.max_attempts";
  if (!IsDuration(config.reconnect.backoff.delay_ms)) return "reconnect.backoff.delay_ms";
  if (!IsDuration(config.reconnect.backoff.max_delay_ms)) return "reconnect.backoff.max_delay_ms";
  if (!IsDuration(config.reconnect.stable_uptime_ms)) return "reconnect.stable_uptime_ms";
  if (!IsPositive(config.connect_timeout_ms)) return "connect_timeout_ms";
  if (!IsPositive(config.auth_timeout_ms)) return "auth_timeout_ms";
  if (!IsPositive(config.token_timeout_ms)) return "token_timeout_ms";
  return {};
}

}  // namespace civic
