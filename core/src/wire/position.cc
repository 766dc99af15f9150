#include "civic/wire/position.h"

#include <charconv>
#include <system_error>

namespace civic {

std::optional<std::uint64_t> ReadSequenceNumber(std::string_view text, const JsonEntry* entry) {
  constexpr std::uint64_t kLargest = std::uint64_t{1} << 53U;
  if (entry == nullptr || entry->kind != JsonKind::kNumber) {
    return std::nullopt;
  }
  const std::string_view digits = RawValue(text, *entry);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || value > kLargest) {
    return std::nullopt;
  }
  return value;
}

std::optional<EventPosition> ReadEventPosition(const MessageView& message) {
  const auto seq = ReadSequenceNumber(message.text(), message.Find(Field::kSeq));
  const JsonEntry* epoch = message.Find(Field::kEpoch);
  if (!seq || *seq == 0 || epoch == nullptr || epoch->kind != JsonKind::kString ||
      epoch->has_escapes) {
    return std::nullopt;
  }
  EventPosition position{RawString(message.text(), *epoch), *seq, *seq - 1};
  if (position.epoch.empty() || position.epoch.size() > kMaxEpochBytes) {
    return std::nullopt;
  }
  const JsonEntry* previous = message.Find(Field::kPrevious);
  if (previous != nullptr) {
    const auto number = ReadSequenceNumber(message.text(), previous);
    if (!number || *number >= *seq) {
      return std::nullopt;
    }
    position.previous = *number;
  }
  return position;
}

}  // namespace civic
