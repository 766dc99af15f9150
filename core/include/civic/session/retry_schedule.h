// When the next attempt to connect is due, and when the attempts are used up.
//
// The count of attempts goes on until a connection proves stable, or somebody starts anew. A server
// can ask to be left alone for a while; nothing moves an attempt before that.
#pragma once

#include <cstdint>

#include "civic/engine/random.h"
#include "civic/engine/time.h"
#include "civic/session/session_config.h"

namespace civic {

class RetrySchedule {
 public:
  // However often the page wakes, attempts begin at least so far apart because of it.
  static constexpr DurationMs kWakeSpacingMs = 1000;
  // A server that asks for more gets this.
  static constexpr DurationMs kMaxRetryAfterMs = 60.0 * 60 * 1000;

  enum class Wait : std::uint8_t {
    kBackoff,
    kNone,
  };

  explicit RetrySchedule(const ReconnectConfig& config) : config_(config) {}

  // The first attempt of all is due as soon as the server allows.
  void Start(TimeMs now);
  // Forgets what the server asked for.
  void Reset();
  void ResetAttempts() { attempt_ = 0; }

  // Another attempt may be made after a failed one.
  bool HasAttempt() const { return attempt_ < config_.max_attempts; }
  // Plans the next attempt; `counts` is false if the last one had no chance.
  void Plan(Wait wait, bool counts, TimeMs now, Random& random);
  // The page is back: the planned attempt is due as soon as it may be.
  void BringForward(TimeMs now);
  // The server asked for this; the longest such request holds.
  void NotBefore(TimeMs time, TimeMs now);
  // Moves the planned attempt to after what the server asked for. False if it is already.
  bool Postpone(Random& random);
  void AttemptBegins(TimeMs now) { last_attempt_ = now; }

  int attempt() const { return attempt_; }
  TimeMs due() const { return due_; }

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("attempt", attempt_)("due", due_)("notBefore", not_before_);
    archive("lastAttempt", last_attempt_);
  }

 private:
  const ReconnectConfig config_;
  int attempt_ = 0;
  TimeMs due_ = kNever;
  TimeMs not_before_ = -kNever;
  TimeMs last_attempt_ = -kNever;
};

}  // namespace civic
