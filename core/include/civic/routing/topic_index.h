// From a topic's name to its handle, in O(1) and without allocating.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "civic/store/cell_store.h"

namespace civic {

// Open addressing with linear probing over handles; the names live with the topics, which the
// caller hands in as a function from handle to name. Load factor at most one half.
class TopicIndex {
 public:
  static constexpr TopicId kNone = kNoTopic;

  // The hash of a name given in two parts, so that "bill:" and "123" need not be joined.
  static std::uint64_t Hash(std::string_view prefix, std::string_view rest = {}) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a, 64 bits
    hash = Mix(hash, prefix);
    hash = Mix(hash, rest);
    return hash ^ (hash >> 32U);
  }

  template <typename Matches>
  TopicId Find(std::uint64_t hash, const Matches& matches) const {
    if (buckets_.empty()) {
      return kNone;
    }
    for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
      const Bucket& bucket = buckets_[at];
      if (bucket.topic == kNone) {
        return kNone;
      }
      if (bucket.hash == hash && matches(bucket.topic)) {
        return bucket.topic;
      }
    }
  }

  // The topic must not be in the index yet.
  void Insert(std::uint64_t hash, TopicId topic);
  void Erase(std::uint64_t hash, TopicId topic);
  std::size_t size() const { return size_; }

 private:
  struct Bucket {
    std::uint64_t hash = 0;
    TopicId topic = kNone;
  };

  static std::uint64_t Mix(std::uint64_t hash, std::string_view text) {
    for (const char byte : text) {
      hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    }
    return hash;
  }
  std::size_t mask() const { return buckets_.size() - 1; }
  void Grow();

  std::vector<Bucket> buckets_;
  std::size_t size_ = 0;
};

}  // namespace civic
