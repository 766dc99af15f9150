# What every target of this project is compiled with.

option(CIVIC_SANITIZE "Address and undefined-behaviour sanitizers" OFF)
option(CIVIC_COVERAGE "Count which lines of core/ run (g++ only; scripts/coverage.mjs reports)" OFF)

function(civic_configure_target target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(
    ${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # Optimizing, g++ 12 sees an overlap in every `"text" + std::string()`:
    # https://gcc.gnu.org/bugzilla/show_bug.cgi?id=105651
    target_compile_options(${target} PRIVATE -Wno-restrict -Wno-unknown-warning-option)
  endif()
  if(CIVIC_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=address,undefined -fno-sanitize-recover=all
                                             -fno-omit-frame-pointer)
    target_link_options(${target} PRIVATE -fsanitize=address,undefined)
    target_compile_definitions(${target} PRIVATE _GLIBCXX_ASSERTIONS)
  endif()
  if(CIVIC_COVERAGE)
    # The tests count too, because the linker may keep their copy of an inline function of the engine.
    # Without the filter, what they count of the libraries would double the time they take to compile.
    target_compile_options(
      ${target} PRIVATE --coverage "-fprofile-filter-files=.*/core/(include|src)/.*")
    target_link_options(${target} PRIVATE --coverage)
  endif()
endfunction()

# The engine and everything that ships with it: no exceptions, no run-time type information.
function(civic_configure_engine_target target)
  civic_configure_target(${target})
  target_compile_options(${target} PRIVATE -fno-exceptions -fno-rtti)
endfunction()
