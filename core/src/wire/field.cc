#include "civic/wire/field.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace civic {
namespace {

// In the order of the enum. The camelCase spellings follow from these.
constexpr std::array<std::string_view, kFieldCount> kSnakeNames = {
    "",
    "type",
    "topic",
    "data",
    "timestamp",
    "message_id",
    "subscription_id",
    "filters",
    "messages",
    "updates",
    "bill_id",
    "bill_ids",
    "update",
    "update_type",
    "metrics",
    "view_count",
    "save_count",
    "comment_count",
    "share_count",
    "expert_engagement",
    "community_sentiment",
    "controversy_level",
    "discussion_id",
    "comment_id",
    "parent_id",
    "user_id",
    "expert_id",
    "target_id",
    "is_typing",
    "action",
    "vote_type",
    "notification",
    "notification_id",
    "id",
    "title",
    "message",
    "priority",
    "read",
    "clear_all",
    "preferences",
    "error",
    "original_type",
    "retry_after",
    "authenticated",
    "token",
    "code",
    "reason",
    "seq",
    "epoch",
    "since",
    "recovered",
    "from",
    "to",
    "session_id",
    "client_id",
    "heartbeat_interval",
    "limits",
    "token_expiry",
};

constexpr std::size_t kMaxNameBytes = 24;  // Three words hold a whole name.
constexpr int kSlotBits = 9;               // Sparse: most unknown names meet an empty slot.
constexpr std::size_t kSlotCount = std::size_t{1} << kSlotBits;
constexpr std::uint8_t kNoSpelling = 0;

// Little endian.
template <typename Word>
constexpr std::uint64_t Load(const char* bytes) {
  Word word = 0;
  if (!std::is_constant_evaluated() && std::endian::native == std::endian::little) {
    std::memcpy(&word, bytes, sizeof(word));
    return word;
  }
  for (std::size_t i = sizeof(word); i > 0; --i) {
    word = static_cast<Word>((std::uint64_t{word} << 8U) | static_cast<std::uint8_t>(bytes[i - 1]));
  }
  return word;
}

// Three of a name's bytes and its length, mixed. `name` is not empty.
constexpr std::size_t SlotOf(std::string_view name) {
  const std::uint64_t ends = Load<std::uint8_t>(&name.front()) | Load<std::uint8_t>(&name.back())
                                                                     << 8U;
  const std::uint64_t middle = Load<std::uint8_t>(&name[name.size() / 2]);
  const auto mixed = static_cast<std::uint32_t>(ends | middle << 16U | name.size() << 24U);
  return (mixed * 0xc2b2ae35U) >> (32 - kSlotBits);
}

// A name as words that overlap where it is short: names of the same length are equal exactly when
// their words are.
struct Spelling {
  std::uint64_t head = 0;
  std::uint64_t middle = 0;
  std::uint64_t tail = 0;
  std::uint8_t length = 0;
  Field field = Field::kUnknown;

  constexpr bool operator==(std::string_view name) const {
    const char* bytes = name.data();
    if (name.size() != length) return false;
    if (length > 16 && Load<std::uint64_t>(bytes + 8) != middle) return false;
    if (length >= 8) {
      return Load<std::uint64_t>(bytes) == head && Load<std::uint64_t>(bytes + length - 8) == tail;
    }
    if (length >= 4) {
      return Load<std::uint32_t>(bytes) == head && Load<std::uint32_t>(bytes + length - 4) == tail;
    }
    return Load<std::uint8_t>(bytes) == head && Load<std::uint8_t>(bytes + length / 2) == middle &&
           Load<std::uint8_t>(bytes + length - 1) == tail;
  }
};

// `name` has 1 to kMaxNameBytes bytes.
constexpr Spelling Spell(std::string_view name, Field field) {
  const char* bytes = name.data();
  const std::size_t length = name.size();
  Spelling spelling = {.length = static_cast<std::uint8_t>(length), .field = field};
  if (length >= 8) {
    spelling.head = Load<std::uint64_t>(bytes);
    spelling.tail = Load<std::uint64_t>(bytes + length - 8);
    if (length > 16) spelling.middle = Load<std::uint64_t>(bytes + 8);
  } else if (length >= 4) {
    spelling.head = Load<std::uint32_t>(bytes);
    spelling.tail = Load<std::uint32_t>(bytes + length - 4);
  } else {
    spelling.head = Load<std::uint8_t>(bytes);
    spelling.middle = Load<std::uint8_t>(bytes + length / 2);
    spelling.tail = Load<std::uint8_t>(bytes + length - 1);
  }
  return spelling;
}

// Open addressing over all spellings, built by the compiler.
struct SpellingTable {
  std::array<std::uint8_t, kSlotCount>
      slots{};  // Index into `spellings`; kNoSpelling ends a probe.
  std::array<Spelling, 2 * kFieldCount> spellings{};
  std::uint8_t count = 1;

  constexpr void Add(std::string_view name, Field field) {
    spellings[count] = Spell(name, field);
    std::size_t slot = SlotOf(name);
    while (slots[slot] != kNoSpelling) slot = (slot + 1) % kSlotCount;
    slots[slot] = count++;
  }
};

static_assert(2 * kFieldCount < 256);

constexpr SpellingTable BuildTable() {
  SpellingTable table;
  for (std::size_t i = 1; i < kSnakeNames.size(); ++i) {
    const std::string_view snake = kSnakeNames[i];
    std::array<char, kMaxNameBytes> camel{};
    std::size_t length = 0;
    for (std::size_t j = 0; j < snake.size(); ++j) {
      const bool is_word_start = snake[j] == '_';
      if (is_word_start) ++j;
      camel[length++] = is_word_start ? static_cast<char>(snake[j] - 'a' + 'A') : snake[j];
    }
    table.Add(snake, static_cast<Field>(i));
    if (length != snake.size()) {
      table.Add(std::string_view(camel.data(), length), static_cast<Field>(i));
    }
  }
  return table;
}

constexpr SpellingTable kTable = BuildTable();

}  // namespace

Field LookUpField(std::string_view key) {
  if (key.empty()) return Field::kUnknown;
  for (std::size_t slot = SlotOf(key);; slot = (slot + 1) % kSlotCount) {
    const std::uint8_t index = kTable.slots[slot];
    if (index == kNoSpelling) return Field::kUnknown;
    if (kTable.spellings[index] == key) return kTable.spellings[index].field;
  }
}

std::string_view FieldName(Field field) {
  const auto index = static_cast<std::size_t>(field);
  return index < kSnakeNames.size() ? kSnakeNames[index] : std::string_view();
}

}  // namespace civic
