// Validates one JSON text as JSON.parse does and, in the same pass, notes where the members are
// that the message layer reads. It does not build values: an entry is a slice of the text.
//
// What is indexed: the root; the members of the root object (a message); of a message's `update`,
// `data`, `metrics` and `notification` objects, their members; of an `update`'s `data`, its
// members; of a message's `messages` and `updates` arrays, their elements, of which every object is
// a message again. Everything else is one entry whose content is validated and not indexed, so the
// index grows with the number of members of messages and not with what they hold. Members that
// appear twice are all indexed, in order: whoever looks one up takes the last, as JSON.parse does.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "civic/wire/json_entry.h"
#include "civic/wire/scan_error.h"

namespace civic {

// `offset` is the length of the longest prefix of the text that some valid JSON text starts with:
// the offset of the first byte that cannot be right, or the text's size when it ends too soon. It
// is the text's size when there is no error.
struct ScanResult {
  ScanError error;
  std::uint32_t offset;

  bool ok() const { return error == ScanError::kNone; }
  bool operator==(const ScanResult&) const = default;
};

inline constexpr std::size_t kMaxJsonBytes = 0x7fff'ffff;
inline constexpr std::uint32_t kMaxJsonDepth = 65'536;  // Containers open at the same time.
inline constexpr std::uint32_t kMaxIndexedDepth = 16;   // Deeper containers are not indexed.

// Owns the index and nothing else; the text stays the caller's, who keeps it while reading entries.
// Never reads outside the text. Allocates only when a text has more entries than any before it.
class JsonScanner {
 public:
  // Scans with the widest instructions of the target.
  ScanResult Scan(std::string_view text);

  // The same without SIMD: equal results and entries for every text.
  ScanResult ScanScalar(std::string_view text);

  // The entries of the last text, the root first; none if it was not valid. Valid until the next
  // call of anything else.
  std::span<const JsonEntry> entries() const { return {storage_.data(), entry_count_}; }

  // Gives back memory after a text with unusually many entries. Forgets the entries.
  void ReleaseExcess();

 private:
  template <typename Block>
  ScanResult ScanWith(std::string_view text);

  std::vector<JsonEntry> storage_;  // The first `entry_count_` are in use; the rest is room.
  std::size_t entry_count_ = 0;
  // One bit for each open container that is not indexed: 1 is an object, 0 an array.
  std::array<std::uint64_t, kMaxJsonDepth / 64> open_containers_{};
};

}  // namespace civic
