#include "civic/store/sliding_window.h"

#include <algorithm>

namespace civic {

SlidingWindow::SlidingWindow(const WindowTraits& traits)
    : buckets_(traits.bucket_count), bucket_ms_(traits.bucket_ms) {}

void SlidingWindow::AdvanceTo(TimeMs now) {
  const auto number = static_cast<std::int64_t>(now / bucket_ms_);
  if (number <= newest_) {
    return;
  }
  const auto size = static_cast<std::int64_t>(buckets_.size());
  for (std::int64_t entered = std::max(newest_ + 1, number - size + 1); entered <= number;
       ++entered) {
    Bucket& bucket = BucketAt(entered);
    for (std::size_t i = 0; i < kMeasureCount; ++i) {
      totals_[i] -= bucket[i];
    }
    bucket = {};
  }
  newest_ = number;
}

void SlidingWindow::Add(EngagementMeasure measure, std::uint32_t count) {
  const auto index = static_cast<std::size_t>(measure);
  std::uint32_t& counted = BucketAt(newest_)[index];
  const std::uint32_t added = std::min(count, UINT32_MAX - counted);
  counted += added;
  totals_[index] += added;
}

}  // namespace civic
