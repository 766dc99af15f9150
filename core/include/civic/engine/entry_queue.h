// Bundle entries that wait for a page, with their texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "civic/engine/bundle_format.h"

namespace civic {

// Keeps its memory between bundles. Text offsets are relative to text().
class EntryQueue {
 public:
  void Add(EntryKind kind, std::uint32_t key, std::uint32_t a, std::string_view text) {
    entries_.push_back({kind, key, a, 0, 0, static_cast<std::uint32_t>(text_.size()),
                        static_cast<std::uint32_t>(text.size()), 0});
    text_.insert(text_.end(), text.begin(), text.end());
  }

  BundleEntry& at(std::size_t index) { return entries_[index]; }
  const std::vector<BundleEntry>& entries() const { return entries_; }
  const std::vector<char>& text() const { return text_; }
  bool empty() const { return entries_.empty(); }
  // What the queue holds, for bounding it.
  std::size_t bytes() const { return text_.size() + entries_.size() * sizeof(BundleEntry); }

  void Clear() {
    entries_.clear();
    text_.clear();
    // One flood must not be remembered for ever.
    if (text_.capacity() > kKeptBytes) {
      text_.shrink_to_fit();
      entries_.shrink_to_fit();
    }
  }

 private:
  static constexpr std::size_t kKeptBytes = 1U << 20U;

  std::vector<BundleEntry> entries_;
  std::vector<char> text_;
};

}  // namespace civic
