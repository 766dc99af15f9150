// What an engine that records keeps.
#pragma once

#include <cstddef>

namespace civic {

struct RecordingConfig {
  bool is_enabled = false;
  std::size_t max_bytes = 512U << 10U;  // of memory
};

}  // namespace civic
