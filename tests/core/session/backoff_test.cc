#include "civic/session/backoff.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstddef>

namespace civic {
namespace {

TEST(Backoff, ExponentialCeilingDoublesUpToTheCap) {
  const BackoffPolicy policy;
  const double expected[] = {2000, 4000, 8000, 16000, 30000, 30000};
  for (int failures = 0; failures < 6; ++failures) {
    EXPECT_EQ(BackoffCeiling(policy, failures), expected[failures]);
  }
  EXPECT_EQ(BackoffCeiling(policy, INT_MAX), 30000);
  EXPECT_EQ(BackoffCeiling(policy, -1), 2000);
}

TEST(Backoff, LinearCeilingGrowsByTheDelayUpToTheCap) {
  const BackoffPolicy policy{
      .shape = BackoffShape::kLinear, .delay_ms = 2000, .max_delay_ms = 7000};
  const double expected[] = {2000, 4000, 6000, 7000, 7000};
  for (int failures = 0; failures < 5; ++failures) {
    EXPECT_EQ(BackoffCeiling(policy, failures), expected[failures]);
  }
}

TEST(Backoff, DelayIsUniformBelowTheCeiling) {
  constexpr int kDraws = 100'000;
  constexpr std::size_t kBuckets = 20;
  for (const int failures : {0, 3, 9}) {
    const BackoffPolicy policy;
    const DurationMs ceiling = BackoffCeiling(policy, failures);
    Random random(42);
    std::array<int, kBuckets> buckets{};
    for (int i = 0; i < kDraws; ++i) {
      const DurationMs delay = BackoffDelay(policy, failures, random);
      ASSERT_GE(delay, 0);
      ASSERT_LT(delay, ceiling);
      ++buckets[static_cast<std::size_t>(delay / ceiling * kBuckets)];
    }
    // Pearson's chi-squared with 19 degrees of freedom: 43.8 is exceeded once in a thousand.
    constexpr double kExpected = static_cast<double>(kDraws) / kBuckets;
    double chi_squared = 0;
    for (const int count : buckets)
      chi_squared += (count - kExpected) * (count - kExpected) / kExpected;
    EXPECT_LT(chi_squared, 43.8);
  }
}

TEST(Backoff, SameSeedSameDelays) {
  Random one(7);
  Random other(7);
  Random different(8);
  int equal = 0;
  for (int failures = 0; failures < 100; ++failures) {
    const DurationMs delay = BackoffDelay({}, failures, one);
    EXPECT_EQ(delay, BackoffDelay({}, failures, other));
    equal += delay == BackoffDelay({}, failures, different) ? 1 : 0;
  }
  EXPECT_EQ(equal, 0);
}

TEST(Backoff, NoDelayIsNoDelay) {
  Random random(1);
  EXPECT_EQ(BackoffDelay({.shape = BackoffShape::kExponential, .delay_ms = 0, .max_delay_ms = 0}, 3,
                         random),
            0);
}

}  // namespace
}  // namespace civic
