#include "civic/session/heartbeat.h"

#include <algorithm>

namespace civic {

void Heartbeat::Start(TimeMs now) {
  last_heard_ = now;
  last_ping_ = now;
  unanswered_ = false;
  interval_ms_ = config_.interval_ms;
}

bool Heartbeat::Probe(TimeMs now) {
  if (!config_.enabled || now - last_heard_ <= kRecentMs) return false;
  if (unanswered_ && now < timeout_.deadline()) {
    timeout_.Tighten(now + config_.wake_timeout_ms);
    return false;
  }
  last_ping_ = now;
  unanswered_ = true;
  timeout_.Start(now, config_.wake_timeout_ms);
  return true;
}

Heartbeat::Verdict Heartbeat::Advance(TimeMs now) {
  if (!config_.enabled) return Verdict::kQuiet;
  if (unanswered_) {
    switch (timeout_.Check(now)) {
      case Timeout::Verdict::kPending:
        return Verdict::kQuiet;
      case Timeout::Verdict::kRestarted:
        last_ping_ = now;
        return Verdict::kSendPing;
      case Timeout::Verdict::kExpired:
        return Verdict::kDead;
    }
  }
  if (now < PingDue()) return Verdict::kQuiet;
  last_ping_ = now;
  unanswered_ = true;
  timeout_.Start(now, config_.timeout_ms);
  return Verdict::kSendPing;
}

TimeMs Heartbeat::NextDeadline() const {
  if (!config_.enabled) return kNever;
  return unanswered_ ? timeout_.deadline() : PingDue();
}

TimeMs Heartbeat::PingDue() const {
  const TimeMs due = last_ping_ + interval_ms_;
  if (!visible_ || config_.idle_probe_ms <= 0) return due;
  return std::min(due, last_heard_ + config_.idle_probe_ms);
}

}  // namespace civic
