#include "civic/recording/recorder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "civic/wire/json_value.h"
#include "civic/wire/json_writer.h"

namespace civic {
namespace {

// Of a segment, what one input and what a state may take.
constexpr std::size_t kInputShare = 4;
constexpr std::size_t kStateShare = 4;
// A state that did not fit is tried again after so many times its bytes were skipped.
constexpr std::size_t kStateSpacing = 8;
// A mark is made when so many times the bytes it costs have been kept.
constexpr std::size_t kMarkSpacing = 8;

// The configuration with a URL that holds no secrets, which are appended to `secrets`.
std::string ReadableConfig(std::string_view config_json, std::vector<std::string>* secrets) {
  const JsonValue config = JsonValue::Parse(config_json);
  const JsonValue url = config.Find("url");
  if (!url.Is(JsonKind::kString)) {
    return std::string(config_json);
  }
  const std::string text = url.Text();
  for (const auto& [begin, size] : FindSecrets(text)) {
    if (size >= TokenRedaction::kShortestSearched) {
      secrets->push_back(text.substr(begin, size));
    }
  }
  std::string json(
      config_json.substr(0, static_cast<std::size_t>(url.raw().data() - config_json.data())));
  AppendJsonString(WithoutSecrets(text), &json);
  json += config_json.substr(static_cast<std::size_t>(url.raw().data() - config_json.data()) +
                             url.raw().size());
  return json;
}

}  // namespace

Recorder::Recorder(const RecordingConfig& config, std::string_view config_json, std::uint64_t seed)
    : segment_bytes_(config.max_bytes / 2), seed_(seed) {
  config_json_ = ReadableConfig(config_json, &secrets_);
  BeginSegment(0);
}

Recorder::Wanted Recorder::WantedBefore(std::span<const InputArgument> arguments) {
  if (skipped_.inputs > 0) {
    return skipped_.bytes >= skipped_.next_try_bytes ? Wanted::kState : Wanted::kNothing;
  }
  const std::size_t bound = EntryBound(arguments);
  if (!HasRoom(bound)) {
    return bound > segment_bytes_ / kInputShare ? Wanted::kNothing : Wanted::kState;
  }
  return bytes_since_mark_ >= mark_due_bytes_ ? Wanted::kMark : Wanted::kNothing;
}

void Recorder::AddState(std::string_view json) {
  const std::array<InputArgument, 1> arguments = {json};
  const std::size_t bound = EntryBound(arguments);
  if (bound > segment_bytes_ / kStateShare) {
    skipped_.state_bytes = json.size();
    skipped_.next_try_bytes = skipped_.bytes + kStateSpacing * json.size();
    return;
  }
  const Skipped skipped = std::exchange(skipped_, {});
  const std::string note = skipped.inputs > 0 ? Print(skipped) : std::string();
  const std::array<InputArgument, 1> note_arguments = {std::string_view(note)};
  if (!HasRoom(bound + (note.empty() ? 0 : EntryBound(note_arguments)))) {
    BeginSegment(skipped.inputs);
  }
  if (!note.empty()) {
    Append(RecordedKind::kSkipped, nullptr, note_arguments);
  }
  Append(RecordedKind::kState, nullptr, arguments);
  bytes_since_mark_ = 0;
}

void Recorder::AddMark(std::string_view json, std::size_t cost) {
  bytes_since_mark_ = 0;
  mark_due_bytes_ = std::max(kMarkEveryBytes, cost * kMarkSpacing);
  const std::array<InputArgument, 1> arguments = {json};
  if (HasRoom(EntryBound(arguments))) {
    Append(RecordedKind::kMark, nullptr, arguments);
  }
}

void Recorder::Add(RecordedKind kind, TimeMs now, std::span<const InputArgument> arguments) {
  if (kind == RecordedKind::kConnect || kind == RecordedKind::kProvideToken) {
    // The token comes last.
    std::vector<InputArgument> redacted(arguments.begin(), arguments.end());
    const std::string stand_in = tokens_.StandIn(redacted.back().text());
    redacted.back() = std::string_view(stand_in);
    return Keep(kind, now, redacted);
  }
  Keep(kind, now, arguments);
}

void Recorder::Keep(RecordedKind kind, TimeMs now, std::span<const InputArgument> arguments) {
  ++inputs_;
  const std::size_t bound = EntryBound(arguments);
  const bool is_too_large = bound > segment_bytes_ / kInputShare;
  if (skipped_.inputs > 0 || is_too_large || !HasRoom(bound)) {
    skipped_.first = skipped_.inputs == 0 ? kind : skipped_.first;
    ++skipped_.inputs;
    skipped_.bytes += bound;
    last_time_ = now;
    is_same_segment_ = false;
    return;
  }
  const bool is_same_time = is_same_segment_ && now == last_time_;
  last_time_ = now;
  is_same_segment_ = true;
  Append(kind, is_same_time ? nullptr : &last_time_, arguments);
}

void Recorder::BeginSegment(std::uint64_t noted_inputs) {
  std::swap(older_, newer_);
  if (newer_.bytes == nullptr) {
    newer_.bytes = std::make_unique_for_overwrite<char[]>(segment_bytes_);
  }
  newer_.size = 0;
  newer_.first_input = inputs_ - noted_inputs;
  tokens_.BeginAge();
  newer_.age = tokens_.age();
  for (const std::string& secret : secrets_) {
    tokens_.StandIn(secret);
  }
  // A segment may mention what was known when it began.
  tokens_.ForgetBefore(older_.age == 0 ? 0 : older_.age - 1);
  is_same_segment_ = false;
}

void Recorder::Append(RecordedKind kind, const TimeMs* now,
                      std::span<const InputArgument> arguments) {
  char* begin = newer_.bytes.get() + newer_.size;
  const auto bytes = static_cast<std::size_t>(WriteEntry(kind, now, arguments, begin) - begin);
  newer_.size += bytes;
  bytes_since_mark_ += bytes;
}

}  // namespace civic
