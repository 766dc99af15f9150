// How long the server takes to answer, and the quality of the connection that follows from it.
//
// Smoothing and the bound beyond which an answer is late: RFC 6298, section 2 (SRTT, RTTVAR, RTO).
// Quality: the limits of ITU-T G.114 (150 ms unnoticed, 400 ms acceptable), applied to the round
// trip:
//
//   excellent   smoothed round trip up to 150 ms
//   good        up to 400 ms, and while nothing has been measured yet
//   poor        above, or a pong is overdue
//
// To get better, the round trip has to fall to 4/5 of a limit, so that the quality does not flicker
// around it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/time.h"
#include "civic/session/session_types.h"

namespace civic {

class RoundTrip {
 public:
  static constexpr DurationMs kExcellentMs = 150;
  static constexpr DurationMs kGoodMs = 400;
  static constexpr double kBetterFactor = 0.8;
  static constexpr DurationMs kMinLateAfterMs = 1000;
  static constexpr std::size_t kMostRecent = 100;

  // Answers later than `max_sample` say nothing about the network (the page may have slept) and are
  // not averaged.
  explicit RoundTrip(DurationMs max_sample) : max_sample_(max_sample) {}

  void Reset();
  void PingSent(std::string message_id, TimeMs now);
  // An empty id answers the last ping; ids of older pings are ignored. True if it was an answer.
  bool PongReceived(std::string_view message_id, TimeMs now);
  void Advance(TimeMs now);
  TimeMs NextDeadline() const { return late_at_; }

  // kPoor, kGood or kExcellent.
  ConnectionQuality quality() const { return late_ ? ConnectionQuality::kPoor : measured_quality_; }

  int samples() const { return samples_; }
  DurationMs latest() const { return latest_; }
  DurationMs smoothed() const { return smoothed_; }
  DurationMs variation() const { return variation_; }
  // The newest measurements, oldest first, also of earlier connections.
  const std::vector<DurationMs>& recent() const { return recent_; }

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("pingId", ping_id_)("pingSent", ping_sent_)("lateAt", late_at_)("late", late_);
    archive.Choice("quality", measured_quality_, ConnectionQuality::kExcellent);
    archive("samples", samples_)("latest", latest_)("smoothed", smoothed_);
    archive("variation", variation_)("recent", recent_);
  }

 private:
  void AddSample(DurationMs sample);
  DurationMs LateAfter() const;

  const DurationMs max_sample_;
  std::string ping_id_;  // Empty: no answer is awaited.
  TimeMs ping_sent_ = kNever;
  TimeMs late_at_ = kNever;
  bool late_ = false;
  ConnectionQuality measured_quality_ = ConnectionQuality::kGood;
  int samples_ = 0;
  DurationMs latest_ = 0;
  DurationMs smoothed_ = 0;
  DurationMs variation_ = 0;
  std::vector<DurationMs> recent_;
};

}  // namespace civic
