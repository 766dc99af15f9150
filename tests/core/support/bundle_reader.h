// Reads a bundle as docs/architecture.md describes it. Shares nothing with the code that writes it,
// so that a change of the layout cannot pass unnoticed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace civic {

struct DecodedEntry {
  std::uint32_t kind = 0;
  std::uint32_t key = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t count = 0;
  std::uint32_t extra = 0;
  std::string_view text;
};

struct DecodedBundle {
  std::uint32_t page = 0;
  double now = 0;
  std::vector<double> counters;
  std::vector<DecodedEntry> entries;
};

// Entry kinds and cell kinds by their numbers in the document.
namespace wire_number {
inline constexpr std::uint32_t kTopicOpened = 1;
inline constexpr std::uint32_t kTopicClosed = 2;
inline constexpr std::uint32_t kCellChanged = 3;
inline constexpr std::uint32_t kConnection = 4;
inline constexpr std::uint32_t kEvent = 5;
inline constexpr std::uint32_t kDelivery = 6;
inline constexpr std::uint32_t kCommandResult = 7;
inline constexpr std::uint32_t kError = 8;
inline constexpr std::uint32_t kTokenWanted = 9;
inline constexpr std::uint32_t kGuarantee = 10;
inline constexpr std::uint32_t kFigures = 11;
inline constexpr std::uint32_t kUpdatesCell = 1;
inline constexpr std::uint32_t kEngagementCell = 2;
}  // namespace wire_number

class BundleReader {
 public:
  // Returns what is wrong with the bytes; "" when all is well. Texts are views of `bytes`.
  static std::string Read(std::span<const char> bytes, DecodedBundle* bundle) {
    constexpr std::size_t kHeaderBytes = 64;
    constexpr std::size_t kEntryBytes = 32;
    if (bytes.size() < kHeaderBytes) {
      return "shorter than a header";
    }
    if (std::string_view(bytes.data(), 4) != "CVB1") {
      return "wrong magic";
    }
    if (Word(bytes, 1) != bytes.size()) {
      return "byte length is not the length";
    }
    const std::size_t entry_count = Word(bytes, 2);
    const std::size_t entries_at = Word(bytes, 3);
    const std::size_t counters_at = Word(bytes, 4);
    const std::size_t counter_count = Word(bytes, 5);
    if (entries_at % 4 != 0 || entries_at + entry_count * kEntryBytes > bytes.size()) {
      return "entries are outside the bundle";
    }
    if (counters_at % 8 != 0 || counters_at + counter_count * 8 > bytes.size()) {
      return "counters are outside the bundle or not aligned";
    }
    bundle->page = Word(bytes, 6);
    bundle->now = Double(bytes, 32);
    bundle->counters.clear();
    for (std::size_t i = 0; i < counter_count; ++i) {
      bundle->counters.push_back(Double(bytes, counters_at + 8 * i));
    }
    bundle->entries.clear();
    for (std::size_t i = 0; i < entry_count; ++i) {
      const std::size_t at = entries_at / 4 + 8 * i;
      const std::size_t text_at = Word(bytes, at + 5);
      const std::size_t text_size = Word(bytes, at + 6);
      if (text_at + text_size > bytes.size()) {
        return "a text is outside the bundle";
      }
      bundle->entries.push_back({Word(bytes, at), Word(bytes, at + 1), Word(bytes, at + 2),
                                 Word(bytes, at + 3), Word(bytes, at + 4), Word(bytes, at + 7),
                                 std::string_view(bytes.data() + text_at, text_size)});
    }
    return "";
  }

 private:
  static std::uint32_t Word(std::span<const char> bytes, std::size_t index) {
    std::uint32_t word;
    std::memcpy(&word, bytes.data() + 4 * index, sizeof(word));
    return word;
  }
  static double Double(std::span<const char> bytes, std::size_t offset) {
    double number;
    std::memcpy(&number, bytes.data() + offset, sizeof(number));
    return number;
  }
};

}  // namespace civic
