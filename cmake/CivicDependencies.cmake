# Libraries come from the system; people with open internet and no such packages get them fetched.
include(FetchContent)

# The engine reads and writes its own JSON; what tests it compares with an independent opinion.
if(CIVIC_BUILD_TESTS
   OR CIVIC_BUILD_SIMULATION
   OR CIVIC_BUILD_FUZZERS
   OR CIVIC_BUILD_BENCHMARKS)
  FetchContent_Declare(
    nlohmann_json
    GIT_REPOSITORY https://github.com/nlohmann/json.git
    GIT_TAG v3.11.2
    FIND_PACKAGE_ARGS 3.11 NAMES nlohmann_json)
  FetchContent_MakeAvailable(nlohmann_json)
endif()

if(CIVIC_BUILD_TESTS OR CIVIC_BUILD_SIMULATION)
  FetchContent_Declare(
    googletest
    GIT_REPOSITORY https://github.com/google/googletest.git
    GIT_TAG v1.14.0
    FIND_PACKAGE_ARGS NAMES GTest)
  FetchContent_MakeAvailable(googletest)
endif()

if(CIVIC_BUILD_BENCHMARKS)
  FetchContent_Declare(
    benchmark
    GIT_REPOSITORY https://github.com/google/benchmark.git
    GIT_TAG v1.7.1
    FIND_PACKAGE_ARGS)
  FetchContent_MakeAvailable(benchmark)
endif()
