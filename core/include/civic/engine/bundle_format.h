// The layout of a bundle: one buffer with everything that changed for one page. Little endian.
// Words are 32 bits. See docs/architecture.md, "The bundle"; js/src/engine/abi.ts mirrors this
// file.
#pragma once

#include <cstdint>

namespace civic {

inline constexpr std::uint32_t kBundleMagic = 0x31425643;  // "CVB1"
inline constexpr std::uint32_t kBundleHeaderWords = 16;

struct BundleHeader {
  std::uint32_t magic;
  std::uint32_t byte_length;
  std::uint32_t entry_count;
  std::uint32_t entries_offset;   // bytes from the start of the bundle
  std::uint32_t counters_offset;  // bytes from the start of the bundle
  std::uint32_t counter_count;    // doubles
  std::uint32_t page;
  std::uint32_t reserved;
  double now_ms;
  std::uint32_t unused[6];
};
static_assert(sizeof(BundleHeader) == kBundleHeaderWords * sizeof(std::uint32_t));

enum class EntryKind : std::uint32_t {
  kTopicOpened = 1,
  kTopicClosed = 2,
  kCellChanged = 3,
  kConnection = 4,
  kEvent = 5,
  kDelivery = 6,
  kCommandResult = 7,
  kError = 8,
  kTokenWanted = 9,
  kGuarantee = 10,  // of a topic: exactly-ordered when `a` is 1, best-effort when it is 0
  kFigures = 11,    // what ReportFigures() asked for
};

struct BundleEntry {
  EntryKind kind;
  std::uint32_t key;
  std::uint32_t a;
  std::uint32_t b;
  std::uint32_t count;
  std::uint32_t text_offset;  // bytes from the start of the bundle
  std::uint32_t text_length;
  std::uint32_t extra;
};
static_assert(sizeof(BundleEntry) == 8 * sizeof(std::uint32_t));

}  // namespace civic
