#include "civic/routing/topic_index.h"

#include <utility>

namespace civic {
namespace {

constexpr std::size_t kSmallestTable = 64;

}  // namespace

void TopicIndex::Insert(std::uint64_t hash, TopicId topic) {
  if (2 * (size_ + 1) > buckets_.size()) {
    Grow();
  }
  std::size_t at = hash & mask();
  while (buckets_[at].topic != kNone) {
    at = (at + 1) & mask();
  }
  buckets_[at] = {hash, topic};
  ++size_;
}

void TopicIndex::Erase(std::uint64_t hash, TopicId topic) {
  std::size_t at = hash & mask();
  while (buckets_[at].topic != topic) {
    at = (at + 1) & mask();
  }
  // Close the gap: whoever probed over the erased bucket moves back (Knuth, TAOCP 6.4, algorithm
  // R).
  std::size_t gap = at;
  for (std::size_t next = (gap + 1) & mask(); buckets_[next].topic != kNone;
       next = (next + 1) & mask()) {
    const std::size_t home = buckets_[next].hash & mask();
    const std::size_t distance_home = (next - home) & mask();
    const std::size_t distance_gap = (next - gap) & mask();
    if (distance_home >= distance_gap) {
      buckets_[gap] = buckets_[next];
      gap = next;
    }
  }
  buckets_[gap] = {};
  --size_;
}

void TopicIndex::Grow() {
  std::vector<Bucket> old(buckets_.empty() ? kSmallestTable : 2 * buckets_.size());
  old.swap(buckets_);
  size_ = 0;
  for (const Bucket& bucket : old) {
    if (bucket.topic != kNone) {
      Insert(bucket.hash, bucket.topic);
    }
  }
}

}  // namespace civic
