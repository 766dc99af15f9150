// When to ping, and when silence means that the connection is dead.
//
// Any frame is a sign of life. A ping is due when the last one is an interval ago, and, while the
// page is visible, after a shorter silence. Dead is a connection that was pinged and on which
// nothing at all arrived within the timeout; without a ping there is no verdict. Knows neither
// sockets nor message ids.
#pragma once

#include <algorithm>
#include <cstdint>

#include "civic/engine/time.h"
#include "civic/session/session_config.h"
#include "civic/session/timeout.h"

namespace civic {

class Heartbeat {
 public:
  enum class Verdict : std::uint8_t { kQuiet, kSendPing, kDead };

  // Heard so recently, a connection needs no probe when the page wakes.
  static constexpr DurationMs kRecentMs = 1000;

  explicit Heartbeat(const HeartbeatConfig& config) : config_(config) {}

  // A connection has opened.
  void Start(TimeMs now);
  // The server wants to hear of this connection at least so often.
  void LimitInterval(DurationMs interval_ms) {
    interval_ms_ = std::min(config_.interval_ms, std::max(interval_ms, kLeastIntervalMs));
  }
  void Heard(TimeMs now) {
    last_heard_ = now;
    unanswered_ = false;
  }
  void SetVisible(bool visible) { visible_ = visible; }

  // Asks for a verdict within wake_timeout_ms. True: send a ping now.
  bool Probe(TimeMs now);
  Verdict Advance(TimeMs now);

  TimeMs NextDeadline() const;
  TimeMs last_heard() const { return last_heard_; }

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("interval", interval_ms_)("visible", visible_)("unanswered", unanswered_);
    archive("lastHeard", last_heard_)("lastPing", last_ping_)("timeout", timeout_);
  }

 private:
  TimeMs PingDue() const;

  static constexpr DurationMs kLeastIntervalMs = 1'000;

  const HeartbeatConfig config_;
  DurationMs interval_ms_ = config_.interval_ms;
  bool visible_ = true;
  bool unanswered_ = false;  // Nothing was heard since the last ping.
  TimeMs last_heard_ = kNever;
  TimeMs last_ping_ = kNever;
  Timeout timeout_;
};

}  // namespace civic
