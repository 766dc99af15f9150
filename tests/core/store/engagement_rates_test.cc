#include "civic/store/engagement_rates.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

namespace civic {
namespace {

using Json = nlohmann::json;

constexpr auto kViews = EngagementMeasure::kViews;
constexpr auto kComments = EngagementMeasure::kComments;
constexpr auto kMinute = EngagementWindow::kMinute;
constexpr auto kQuarterHour = EngagementWindow::kQuarterHour;
constexpr auto kDay = EngagementWindow::kDay;
constexpr TimeMs kStart = 1'700'000'400'000;  // where buckets of every window begin

std::uint64_t TotalViews(const EngagementRates& rates, EngagementWindow window = kMinute) {
  return rates.Read(window, kViews).total;
}

TEST(EngagementRates, TakesTheFirstCountForTheBaseline) {
  EngagementRates rates;
  rates.Observe({.views = 1000}, kStart);
  EXPECT_EQ(TotalViews(rates), 0U);
  EXPECT_FALSE(rates.Moves());
  rates.Observe({.views = 1010}, kStart + 100);
  EXPECT_EQ(TotalViews(rates), 10U);
  EXPECT_TRUE(rates.Moves());
}

TEST(EngagementRates, TakesAFallingCountForACorrection) {
  EngagementRates rates;
  rates.Observe({.views = 1000}, kStart);
  rates.Observe({.views = 990}, kStart + 100);
  EXPECT_EQ(TotalViews(rates), 0U);
  rates.Observe({.views = 995}, kStart + 200);
  EXPECT_EQ(TotalViews(rates), 5U);
}

TEST(EngagementRates, HasABaselineForEachMeasure) {
  EngagementRates rates;
  rates.Observe({.views = 10}, kStart);
  rates.Observe({.comments = 5}, kStart + 100);
  rates.Observe({.views = 12, .comments = 6}, kStart + 200);
  EXPECT_EQ(TotalViews(rates), 2U);
  EXPECT_EQ(rates.Read(kMinute, kComments).total, 1U);
}

TEST(EngagementRates, IgnoresCountsThatAreNone) {
  EngagementRates rates;
  rates.Observe({.views = 10}, kStart);
  for (const double count : {-1.0, std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::infinity(), 1e300}) {
    rates.Observe({.views = count}, kStart + 100);
  }
  rates.Observe({.views = 11.9}, kStart + 200);
  EXPECT_EQ(TotalViews(rates), 1U);
}

TEST(EngagementRates, DividesTotalsByTheLengthOfTheWindow) {
  EngagementRates rates;
  rates.Observe({.views = 0}, kStart);
  rates.Observe({.views = 30}, kStart);
  EXPECT_EQ(rates.Read(kMinute, kViews).per_minute, 30);
  EXPECT_EQ(rates.Read(kQuarterHour, kViews).per_minute, 2);
  EXPECT_EQ(rates.Read(kDay, kViews).per_minute, 30.0 / 1440);
}

TEST(EngagementRates, SmoothsWithTheWindowAsMeanLifetime) {
  EngagementRates rates;
  rates.Observe({.views = 0}, kStart);
  rates.Observe({.views = 30}, kStart);
  EXPECT_DOUBLE_EQ(rates.Read(kMinute, kViews).smoothed_per_minute, 30);
  rates.AdvanceTo(kStart + 60'000);
  EXPECT_DOUBLE_EQ(rates.Read(kMinute, kViews).smoothed_per_minute, 30 * std::exp(-1));
  EXPECT_DOUBLE_EQ(rates.Read(kQuarterHour, kViews).smoothed_per_minute, 2 * std::exp(-1.0 / 15));
}

TEST(EngagementRates, FindsTheRateOfSteadyEventsHeardOfAtOddTimes) {
  EngagementRates rates;
  double mean = 0;
  int readings = 0;
  TimeMs now = kStart;
  for (int i = 0; i < 20'000; ++i) {
    now += 100 + (i * 7919) % 1400;  // 2 events a second, heard of at odd times
    rates.Observe({.views = std::floor((now - kStart) / 500)}, now);
    if (now > kStart + 3'600'000) {
      mean += rates.Read(kMinute, kViews).smoothed_per_minute;
      ++readings;
    }
  }
  EXPECT_NEAR(mean / readings, 120, 2);
  EXPECT_NEAR(rates.Read(kQuarterHour, kViews).smoothed_per_minute, 120, 2);
  EXPECT_NEAR(rates.Read(kMinute, kViews).trend, 0, 0.05);
}

TEST(EngagementRates, TrendsUpInABurstAndDownAfterIt) {
  EngagementRates rates;
  rates.Observe({.views = 0}, kStart);
  EXPECT_EQ(rates.Read(kMinute, kViews).trend, 0);
  rates.Observe({.views = 30}, kStart);
  EXPECT_DOUBLE_EQ(rates.Read(kMinute, kViews).trend, 0.6);  // 4 to 1
  rates.AdvanceTo(kStart + 60'000);
  EXPECT_LT(rates.Read(kMinute, kViews).trend, -0.5);
  EXPECT_GT(rates.Read(kQuarterHour, kViews).trend, 0.5);
}

TEST(EngagementRates, StandsStillWhenTimeGoesBack) {
  EngagementRates rates;
  rates.Observe({.views = 0}, kStart);
  rates.Observe({.views = 30}, kStart - 50'000);
  rates.AdvanceTo(0);
  EXPECT_EQ(TotalViews(rates), 30U);
  EXPECT_DOUBLE_EQ(rates.Read(kMinute, kViews).smoothed_per_minute, 30);
}

TEST(EngagementRates, ComesToRest) {
  EngagementRates rates;
  rates.Observe({.views = 0}, kStart);
  rates.Observe({.views = 1e9}, kStart);
  rates.AdvanceTo(kStart + 86'400'000.0 * 14);
  EXPECT_TRUE(rates.Moves());
  rates.AdvanceTo(kStart + 86'400'000.0 * 30);
  EXPECT_FALSE(rates.Moves());
  EXPECT_EQ(rates.Read(kDay, kViews).smoothed_per_minute, 0);
  EXPECT_EQ(rates.Read(kDay, kViews).trend, 0);
}

TEST(EngagementRates, WritesEveryWindowAndMeasure) {
  EngagementRates rates;
  rates.Observe({.views = 0, .comments = 0, .saves = 0, .shares = 0}, kStart);
  rates.Observe({.views = 1, .comments = 0, .saves = 3, .shares = 4}, kStart);
  std::string text;
  rates.WriteWindows(&text);
  const Json windows = Json::parse(text, nullptr, false);
  ASSERT_FALSE(windows.is_discarded()) << text;
  EXPECT_EQ(windows["1m"]["saves"],
            Json({{"total", 3}, {"perMinute", 3}, {"smoothedPerMinute", 3}, {"trend", 0.6}}));
  EXPECT_EQ(windows["15m"]["views"], Json({{"total", 1},
                                           {"perMinute", 0.0666667},
                                           {"smoothedPerMinute", 0.0666667},
                                           {"trend", 0.6}}));
  EXPECT_EQ(windows["24h"]["comments"],
            Json({{"total", 0}, {"perMinute", 0}, {"smoothedPerMinute", 0}, {"trend", 0}}));
  EXPECT_EQ(windows["24h"].size(), 4U);
  EXPECT_EQ(windows.size(), 3U);
}

}  // namespace
}  // namespace civic
