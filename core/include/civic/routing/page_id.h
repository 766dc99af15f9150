// The number of a reader of the engine: a tab, a test, a server rendering.
#pragma once

#include <cstdint>

namespace civic {

// Given by the engine, starting at 1, never used again.
using PageId = std::uint32_t;

}  // namespace civic
