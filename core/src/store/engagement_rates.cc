#include "civic/store/engagement_rates.h"

#include <algorithm>
#include <cmath>

#include "civic/store/json_text.h"
#include "exponential.h"

namespace civic {
namespace {

constexpr double kMsPerMinute = 60'000;
constexpr double kFastShare = 0.25;         // of a window, for the faster rate of its trend
constexpr double kLargestCount = 0x1.0p53;  // beyond it a double skips integers

std::optional<std::uint64_t> ReadCount(std::optional<double> count) {
  return count && *count >= 0 && *count <= kLargestCount
             ? std::optional(static_cast<std::uint64_t>(*count))
             : std::nullopt;
}

}  // namespace

EngagementRates::EngagementRates()
    : windows_{SlidingWindow(kWindows[0]), SlidingWindow(kWindows[1]), SlidingWindow(kWindows[2])} {
}

void EngagementRates::Observe(const EngagementCounts& counts, TimeMs now) {
  AdvanceTo(now);
  for (std::size_t lifetime = 0; lifetime < kLifetimeCount; ++lifetime) {
    const double decay = Decay(lifetime);
    for (double& sum : sums_[lifetime]) {
      sum *= decay;
    }
  }
  decayed_at_ = now_;

  const std::array<std::optional<double>, kMeasureCount> all = {counts.views, counts.comments,
                                                                counts.saves, counts.shares};
  for (std::size_t measure = 0; measure < kMeasureCount; ++measure) {
    const auto count = ReadCount(all[measure]);
    if (!count) {
      continue;
    }
    const std::uint64_t before = last_[measure].value_or(*count);
    last_[measure] = count;
    if (*count <= before) {
      continue;
    }
    const auto rise =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(*count - before, UINT32_MAX));
    for (SlidingWindow& window : windows_) {
      window.Add(static_cast<EngagementMeasure>(measure), rise);
    }
    for (Sums& sums : sums_) {
      sums[measure] += rise;
    }
  }
}

void EngagementRates::AdvanceTo(TimeMs now) {
  now_ = std::max(now_, now);
  for (SlidingWindow& window : windows_) {
    window.AdvanceTo(now_);
  }
}

EngagementRates::Reading EngagementRates::Read(EngagementWindow window,
                                               EngagementMeasure measure) const {
  const auto index = static_cast<std::size_t>(window);
  return Read(index, static_cast<std::size_t>(measure), Decay(index), Decay(index + kWindowCount));
}

double EngagementRates::Score(EngagementWindow window) const {
  const auto lifetime = static_cast<std::size_t>(window);
  const double decay = Decay(lifetime);
  double score = 0;
  for (std::size_t measure = 0; measure < kMeasureCount; ++measure) {
    score += kMeasures[measure].weight * Smoothed(lifetime, measure, decay);
  }
  return score;
}

bool EngagementRates::Moves() const {
  for (std::size_t window = 0; window < kWindowCount; ++window) {
    for (std::size_t measure = 0; measure < kMeasureCount; ++measure) {
      if (windows_[window].total(static_cast<EngagementMeasure>(measure)) > 0) {
        return true;
      }
    }
  }
  for (std::size_t lifetime = 0; lifetime < kLifetimeCount; ++lifetime) {
    const double decay = Decay(lifetime);
    for (std::size_t measure = 0; measure < kMeasureCount; ++measure) {
      if (Smoothed(lifetime, measure, decay) > 0) {
        return true;
      }
    }
  }
  return false;
}

void EngagementRates::WriteWindows(std::string* out) const {
  *out += '{';
  for (std::size_t window = 0; window < kWindowCount; ++window) {
    *out += window > 0 ? ",\"" : "\"";
    *out += kWindows[window].name;
    *out += "\":{";
    const double slow_decay = Decay(window);
    const double fast_decay = Decay(window + kWindowCount);
    for (std::size_t measure = 0; measure < kMeasureCount; ++measure) {
      const Reading reading = Read(window, measure, slow_decay, fast_decay);
      *out += measure > 0 ? ",\"" : "\"";
      *out += kMeasures[measure].name;
      *out += R"(":{"total":)";
      AppendInteger(reading.total, out);
      *out += R"(,"perMinute":)";
      AppendRounded(reading.per_minute, out);
      *out += R"(,"smoothedPerMinute":)";
      AppendRounded(reading.smoothed_per_minute, out);
      *out += R"(,"trend":)";
      AppendRounded(reading.trend, out);
      *out += '}';
    }
    *out += '}';
  }
  *out += '}';
}

double EngagementRates::LifetimeMinutes(std::size_t lifetime) {
  return lifetime < kWindowCount ? kWindows[lifetime].Minutes()
                                 : kWindows[lifetime - kWindowCount].Minutes() * kFastShare;
}

double EngagementRates::Decay(std::size_t lifetime) const {
  return Exponential(-(now_ - decayed_at_) / (LifetimeMinutes(lifetime) * kMsPerMinute));
}

double EngagementRates::Smoothed(std::size_t lifetime, std::size_t measure, double decay) const {
  const double per_minute = sums_[lifetime][measure] * decay / LifetimeMinutes(lifetime);
  return per_minute > kRestPerMinute ? per_minute : 0;
}

EngagementRates::Reading EngagementRates::Read(std::size_t window, std::size_t measure,
                                               double slow_decay, double fast_decay) const {
  Reading reading;
  reading.total = windows_[window].total(static_cast<EngagementMeasure>(measure));
  reading.per_minute = static_cast<double>(reading.total) / kWindows[window].Minutes();
  const double slow = Smoothed(window, measure, slow_decay);
  const double fast = Smoothed(window + kWindowCount, measure, fast_decay);
  reading.smoothed_per_minute = slow;
  reading.trend = slow + fast > 0 ? (fast - slow) / (fast + slow) : 0;
  return reading;
}

}  // namespace civic
