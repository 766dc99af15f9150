// One entry of a recording as bytes:
//
//   kind      1 byte; 0x80 is set when the time is that of the entry before
//   size      varint: bytes of what follows
//   time      a double, unless 0x80 is set or the kind is none of an input
//   arguments numbers as varint, texts as varint and bytes
//
// Varints are LEB128, everything else is little endian.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "civic/engine/time.h"
#include "civic/recording/recorded_kind.h"

namespace civic {

// What a call of the engine was given, apart from the time.
class InputArgument {
 public:
  // Implicit, so that a list of them reads as the call's own arguments.
  template <std::integral Number>
  InputArgument(Number number)  // NOLINT(google-explicit-constructor)
      : number_(static_cast<std::uint64_t>(number)) {}
  InputArgument(std::string_view text)  // NOLINT(google-explicit-constructor)
      : text_(text), is_text_(true) {}

  bool is_text() const { return is_text_; }
  std::uint64_t number() const { return number_; }
  std::string_view text() const { return text_; }

 private:
  std::uint64_t number_ = 0;
  std::string_view text_;
  bool is_text_ = false;
};

// At least as many bytes as the entry takes.
std::size_t EntryBound(std::span<const InputArgument> arguments);

// Writes the entry where there is room for EntryBound() and returns its end. `now` is null when the
// time is that of the entry before.
char* WriteEntry(RecordedKind kind, const TimeMs* now, std::span<const InputArgument> arguments,
                 char* out);
// An entry whose only argument is JSON.
void AppendJsonEntry(RecordedKind kind, std::string_view json, std::string* out);

struct RecordedEntry {
  struct Argument {
    std::uint64_t number = 0;
    std::string_view text;
  };

  const RecordedTraits* traits = nullptr;
  TimeMs now = 0;  // of an input
  std::array<Argument, RecordedTraits::kMostParameters> arguments;
  std::size_t offset = 0;  // of its first byte
  std::size_t size = 0;

  RecordedKind kind() const { return traits->kind; }
  // Of an entry that is no input.
  std::string_view json() const { return arguments[0].text; }
};

// Takes bytes apart into entries, which borrow them.
class EntryReader {
 public:
  explicit EntryReader(std::string_view bytes, std::size_t begin = 0) : bytes_(bytes), at_(begin) {}

  bool AtEnd() const { return at_ == bytes_.size(); }
  // False when what is there is no entry; problem() then says why.
  bool Next(RecordedEntry* entry);

  std::size_t offset() const { return at_; }
  const std::string& problem() const { return problem_; }

 private:
  bool Fail(std::string problem);
  bool TakeVarint(std::size_t end, std::uint64_t* number);
  bool TakeTime(std::size_t end, TimeMs* now);

  std::string_view bytes_;
  std::size_t at_;
  TimeMs last_time_ = 0;
  bool has_time_ = false;
  std::string problem_;
};

}  // namespace civic
