// Counts the allocations of the whole test program.
#pragma once

#include <cstddef>

namespace civic {

// How often `operator new` has run so far.
std::size_t AllocationCount();
// What was allocated and is not freed.
std::size_t LiveBytes();

}  // namespace civic
