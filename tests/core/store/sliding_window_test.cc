#include "civic/store/sliding_window.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace civic {
namespace {

constexpr auto kViews = EngagementMeasure::kViews;
constexpr auto kSaves = EngagementMeasure::kSaves;
constexpr WindowTraits kMinute = kWindows[0];
constexpr TimeMs kStart = 1'700'000'000'000;  // where a bucket begins

TEST(SlidingWindow, CoversTheCurrentBucketAndThoseBeforeIt) {
  SlidingWindow window(kMinute);
  window.AdvanceTo(kStart + 999);
  window.Add(kViews, 3);
  window.Add(kSaves, 1);
  window.AdvanceTo(kStart + 59'999);
  EXPECT_EQ(window.total(kViews), 3U);
  EXPECT_EQ(window.total(kSaves), 1U);
  window.AdvanceTo(kStart + 60'000);
  EXPECT_EQ(window.total(kViews), 0U);
  EXPECT_EQ(window.total(kSaves), 0U);
}

TEST(SlidingWindow, LetsGoBucketByBucket) {
  SlidingWindow window(kMinute);
  for (int second = 0; second < 60; ++second) {
    window.AdvanceTo(kStart + second * 1000);
    window.Add(kViews, 1);
  }
  EXPECT_EQ(window.total(kViews), 60U);
  window.AdvanceTo(kStart + 60'000);
  EXPECT_EQ(window.total(kViews), 59U);
  window.AdvanceTo(kStart + 89'500);
  EXPECT_EQ(window.total(kViews), 30U);
}

TEST(SlidingWindow, ForgetsEverythingInALongJump) {
  SlidingWindow window(kMinute);
  window.AdvanceTo(kStart);
  window.Add(kViews, 1);
  window.AdvanceTo(kStart + 1e12);
  EXPECT_EQ(window.total(kViews), 0U);
  window.Add(kViews, 2);
  EXPECT_EQ(window.total(kViews), 2U);
}

TEST(SlidingWindow, StandsStillWhenTimeGoesBack) {
  SlidingWindow window(kMinute);
  window.AdvanceTo(kStart);
  window.Add(kViews, 1);
  window.AdvanceTo(kStart - 1e9);
  window.Add(kViews, 1);
  window.AdvanceTo(kStart + 59'000);
  EXPECT_EQ(window.total(kViews), 2U);
}

TEST(SlidingWindow, StopsCountingWhenABucketIsFull) {
  SlidingWindow window(kMinute);
  window.AdvanceTo(kStart);
  window.Add(kViews, UINT32_MAX);
  window.Add(kViews, 5);
  EXPECT_EQ(window.total(kViews), UINT32_MAX);
  window.AdvanceTo(kStart + 1000);
  window.Add(kViews, 5);
  EXPECT_EQ(window.total(kViews), UINT32_MAX + std::uint64_t{5});
  window.AdvanceTo(kStart + 60'000);
  EXPECT_EQ(window.total(kViews), 5U);
}

}  // namespace
}  // namespace civic
