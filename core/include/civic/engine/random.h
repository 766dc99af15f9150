// Seeded generator for jitter and ids: the same seed gives the same sequence on every platform.
#pragma once

#include <cstdint>

namespace civic {

// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
// Not for secrets.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31U);
  }

  // Uniform in [0, 1), 53 bits.
  double NextUnit() { return static_cast<double>(Next() >> 11U) * 0x1.0p-53; }

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("state", state_);
  }

 private:
  std::uint64_t state_;
};

}  // namespace civic
