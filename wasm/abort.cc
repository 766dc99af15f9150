// What the standard library calls before it gives up. Its own version prints a sentence, and with it
// comes the C library's printing of numbers.
#include <__verbose_abort>
#include <cstdlib>

void std::__libcpp_verbose_abort(const char*, ...) noexcept { std::abort(); }
