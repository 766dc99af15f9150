// What the command line asks of a replay.
#pragma once

#include <cstdint>
#include <limits>
#include <string>

namespace civic {

struct ReplayOptions {
  std::string file;
  std::uint64_t until = std::numeric_limits<std::uint64_t>::max();  // the last input
  bool has_states = false;                                          // what every input changed
  std::string
      update_file;  // where to write the recording with the states of this engine; "" nowhere
};

inline constexpr const char* kReplayUsage =
    "Usage: npm run replay <file> -- [--until <input>] [--states] [--update <new file>]";

// What is wrong with the arguments, or "".
std::string ReadReplayOptions(int count, const char* const* arguments, ReplayOptions* options);

}  // namespace civic
