#include "civic/session/retry_schedule.h"

#include <algorithm>

#include "civic/session/backoff.h"

namespace civic {

void RetrySchedule::Start(TimeMs now) {
  attempt_ = 0;
  due_ = std::max(now, not_before_);
}

void RetrySchedule::Reset() {
  attempt_ = 0;
  due_ = kNever;
  not_before_ = -kNever;
}

void RetrySchedule::Plan(Wait wait, bool counts, TimeMs now, Random& random) {
  due_ = std::max(now, not_before_);
  if (wait == Wait::kBackoff) due_ += BackoffDelay(config_.backoff, attempt_, random);
  if (counts) ++attempt_;
}

void RetrySchedule::BringForward(TimeMs now) {
  due_ = std::min(due_, std::max({now, last_attempt_ + kWakeSpacingMs, not_before_}));
}

void RetrySchedule::NotBefore(TimeMs time, TimeMs now) {
  not_before_ = std::max(not_before_, std::min(time, now + kMaxRetryAfterMs));
}

bool RetrySchedule::Postpone(Random& random) {
  if (due_ >= not_before_) return false;
  due_ = not_before_ + BackoffDelay(config_.backoff, attempt_ - 1, random);
  return true;
}

}  // namespace civic
