// The settings of a session. Every duration is in milliseconds.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/time.h"
#include "civic/session/backoff.h"

namespace civic {

// How the token reaches the server.
enum class AuthMode : std::uint8_t {
  kQuery,        // `token=…` in the query of the URL.
  kMessage,      // The first frame; connected means the server has confirmed it.
  kSubprotocol,  // One more offered subprotocol, see BearerProtocol().
};

inline constexpr int kUnlimitedAttempts = std::numeric_limits<int>::max();

struct HeartbeatConfig {
  bool enabled = true;
  DurationMs interval_ms = 30000;   // At least one ping in every interval, visible or hidden.
  DurationMs timeout_ms = 5000;     // Silence for so long after a ping: the connection is dead.
  DurationMs idle_probe_ms = 5000;  // While visible, ping after so much silence. 0: never.
  DurationMs wake_timeout_ms =
      3000;  // As timeout_ms, after the page came back from hidden, offline or frozen.
};

struct ReconnectConfig {
  bool enabled = true;
  int max_attempts = 5;  // Attempts after a loss; or kUnlimitedAttempts.
  BackoffPolicy backoff;
  DurationMs stable_uptime_ms =
      5000;  // A connection that lived so long clears the count of attempts.
};

struct SessionConfig {
  std::string url;                     // ws: or wss:.
  std::vector<std::string> protocols;  // Offered in this order.
  AuthMode auth = AuthMode::kQuery;
  bool token_on_demand = false;  // Somebody answers kWantToken.
  HeartbeatConfig heartbeat;
  ReconnectConfig reconnect;
  DurationMs connect_timeout_ms = 10000;  // From opening the socket until it is open.
  DurationMs auth_timeout_ms = 10000;  // From sending the token in a message until it is confirmed.
  DurationMs token_timeout_ms = 10000;  // From asking for a token until it is there.
};

// The first setting a session cannot work with, such as "heartbeat.interval_ms", or "" if all are
// good.
std::string_view FindInvalidSetting(const SessionConfig& config);

}  // namespace civic
