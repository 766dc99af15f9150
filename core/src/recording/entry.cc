#include "civic/recording/entry.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

namespace civic {
namespace {

static_assert(std::endian::native == std::endian::little, "files are little endian");

constexpr std::uint8_t kSameTime = 0x80;
constexpr std::size_t kMostVarintBytes = 10;
// Far beyond every clock, and exact in a double.
constexpr TimeMs kLatestTime = 1e15;

std::size_t VarintBytes(std::uint64_t number) {
  return (static_cast<std::size_t>(std::bit_width(number | 1U)) + 6) / 7;
}

char* WriteVarint(std::uint64_t number, char* out) {
  for (; number >= 0x80; number >>= 7U) {
    *out++ = static_cast<char>((number & 0x7fU) | 0x80U);
  }
  *out++ = static_cast<char>(number);
  return out;
}

}  // namespace

std::size_t EntryBound(std::span<const InputArgument> arguments) {
  std::size_t bytes = 1 + kMostVarintBytes + sizeof(TimeMs);
  for (const InputArgument& argument : arguments) {
    bytes += kMostVarintBytes + argument.text().size();
  }
  return bytes;
}

char* WriteEntry(RecordedKind kind, const TimeMs* now, std::span<const InputArgument> arguments,
                 char* out) {
  const bool has_time = now != nullptr;
  std::size_t size = has_time ? sizeof(TimeMs) : 0;
  for (const InputArgument& argument : arguments) {
    size += argument.is_text() ? VarintBytes(argument.text().size()) + argument.text().size()
                               : VarintBytes(argument.number());
  }
  *out++ = static_cast<char>(static_cast<std::uint8_t>(kind) | (has_time ? 0U : kSameTime));
  out = WriteVarint(size, out);
  if (has_time) {
    std::memcpy(out, now, sizeof(TimeMs));
    out += sizeof(TimeMs);
  }
  for (const InputArgument& argument : arguments) {
    if (!argument.is_text()) {
      out = WriteVarint(argument.number(), out);
      continue;
    }
    const std::string_view text = argument.text();
    out = WriteVarint(text.size(), out);
    text.copy(out, text.size());
    out += text.size();
  }
  return out;
}

void AppendJsonEntry(RecordedKind kind, std::string_view json, std::string* out) {
  const std::array<InputArgument, 1> arguments = {json};
  const std::size_t begin = out->size();
  out->resize(begin + EntryBound(arguments));
  const char* end = WriteEntry(kind, nullptr, arguments, out->data() + begin);
  out->resize(static_cast<std::size_t>(end - out->data()));
}

bool EntryReader::Next(RecordedEntry* entry) {
  const std::size_t begin = at_;
  if (AtEnd()) {
    return Fail("it ends here");
  }
  const auto first = static_cast<std::uint8_t>(bytes_[at_++]);
  const auto number = static_cast<std::uint8_t>(first & ~kSameTime);
  const RecordedTraits* traits = FindRecordedTraits(number);
  if (traits == nullptr) {
    at_ = begin;
    return Fail(std::to_string(number) + " is no kind of entry");
  }
  const std::string in = " in an entry " + std::string(traits->name);
  std::uint64_t size = 0;
  if (!TakeVarint(bytes_.size(), &size) || size > bytes_.size() - at_) {
    at_ = begin;
    return Fail("the file ends within an entry " + std::string(traits->name));
  }
  const std::size_t end = at_ + static_cast<std::size_t>(size);
  *entry = {};
  entry->traits = traits;
  entry->offset = begin;
  if (traits->is_input()) {
    if ((first & kSameTime) == 0 && !TakeTime(end, &last_time_)) {
      return Fail("there is no usable time" + in);
    }
    has_time_ = has_time_ || (first & kSameTime) == 0;
    if (!has_time_) {
      return Fail("the time of the entry before is asked for, and there is none," + in);
    }
    entry->now = last_time_;
  }
  for (std::size_t i = 0; i < traits->parameter_count; ++i) {
    const Parameter& parameter = traits->parameters[i];
    RecordedEntry::Argument& argument = entry->arguments[i];
    if (!TakeVarint(end, &argument.number)) {
      return Fail(std::string(parameter.name) + " is missing" + in);
    }
    if (parameter.kind == ArgumentKind::kNumber) {
      continue;
    }
    if (argument.number > end - at_) {
      return Fail(std::string(parameter.name) + " is longer than the entry" + in);
    }
    argument.text = bytes_.substr(at_, static_cast<std::size_t>(argument.number));
    at_ += argument.text.size();
  }
  if (at_ != end) {
    return Fail(std::to_string(end - at_) + " bytes too many" + in);
  }
  entry->size = at_ - begin;
  return true;
}

bool EntryReader::Fail(std::string problem) {
  problem_ = std::move(problem);
  return false;
}

bool EntryReader::TakeVarint(std::size_t end, std::uint64_t* number) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && at_ < end; shift += 7) {
    const auto byte = static_cast<std::uint8_t>(bytes_[at_++]);
    value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
    if (byte < 0x80) {
      *number = value;
      return true;
    }
  }
  return false;
}

// Time never goes back.
bool EntryReader::TakeTime(std::size_t end, TimeMs* now) {
  TimeMs time = 0;
  if (end - at_ < sizeof(time)) {
    return false;
  }
  std::memcpy(&time, bytes_.data() + at_, sizeof(time));
  if (!(time >= 0 && time <= kLatestTime) || (has_time_ && time < *now)) {
    return false;
  }
  at_ += sizeof(time);
  *now = time;
  return true;
}

}  // namespace civic
