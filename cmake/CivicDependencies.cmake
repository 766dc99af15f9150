# Libraries come from the system; people with open internet and no such packages get them fetched.
include(FetchContent)

FetchContent_Declare(
  nlohmann_json
  GIT_REPOSITORY https://github.com/nlohmann/json.git
  GIT_TAG v3.11.2
  FIND_PACKAGE_ARGS 3.11 NAMES nlohmann_json)

# A cross build looks only into the toolchain's own folders, but nlohmann/json is headers alone: the
# system's copy serves every target, through a folder of its own so that no other system header comes along.
if(CMAKE_CROSSCOMPILING)
  find_path(
    CIVIC_NLOHMANN_INCLUDE_DIR nlohmann/json.hpp
    PATHS /usr/include /usr/local/include
    NO_CMAKE_FIND_ROOT_PATH)
  if(CIVIC_NLOHMANN_INCLUDE_DIR)
    file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/headers")
    file(CREATE_LINK "${CIVIC_NLOHMANN_INCLUDE_DIR}/nlohmann"
         "${CMAKE_BINARY_DIR}/headers/nlohmann" SYMBOLIC)
    add_library(nlohmann_json INTERFACE)
    add_library(nlohmann_json::nlohmann_json ALIAS nlohmann_json)
    target_include_directories(nlohmann_json SYSTEM INTERFACE "${CMAKE_BINARY_DIR}/headers")
  endif()
endif()
if(NOT TARGET nlohmann_json::nlohmann_json)
  FetchContent_MakeAvailable(nlohmann_json)
endif()

if(CIVIC_BUILD_TESTS)
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
