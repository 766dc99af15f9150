// Random schedules of counts against a recomputation from the list of everything observed.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "civic/engine/random.h"
#include "civic/store/engagement_analytics.h"

namespace civic {
namespace {

using Json = nlohmann::json;

constexpr std::array<double, kMeasureCount> kWeights = {1, 10, 5, 5};

struct Observation {
  TimeMs at;
  std::array<std::optional<double>, kMeasureCount> counts;
};

// What a bill's numbers must be, found by going through all of its observations each time.
class History {
 public:
  void Add(const Observation& observation) { all_.push_back(observation); }

  double Total(std::size_t window, std::size_t measure, TimeMs now) const {
    const WindowTraits& traits = kWindows[window];
    const double newest = std::floor(now / traits.bucket_ms);
    double total = 0;
    ForEachRise(measure, [&](TimeMs at, double rise) {
      total += newest - std::floor(at / traits.bucket_ms) < traits.bucket_count ? rise : 0;
    });
    return total;
  }

  double Smoothed(double lifetime_ms, std::size_t measure, TimeMs now) const {
    double rate = 0;
    ForEachRise(measure, [&](TimeMs at, double rise) {
      rate += rise * std::exp(-(now - at) / lifetime_ms) / lifetime_ms * 60'000;
    });
    return rate > 1e-6 ? rate : 0;
  }

  double Score(TimeMs now) const {
    double score = 0;
    for (std::size_t measure = 0; measure < kMeasureCount; ++measure) {
      score += kWeights[measure] * Smoothed(900'000, measure, now);
    }
    return score;
  }

 private:
  template <typename Visit>
  void ForEachRise(std::size_t measure, const Visit& visit) const {
    std::optional<double> before;
    for (const Observation& observation : all_) {
      const auto count = observation.counts[measure];
      if (count && before && *count > *before) {
        visit(observation.at, *count - *before);
      }
      before = count ? count : before;
    }
  }

  std::vector<Observation> all_;
};

class Schedule {
 public:
  explicit Schedule(std::uint64_t seed) : random_(seed) {}

  void Step() {
    Wait();
    for (std::size_t times = Below(6); times > 0; --times) {
      Observe(static_cast<BillKey>(Below(14)));
    }
    if (Below(30) == 0) {
      const auto key = static_cast<BillKey>(Below(14));
      analytics_.Forget(key);
      histories_.erase(key);
      counts_.erase(key);
    }
    analytics_.Refresh(told_);
    CompareBill(static_cast<BillKey>(Below(14)));
    CompareMovers();
  }

 private:
  std::size_t Below(std::size_t limit) { return static_cast<std::size_t>(random_.Next() % limit); }

  void Wait() {
    static constexpr std::array<double, 6> kLongest = {0.9, 1'500, 30'000, 600'000, 7e6, 2e8};
    const double wait = random_.NextUnit() * kLongest[Below(Below(3) == 0 ? 6 : 3)];
    // What the analytics are told may go back; then nothing passes.
    told_ = Below(10) == 0 ? now_ - wait : now_ + wait;
    now_ = std::max(now_, told_);
  }

  void Observe(BillKey key) {
    auto& counts = counts_[key];
    Observation observation{now_, {}};
    for (std::size_t measure = 0; measure < kMeasureCount; ++measure) {
      if (Below(4) == 0) {
        continue;
      }
      const bool is_corrected = Below(20) == 0;
      const auto change = static_cast<double>(Below(3) * Below(200));
      counts[measure] =
          is_corrected ? std::max(0.0, counts[measure] - change) : counts[measure] + change;
      observation.counts[measure] = counts[measure];
    }
    histories_[key].Add(observation);
    ASSERT_TRUE(analytics_.Observe(key, IdOf(key),
                                   {.views = observation.counts[0],
                                    .comments = observation.counts[1],
                                    .saves = observation.counts[2],
                                    .shares = observation.counts[3]},
                                   told_));
  }

  static std::string IdOf(BillKey key) { return std::to_string(key * 3 + 1); }

  // Six digits are written.
  static void ExpectSame(const Json& is, double expected) {
    ASSERT_NEAR(is.get<double>(), expected, std::abs(expected) * 6e-6 + 2e-6);
  }

  void CompareBill(BillKey key) {
    std::string text;
    ASSERT_EQ(analytics_.WriteBill(key, &text), histories_.contains(key));
    if (text.empty()) {
      return;
    }
    const Json bill = Json::parse(text, nullptr, false);
    ASSERT_FALSE(bill.is_discarded()) << text;
    const History& history = histories_[key];
    for (std::size_t window = 0; window < kWindowCount; ++window) {
      for (std::size_t measure = 0; measure < kMeasureCount; ++measure) {
        const Json& is = bill["windows"][std::string(kWindows[window].name)]
                             [std::string(kMeasures[measure].name)];
        const double lifetime_ms = kWindows[window].bucket_ms * kWindows[window].bucket_count;
        const double total = history.Total(window, measure, now_);
        const double slow = history.Smoothed(lifetime_ms, measure, now_);
        const double fast = history.Smoothed(lifetime_ms / 4, measure, now_);
        ASSERT_EQ(is["total"].get<double>(), total);
        ExpectSame(is["perMinute"], total / (lifetime_ms / 60'000));
        ExpectSame(is["smoothedPerMinute"], slow);
        ExpectSame(is["trend"], slow + fast > 0 ? (fast - slow) / (fast + slow) : 0);
      }
    }
  }

  void CompareMovers() {
    struct Ranked {
      double score;
      BillKey key;
    };
    std::vector<Ranked> ranked;
    for (const auto& [key, history] : histories_) {
      const double score = history.Score(now_);
      if (score > 0) {
        ranked.push_back({score, key});
      }
    }
    // Scores that differ only by rounding may be in either order.
    std::sort(ranked.begin(), ranked.end(),
              [](const Ranked& one, const Ranked& other) { return one.score > other.score; });
    std::string text;
    analytics_.WriteMovers(&text);
    const Json movers = Json::parse(text, nullptr, false);
    ASSERT_EQ(movers.size(), std::min<std::size_t>(ranked.size(), 10)) << text;
    for (std::size_t i = 0; i < movers.size(); ++i) {
      ExpectSame(movers[i]["score"], ranked[i].score);
      const auto named = static_cast<BillKey>((movers[i]["billId"].get<int>() - 1) / 3);
      ExpectSame(movers[i]["score"], histories_[named].Score(now_));
      ExpectSame(movers[i]["perMinute"]["saves"], histories_[named].Total(1, 2, now_) / 15);
    }
  }

  Random random_;
  EngagementAnalytics analytics_;
  std::map<BillKey, History> histories_;
  std::map<BillKey, std::array<double, kMeasureCount>> counts_;
  TimeMs now_ = 1'700'000'000'000;   // the latest
  TimeMs told_ = 1'700'000'000'000;  // as the analytics are told
};

TEST(EngagementProperty, AgreesWithARecomputationFromEverythingObserved) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Schedule schedule(seed);
    for (int step = 0; step < 150; ++step) {
      schedule.Step();
      ASSERT_FALSE(testing::Test::HasFatalFailure()) << "seed " << seed << ", step " << step;
    }
  }
}

}  // namespace
}  // namespace civic
