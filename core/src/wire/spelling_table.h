// A set of names, each in snake_case and camelCase, looked up without a loop over bytes.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace civic {

inline constexpr std::size_t kMaxSpelledNameBytes = 32;  // four words hold a whole name

// A name as words that overlap where it is short. Together with the length they determine it.
struct NameWords {
  std::array<std::uint64_t, 4> words = {};
  std::size_t length = 0;

  constexpr bool operator==(const NameWords&) const = default;

  constexpr std::uint64_t Hash() const {
    const std::uint64_t mixed = (words[0] ^ std::rotl(words[3], 23)) + length;
    return mixed * 0x9e3779b97f4a7c15ULL;
  }
};

template <typename Word>
constexpr Word LoadWord(const char* bytes) {
  if (!std::is_constant_evaluated() && std::endian::native == std::endian::little) {
    Word word;
    std::memcpy(&word, bytes, sizeof(word));
    return word;
  }
  Word word = 0;
  for (std::size_t i = 0; i < sizeof(Word); ++i) {
    word |= static_cast<Word>(static_cast<Word>(static_cast<unsigned char>(bytes[i])) << (8 * i));
  }
  return word;
}

// `name` has 1 to kMaxSpelledNameBytes bytes.
constexpr NameWords LoadName(std::string_view name) {
  const char* bytes = name.data();
  const std::size_t length = name.size();
  NameWords name_words;
  auto& words = name_words.words;
  name_words.length = length;
  if (length >= 8) {
    words[0] = LoadWord<std::uint64_t>(bytes);
    words[3] = LoadWord<std::uint64_t>(bytes + length - 8);
    if (length > 16) {
      words[1] = LoadWord<std::uint64_t>(bytes + 8);
      if (length > 24) {
        words[2] = LoadWord<std::uint64_t>(bytes + 16);
      }
    }
  } else if (length >= 4) {
    words[0] = LoadWord<std::uint32_t>(bytes);
    words[3] = LoadWord<std::uint32_t>(bytes + length - 4);
  } else {
    words[0] = LoadWord<std::uint8_t>(bytes);
    words[1] = LoadWord<std::uint8_t>(bytes + length / 2);
    words[3] = LoadWord<std::uint8_t>(bytes + length - 1);
  }
  return name_words;
}

// Open addressing over all spellings, built by the compiler. Name 0 is "" and means "none of them".
// `kSlots` is a power of two, sparse enough that an unknown name mostly meets an empty slot.
template <std::size_t kNames, std::size_t kSlots>
class SpellingTable {
 public:
  explicit constexpr SpellingTable(const std::array<std::string_view, kNames>& snake_names) {
    for (std::size_t i = 1; i < kNames; ++i) {
      const std::string_view snake = snake_names[i];
      std::array<char, kMaxSpelledNameBytes> camel{};
      std::size_t length = 0;
      for (std::size_t j = 0; j < snake.size(); ++j) {
        const bool is_word_start = snake[j] == '_';
        if (is_word_start) {
          ++j;
        }
        camel[length++] = is_word_start ? static_cast<char>(snake[j] - 'a' + 'A') : snake[j];
      }
      Add(snake, i);
      if (length != snake.size()) {
        Add(std::string_view(camel.data(), length), i);
      }
    }
  }

  // The index of the name in either spelling; 0 for every other text.
  constexpr std::size_t LookUp(std::string_view text) const {
    if (text.empty() || text.size() > kMaxSpelledNameBytes) {
      return 0;
    }
    const NameWords words = LoadName(text);
    for (std::size_t slot = SlotOf(words); slots_[slot] != kEmpty; slot = (slot + 1) % kSlots) {
      const Spelling& spelling = spellings_[slots_[slot]];
      if (spelling.words == words) {
        return spelling.name;
      }
    }
    return 0;
  }

 private:
  static_assert(std::has_single_bit(kSlots));
  static_assert(2 * kNames < 256);
  static constexpr std::uint8_t kEmpty = 0;

  struct Spelling {
    NameWords words;
    std::size_t name = 0;
  };

  static constexpr std::size_t SlotOf(const NameWords& words) {
    return static_cast<std::size_t>(words.Hash() >> (64U - std::countr_zero(kSlots)));
  }

  constexpr void Add(std::string_view text, std::size_t name) {
    spellings_[count_] = {LoadName(text), name};
    std::size_t slot = SlotOf(spellings_[count_].words);
    while (slots_[slot] != kEmpty) {
      slot = (slot + 1) % kSlots;
    }
    slots_[slot] = count_++;
  }

  std::array<std::uint8_t, kSlots> slots_{};
  std::array<Spelling, 2 * kNames> spellings_{};
  std::uint8_t count_ = 1;
};

}  // namespace civic
