// A recording as it is in a file, taken apart and checked. See docs/recording.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/engine_config.h"
#include "civic/recording/entry.h"

namespace civic {

// What is wrong with a file: one sentence, and the byte where it is.
struct RecordingProblem {
  std::string what;
  std::size_t offset = 0;

  bool empty() const { return what.empty(); }
};

// Borrows the file's bytes.
struct Recording {
  // An entry, and how many inputs there were before it since the engine was made.
  struct Entry {
    RecordedEntry entry;
    std::uint64_t number = 0;
  };

  std::string package;  // version of the package that recorded
  std::uint64_t seed = 0;
  std::uint64_t first_input = 0;
  bool has_payloads = true;
  EngineConfig config;
  std::vector<Entry> entries;  // without header and end
  std::uint64_t inputs = 0;    // ever, as the end says

  // Begins where the engine began, so that cells are as they were, too.
  bool is_complete() const { return first_input == 0; }
};

// `recording` is meaningful only if there is no problem.
RecordingProblem ReadRecording(std::string_view file, Recording* recording);

}  // namespace civic
