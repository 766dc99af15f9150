#include "civic/session/round_trip.h"

#include <gtest/gtest.h>

#include <string>

namespace civic {
namespace {

constexpr TimeMs kBegin = 1'000'000;

void Measure(RoundTrip& round_trip, DurationMs sample) {
  round_trip.PingSent("x", kBegin);
  EXPECT_TRUE(round_trip.PongReceived("x", kBegin + sample));
}

TEST(RoundTrip, SmoothsAsRfc6298Does) {
  RoundTrip round_trip(5000);
  Measure(round_trip, 100);
  EXPECT_EQ(round_trip.smoothed(), 100);
  EXPECT_EQ(round_trip.variation(), 50);
  Measure(round_trip, 180);
  EXPECT_EQ(round_trip.smoothed(), 100 * 7 / 8.0 + 180 / 8.0);
  EXPECT_EQ(round_trip.variation(), 50 * 3 / 4.0 + 80 / 4.0);
  EXPECT_EQ(round_trip.latest(), 180);
  EXPECT_EQ(round_trip.samples(), 2);
}

TEST(RoundTrip, RemembersTheNewestAlsoOfEarlierConnections) {
  RoundTrip round_trip(5000);
  EXPECT_TRUE(round_trip.recent().empty());
  for (int sample = 1; sample <= 150; ++sample) {
    Measure(round_trip, sample);
    if (sample == 120) {
      round_trip.Reset();
    }
  }
  Measure(round_trip, 6000);
  ASSERT_EQ(round_trip.recent().size(), RoundTrip::kMostRecent);
  EXPECT_EQ(round_trip.recent().front(), 51) << "what came too late says nothing of the network";
  EXPECT_EQ(round_trip.recent().back(), 150);
}

TEST(RoundTrip, QualityFollowsTheSmoothedRoundTrip) {
  const auto quality_of = [](DurationMs sample) {
    RoundTrip round_trip(5000);
    Measure(round_trip, sample);
    return round_trip.quality();
  };
  EXPECT_EQ(quality_of(0), ConnectionQuality::kExcellent);
  EXPECT_EQ(quality_of(150), ConnectionQuality::kExcellent);
  EXPECT_EQ(quality_of(151), ConnectionQuality::kGood);
  EXPECT_EQ(quality_of(400), ConnectionQuality::kGood);
  EXPECT_EQ(quality_of(401), ConnectionQuality::kPoor);
}

TEST(RoundTrip, QualityIsGoodUntilMeasured) {
  EXPECT_EQ(RoundTrip(5000).quality(), ConnectionQuality::kGood);
}

TEST(RoundTrip, QualityDoesNotFlickerAroundALimit) {
  RoundTrip round_trip(5000);
  Measure(round_trip, 160);
  int changes = 0;
  ConnectionQuality last = round_trip.quality();
  for (int i = 0; i < 1000; ++i) {
    Measure(round_trip, i % 20 < 10 ? 140 : 160);
    if (round_trip.quality() != last) ++changes;
    last = round_trip.quality();
  }
  EXPECT_EQ(changes, 0);
  for (int i = 0; i < 100; ++i) Measure(round_trip, 50);
  EXPECT_EQ(round_trip.quality(), ConnectionQuality::kExcellent);
}

TEST(RoundTrip, AnOverduePongMakesItPoorUntilOneArrives) {
  RoundTrip round_trip(5000);
  Measure(round_trip, 20);
  round_trip.PingSent("a", kBegin);
  EXPECT_EQ(round_trip.NextDeadline(), kBegin + RoundTrip::kMinLateAfterMs);
  round_trip.Advance(kBegin + 999);
  EXPECT_EQ(round_trip.quality(), ConnectionQuality::kExcellent);
  round_trip.Advance(kBegin + 1000);
  EXPECT_EQ(round_trip.quality(), ConnectionQuality::kPoor);
  EXPECT_EQ(round_trip.NextDeadline(), kNever);
  round_trip.PingSent("b", kBegin + 5000);
  EXPECT_EQ(round_trip.quality(), ConnectionQuality::kPoor);
  EXPECT_TRUE(round_trip.PongReceived("b", kBegin + 5020));
  EXPECT_EQ(round_trip.quality(), ConnectionQuality::kExcellent);
}

TEST(RoundTrip, ASlowServerIsNotLateWhenItIsAlwaysSlow) {
  RoundTrip round_trip(5000);
  for (int i = 0; i < 50; ++i) Measure(round_trip, 2000);
  round_trip.PingSent("a", kBegin);
  EXPECT_GT(round_trip.NextDeadline(), kBegin + 2000);
}

TEST(RoundTrip, ALateLookDoesNotCallThePongOverdue) {
  RoundTrip round_trip(5000);
  Measure(round_trip, 20);
  round_trip.PingSent("a", kBegin);
  round_trip.Advance(kBegin + 3'600'000);
  EXPECT_EQ(round_trip.quality(), ConnectionQuality::kExcellent);
}

TEST(RoundTrip, SleepIsNotMeasured) {
  RoundTrip round_trip(5000);
  Measure(round_trip, 20);
  Measure(round_trip, 3'600'000);
  EXPECT_EQ(round_trip.smoothed(), 20);
  EXPECT_EQ(round_trip.samples(), 1);
}

TEST(RoundTrip, OnlyTheLastPingCanBeAnsweredAndOnlyOnce) {
  RoundTrip round_trip(5000);
  EXPECT_FALSE(round_trip.PongReceived("", kBegin));
  round_trip.PingSent("a", kBegin);
  round_trip.PingSent("b", kBegin + 100);
  EXPECT_FALSE(round_trip.PongReceived("a", kBegin + 120));
  EXPECT_TRUE(round_trip.PongReceived("", kBegin + 130));
  EXPECT_EQ(round_trip.latest(), 30);
  EXPECT_FALSE(round_trip.PongReceived("b", kBegin + 140));
}

}  // namespace
}  // namespace civic
