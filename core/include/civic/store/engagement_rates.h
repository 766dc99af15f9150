// How fast one bill gathers views, comments, saves and shares.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "civic/engine/time.h"
#include "civic/store/engagement_measure.h"
#include "civic/store/sliding_window.h"

namespace civic {

// Makes rates of absolute counts. The first count is the baseline, a count that falls is a
// correction and the new baseline; neither counts as anything that happened. What a count rose by
// counts as having happened when it was heard of. Time that goes back counts as time that stands
// still.
//
// Smoothed rates. Events of which n_i happened at t_i have at time t the rate
//   r(t) = sum of n_i * exp(-(t - t_i) / T) / T
// which is the exponential moving average with mean lifetime T (Eckner, "Algorithms for Unevenly
// Spaced Time Series: Moving Averages and Other Rolling Operators", 2017) of the density of events.
// Kept as a decayed sum: S(t) = S(t') * exp(-(t - t') / T) + n, r = S / T; the Unix load average
// decays in the same way, by one factor because its intervals are even. Events at a steady rate
// have exactly this rate in the mean, however irregularly they are heard of.
//
// Memory is about 5 KiB a bill (294 buckets of 16 bytes), allocated when it is constructed.
class EngagementRates {
 public:
  // A smoothed rate up to this many per minute is 0.
  static constexpr double kRestPerMinute = 1e-6;

  struct Reading {
    std::uint64_t total = 0;         // within the window
    double per_minute = 0;           // total / length of the window
    double smoothed_per_minute = 0;  // with the length of the window as mean lifetime
    double trend = 0;                // -1 to 1: (fast - slow) / (fast + slow), fast has a quarter
  };

  EngagementRates();

  void Observe(const EngagementCounts& counts, TimeMs now);
  void AdvanceTo(TimeMs now);

  // As of the latest time.
  Reading Read(EngagementWindow window, EngagementMeasure measure) const;
  // The smoothed rates of the window, weighted and added.
  double Score(EngagementWindow window) const;
  // Some reading is not 0, so it will change.
  bool Moves() const;

  // Appends {"1m":{"views":{"total":…,"perMinute":…,"smoothedPerMinute":…,"trend":…},…},…}.
  void WriteWindows(std::string* out) const;

 private:
  static constexpr std::size_t kLifetimeCount = 2 * kWindowCount;  // slow ones, then fast ones

  using Sums = std::array<double, kMeasureCount>;

  static double LifetimeMinutes(std::size_t lifetime);
  // How much of what was there when the sums were last decayed is still there.
  double Decay(std::size_t lifetime) const;
  double Smoothed(std::size_t lifetime, std::size_t measure, double decay) const;
  Reading Read(std::size_t window, std::size_t measure, double slow_decay, double fast_decay) const;

  std::array<SlidingWindow, kWindowCount> windows_;
  std::array<Sums, kLifetimeCount> sums_ = {};
  std::array<std::optional<std::uint64_t>, kMeasureCount> last_;
  TimeMs now_ = 0;
  TimeMs decayed_at_ = 0;
};

}  // namespace civic
