#include "civic/session/round_trip.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace civic {

void RoundTrip::Reset() {
  ping_id_.clear();
  late_at_ = kNever;
  late_ = false;
  measured_quality_ = ConnectionQuality::kGood;
  samples_ = 0;
  latest_ = 0;
  smoothed_ = 0;
  variation_ = 0;
}

void RoundTrip::PingSent(std::string message_id, TimeMs now) {
  ping_id_ = std::move(message_id);
  ping_sent_ = now;
  late_at_ = now + LateAfter();
}

bool RoundTrip::PongReceived(std::string_view message_id, TimeMs now) {
  if (ping_id_.empty() || (!message_id.empty() && message_id != ping_id_)) return false;
  const DurationMs sample = now - ping_sent_;
  ping_id_.clear();
  late_at_ = kNever;
  late_ = sample > max_sample_;
  if (!late_) AddSample(sample);
  return true;
}

void RoundTrip::Advance(TimeMs now) {
  if (now < late_at_) return;
  // A look that itself comes late cannot tell: the pong may be queued behind it.
  if (now - late_at_ <= LateAfter()) late_ = true;
  late_at_ = kNever;
}

void RoundTrip::AddSample(DurationMs sample) {
  latest_ = sample;
  if (recent_.size() >= kMostRecent) {
    recent_.erase(recent_.begin());
  }
  recent_.push_back(sample);
  if (samples_++ == 0) {
    smoothed_ = sample;
    variation_ = sample / 2;
  } else {
    variation_ += (std::abs(smoothed_ - sample) - variation_) / 4;
    smoothed_ += (sample - smoothed_) / 8;
  }
  const auto limit = [this](ConnectionQuality quality, DurationMs limit_ms) {
    const bool is_better = samples_ > 1 && measured_quality_ < quality;
    return is_better ? limit_ms * kBetterFactor : limit_ms;
  };
  if (smoothed_ <= limit(ConnectionQuality::kExcellent, kExcellentMs)) {
    measured_quality_ = ConnectionQuality::kExcellent;
  } else if (smoothed_ <= limit(ConnectionQuality::kGood, kGoodMs)) {
    measured_quality_ = ConnectionQuality::kGood;
  } else {
    measured_quality_ = ConnectionQuality::kPoor;
  }
}

DurationMs RoundTrip::LateAfter() const {
  if (samples_ == 0) return kMinLateAfterMs;
  return std::max(kMinLateAfterMs, smoothed_ + 4 * variation_);
}

}  // namespace civic
