// What the oracle found, counted by kind.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace civic::simulation {

enum class FindingKind : std::uint8_t {
  kLost,               // never arrived though nothing came after it; or acknowledged, not applied
  kDuplicated,         // arrived, took effect or was settled twice
  kReordered,          // after what was published or sent later
  kUnsignalledGap,     // skipped without a gap event
  kUnsettledPromise,   // no result of a message
  kStuckEngine,        // not connected though everything is well
  kFalseGap,           // a gap event of something that was not missing, or was told before
  kWrongState,         // a cell is not the newest of what arrived
  kTokenLeak,          // a token where none may be
  kProtocolViolation,  // what the protocol forbids a page to do
  kRunaway,            // ever more happens at one time
};

inline constexpr std::size_t kFindingKindCount = 11;

// As the report has it: "lost", "unsignalled gaps", …
std::string_view FindingName(FindingKind kind);

class Findings {
 public:
  void Add(FindingKind kind, std::string what) {
    ++counts_[static_cast<std::size_t>(kind)];
    constexpr std::size_t kMostTold = 20;
    if (told_.size() < kMostTold) {
      told_.push_back(std::string(FindingName(kind)) + ": " + std::move(what));
    }
  }
  void Add(const Findings& other) {
    for (std::size_t kind = 0; kind < kFindingKindCount; ++kind) {
      counts_[kind] += other.counts_[kind];
    }
  }

  std::uint64_t count(FindingKind kind) const { return counts_[static_cast<std::size_t>(kind)]; }
  bool empty() const { return counts_ == std::array<std::uint64_t, kFindingKindCount>{}; }
  // Whether something of a kind was found that the other found, too.
  bool IsLike(const Findings& other) const {
    for (std::size_t kind = 0; kind < kFindingKindCount; ++kind) {
      if (counts_[kind] > 0 && other.counts_[kind] > 0) {
        return true;
      }
    }
    return false;
  }
  // The first of them, in words.
  const std::vector<std::string>& told() const { return told_; }

 private:
  std::array<std::uint64_t, kFindingKindCount> counts_ = {};
  std::vector<std::string> told_;
};

}  // namespace civic::simulation
