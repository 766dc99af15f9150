#include "civic/replay/recording.h"

#include <charconv>
#include <utility>

#include "civic/recording/checksum.h"
#include "civic/recording/recorded_kind.h"
#include "civic/wire/json_value.h"

namespace civic {
namespace {

constexpr std::size_t kVersionBytes = 4;

bool ReadWhole(const JsonValue& value, std::uint64_t* number) {
  const std::string text(value.Is(JsonKind::kString) ? value.Text() : std::string(value.raw()));
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  return !text.empty() && error == std::errc() && end == text.data() + text.size();
}

std::string ReadHeader(std::string_view json, Recording* recording) {
  const JsonValue header = JsonValue::Parse(json);
  const JsonValue payloads = header.Find("payloads");
  recording->package = header.Find("package").Text();
  recording->has_payloads = payloads.Is(JsonKind::kTrue);
  if (!ReadWhole(header.Find("seed"), &recording->seed) ||
      !ReadWhole(header.Find("firstInput"), &recording->first_input) || !payloads.is_boolean()) {
    return "the header must have seed and firstInput, which are whole numbers, and payloads, which "
           "is true or false";
  }
  const ConfigProblem problem = ReadEngineConfig(header.Find("config").raw(), &recording->config);
  recording->config.recording.is_enabled = false;
  return problem.empty() ? std::string()
                         : "the header's configuration cannot be used: " + problem.field + " is " +
                               problem.value + ", allowed is " + problem.allowed;
}

// What may follow what. Empty when the entry may.
class Grammar {
 public:
  std::string Take(const RecordedEntry& entry, Recording* recording) {
    if (has_ended_) {
      return "something follows the end";
    }
    if (!has_header_) {
      has_header_ = entry.kind() == RecordedKind::kHeader;
      if (!has_header_) {
        return "it must begin with a header";
      }
      std::string problem = ReadHeader(entry.json(), recording);
      number_ = recording->first_input;
      needs_state_ = !recording->is_complete();
      return problem;
    }
    const std::uint64_t number = number_;
    switch (entry.kind()) {
      case RecordedKind::kHeader:
        return "there is a second header";
      case RecordedKind::kSkipped: {
        std::uint64_t inputs = 0;
        if (!ReadWhole(JsonValue::Parse(entry.json()).Find("inputs"), &inputs) || inputs == 0 ||
            inputs > kMostInputs) {
          return "what was skipped must have inputs, a whole number over 0";
        }
        number_ += inputs;
        needs_state_ = true;
        break;
      }
      case RecordedKind::kState:
        needs_state_ = false;
        break;
      case RecordedKind::kMark:
        break;
      case RecordedKind::kEnd:
        has_ended_ = true;
        return ReadEnd(entry, recording);
      default:
        if (needs_state_) {
          return "a state must come before the input " + std::string(entry.traits->name);
        }
        ++number_;
        break;
    }
    recording->entries.push_back({entry, number});
    return {};
  }

  bool has_ended() const { return has_ended_; }

 private:
  static constexpr std::uint64_t kMostInputs = std::uint64_t{1} << 53U;

  std::string ReadEnd(const RecordedEntry& entry, Recording* recording) const {
    if (!ReadWhole(JsonValue::Parse(entry.json()).Find("inputs"), &recording->inputs)) {
      return "the end must have inputs, a whole number";
    }
    return recording->inputs == number_
               ? std::string()
               : "it says that there were " + std::to_string(recording->inputs) +
                     " inputs, and there are " + std::to_string(number_);
  }

  bool has_header_ = false;
  bool has_ended_ = false;
  bool needs_state_ = false;
  std::uint64_t number_ = 0;
};

}  // namespace

RecordingProblem ReadRecording(std::string_view file, Recording* recording) {
  if (!file.starts_with(kRecordingMagic) || file.size() < kRecordingMagic.size() + kVersionBytes) {
    return {"This is no recording: it does not begin with " + std::string(kRecordingMagic) + ".",
            0};
  }
  std::uint32_t format = 0;
  for (std::size_t i = 0; i < kVersionBytes; ++i) {
    const auto byte = static_cast<std::uint8_t>(file[kRecordingMagic.size() + i]);
    format |= static_cast<std::uint32_t>(byte) << (8 * i);
  }
  if (format != kRecordingFormat) {
    return {"It is of format " + std::to_string(format) + "; this reads format " +
                std::to_string(kRecordingFormat) + ".",
            kRecordingMagic.size()};
  }
  const std::size_t begin = kRecordingMagic.size() + kVersionBytes;
  if (file.size() < begin + kChecksumBytes) {
    return {"The file ends too soon.", file.size()};
  }
  EntryReader reader(file.substr(0, file.size() - kChecksumBytes), begin);
  Grammar grammar;
  RecordedEntry entry;
  while (!reader.AtEnd()) {
    if (!reader.Next(&entry)) {
      return {"The entry cannot be read: " + reader.problem() + ".", reader.offset()};
    }
    const std::string problem = grammar.Take(entry, recording);
    if (!problem.empty()) {
      return {"The entry makes no sense here: " + problem + ".", entry.offset};
    }
  }
  if (!grammar.has_ended()) {
    return {"The file ends too soon: there is no end.", file.size()};
  }
  if (!HasChecksum(file)) {
    return {"The file was damaged: its checksum is not that of what it holds.",
            file.size() - kChecksumBytes};
  }
  return {};
}

}  // namespace civic
