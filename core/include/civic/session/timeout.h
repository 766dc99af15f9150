// A timeout in wall-clock time that is fair to a host whose timers come late.
//
// After sleep, freezing or timer throttling, what was waited for may already be queued behind the
// call that notices the passed deadline. A look that comes later than the deadline by more than the
// whole timeout therefore decides nothing: the timeout starts again. After kMaxGraces such looks in
// a row, with nothing heard in between, silence is believed.
#pragma once

#include <cstdint>

#include "civic/engine/time.h"

namespace civic {

class Timeout {
 public:
  enum class Verdict : std::uint8_t {
    kPending,
    kRestarted,  // The look came too late to be fair; the full length runs again.
    kExpired,
  };

  static constexpr int kMaxGraces = 2;

  void Start(TimeMs now, DurationMs length) {
    deadline_ = now + length;
    length_ = length;
    graces_ = 0;
  }

  // Ends at `deadline` if that is earlier.
  void Tighten(TimeMs deadline) {
    if (deadline < deadline_) deadline_ = deadline;
  }

  Verdict Check(TimeMs now) {
    if (now < deadline_) return Verdict::kPending;
    if (now - deadline_ > length_ && graces_ < kMaxGraces) {
      ++graces_;
      deadline_ = now + length_;
      return Verdict::kRestarted;
    }
    return Verdict::kExpired;
  }

  TimeMs deadline() const { return deadline_; }

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("deadline", deadline_)("length", length_)("graces", graces_);
  }

 private:
  TimeMs deadline_ = kNever;
  DurationMs length_ = 0;
  int graces_ = 0;
};

}  // namespace civic
