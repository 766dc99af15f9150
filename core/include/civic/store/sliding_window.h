// How much happened lately, exactly.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "civic/engine/time.h"
#include "civic/store/engagement_measure.h"

namespace civic {

// Time is cut into buckets that begin at multiples of their length since the epoch. The window is
// the bucket that `now` is in and the `bucket_count - 1` before it, so it is up to one bucket
// shorter than its name says: between 59 and 60 seconds for "1m". Totals are sums of integers: they
// never drift. Adding, advancing (amortised) and reading are O(1); memory is 16 bytes a bucket,
// allocated once.
class SlidingWindow {
 public:
  explicit SlidingWindow(const WindowTraits& traits);

  // Time that goes back counts as time that stands still.
  void AdvanceTo(TimeMs now);
  // Counts into the bucket of the latest time; what is over 2^32 - 1 in one bucket is lost.
  void Add(EngagementMeasure measure, std::uint32_t count);

  std::uint64_t total(EngagementMeasure measure) const {
    return totals_[static_cast<std::size_t>(measure)];
  }

 private:
  using Bucket = std::array<std::uint32_t, kMeasureCount>;

  Bucket& BucketAt(std::int64_t number) {
    return buckets_[static_cast<std::size_t>(number) % buckets_.size()];
  }

  std::vector<Bucket> buckets_;  // by their number since the epoch
  std::array<std::uint64_t, kMeasureCount> totals_ = {};
  DurationMs bucket_ms_;
  std::int64_t newest_ = 0;
};

}  // namespace civic
