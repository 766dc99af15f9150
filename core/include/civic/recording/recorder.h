// Keeps the last inputs of an engine in a bounded number of bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/time.h"
#include "civic/recording/entry.h"
#include "civic/recording/recorded_kind.h"
#include "civic/recording/recording_config.h"
#include "civic/recording/token_list.h"

namespace civic {

struct ExportOptions {
  bool has_payloads = true;  // false: what people wrote is replaced
};

// Two segments, each half of the bytes. When one is full the older is dropped and the next begins
// with the state of the engine, so that a replay can begin there. An input that is too large to be
// kept is skipped, and the state after it takes its place. Where states themselves are too large,
// everything is skipped, and counted, until one fits.
//
// An input costs a copy of its bytes; a state or a mark is asked for so rarely that it costs less.
class Recorder {
 public:
  // `config_json` is what the engine's configuration was read from.
  Recorder(const RecordingConfig& config, std::string_view config_json, std::uint64_t seed);

  // What is wanted before an input of so many bytes is added.
  enum class Wanted : std::uint8_t { kNothing, kMark, kState };
  Wanted WantedBefore(std::span<const InputArgument> arguments);

  // The engine's state as it is before the next input.
  void AddState(std::string_view json);
  // `cost` is how many bytes were looked at to make the mark.
  void AddMark(std::string_view json, std::size_t cost);
  void Add(RecordedKind kind, TimeMs now, std::span<const InputArgument> arguments);
  // Of the last input.
  TimeMs last_time() const { return last_time_; }

  TokenList& tokens() { return tokens_; }

  // The whole recording as a file. The state and the mark are those of now.
  std::string Export(const ExportOptions& options, std::string_view state_json,
                     std::string_view mark_json) const;

 private:
  struct Segment {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
    std::uint64_t first_input = 0;
    std::uint64_t age = 0;

    std::string_view view() const { return {bytes.get(), size}; }
  };

  // Inputs that were left out since the last entry.
  struct Skipped {
    std::uint64_t inputs = 0;
    std::size_t bytes = 0;
    std::size_t state_bytes = 0;     // of a state that did not fit
    std::size_t next_try_bytes = 0;  // when `bytes` come to this, a state is tried again
    RecordedKind first = RecordedKind::kHeader;
  };

  // `noted_inputs`: skipped ones that the segment begins with.
  void BeginSegment(std::uint64_t noted_inputs);
  void Keep(RecordedKind kind, TimeMs now, std::span<const InputArgument> arguments);
  void Append(RecordedKind kind, const TimeMs* now, std::span<const InputArgument> arguments);
  bool HasRoom(std::size_t bytes) const { return newer_.size + bytes <= segment_bytes_; }
  static std::string Print(const Skipped& skipped);

  static constexpr std::size_t kMarkEveryBytes = 16U << 10U;

  std::size_t segment_bytes_;
  std::string config_json_;  // without secrets
  std::vector<std::string> secrets_;
  std::uint64_t seed_;
  TokenList tokens_;
  Segment older_;
  Segment newer_;
  std::uint64_t inputs_ = 0;  // ever, skipped ones too
  TimeMs last_time_ = 0;
  bool is_same_segment_ = false;  // the last entry with a time is in it
  Skipped skipped_;
  std::size_t bytes_since_mark_ = 0;
  std::size_t mark_due_bytes_ = kMarkEveryBytes;
};

}  // namespace civic
