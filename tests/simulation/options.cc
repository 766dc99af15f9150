#include "options.h"

#include <charconv>
#include <string_view>

namespace civic::simulation {
namespace {

template <typename Number>
std::string ReadWhole(std::string_view name, std::string_view text, Number least, Number most,
                      Number* number) {
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, *number);
  if (result.ec == std::errc() && result.ptr == end && *number >= least && *number <= most) {
    return {};
  }
  std::string sentence(name);
  sentence += " is ";
  sentence += text;
  return sentence + "; allowed is a whole number from " + std::to_string(least) + " to " +
         std::to_string(most) + ".";
}

}  // namespace

std::string Options::Parse(std::span<const char* const> arguments) {
  constexpr std::uint64_t kMostSeeds = 1'000'000'000'000;
  std::string fault;
  for (std::size_t i = 0; i < arguments.size() && fault.empty(); ++i) {
    const std::string_view name = arguments[i];
    if (name == "--verbose") {
      is_verbose = true;
      continue;
    }
    if (name == "--herd") {
      is_herd = true;
      continue;
    }
    if (name == "--stop-early") {
      stops_early = true;
      continue;
    }
    const std::string_view value = i + 1 < arguments.size() ? arguments[++i] : "";
    if (name == "--seeds") {
      fault = ReadWhole<std::uint64_t>(name, value, 1, kMostSeeds, &seeds);
    } else if (name == "--from") {
      fault = ReadWhole<std::uint64_t>(name, value, 0, kMostSeeds, &from);
    } else if (name == "--events") {
      fault = ReadWhole(name, value, 1, 1'000'000, &events);
    } else if (name == "--threads") {
      fault = ReadWhole(name, value, 1U, 1024U, &threads);
    } else if (name == "--shrink-runs") {
      fault = ReadWhole<std::size_t>(name, value, 0, 1'000'000, &shrink_runs);
    } else if (name == "--script") {
      script = value;
      fault = value.empty() ? "--script needs the name of a file." : "";
    } else if (name == "--failures") {
      failures = value;
      fault = value.empty() ? "--failures needs the name of a folder." : "";
    } else {
      fault = "There is no option " + std::string(name) +
              ". The options are --seeds, --from, --events, --threads, --shrink-runs, --script, "
              "--failures, --stop-early, --verbose and --herd.";
    }
  }
  return fault;
}

}  // namespace civic::simulation
