// The program behind `npm run simulate`: runs seeds or a script, says what was found, and makes a
// failure short enough to be read. Exit code 1: something was found. 2: it was asked wrongly.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <span>
#include <string>

#include "herd.h"
#include "options.h"
#include "seed_run.h"
#include "shrinker.h"
#include "world.h"

namespace civic::simulation {
namespace {

void PrintFigures(const Findings& findings) {
  for (std::size_t kind = 0; kind < kFindingKindCount; ++kind) {
    std::cout << FindingName(static_cast<FindingKind>(kind)) << ": "
              << findings.count(static_cast<FindingKind>(kind)) << "\n";
  }
}

void PrintTold(const Findings& findings) {
  for (const std::string& told : findings.told()) {
    std::cout << "  " << told << "\n";
  }
}

void TellFailure(const Options& options, const SeedFailure& failure) {
  const Schedule schedule = GenerateSchedule(failure.seed, options.events);
  std::cout << "\nSeed " << failure.seed << " fails:\n";
  PrintTold(failure.findings);
  std::cout << "  To see it again: npm run simulate -- --seeds 1 --from " << failure.seed;
  if (options.events != Options().events) {
    std::cout << " --events " << options.events;
  }
  std::cout << "\n";
  if (options.shrink_runs == 0) {
    return;
  }
  const Shrunk shrunk =
      Shrink(schedule, failure.findings, options.shrink_runs,
             [](const Schedule& candidate) { return RunSchedule(candidate).findings; });
  std::filesystem::create_directories(options.failures);
  const std::string file = options.failures + "/" + std::to_string(failure.seed) + ".script";
  std::string text = "# npm run simulate -- --verbose --script " + file + "\n";
  for (const std::string& told : shrunk.findings.told()) {
    text += "# " + told + "\n";
  }
  text += shrunk.schedule.Print();
  std::ofstream(file) << text;
  std::cout << "  Shrunk from " << schedule.steps.size() << " steps to "
            << shrunk.schedule.steps.size() << " in " << shrunk.runs << " runs:\n\n"
            << text << std::flush;
}

int RunAllSeeds(const Options& options) {
  const auto begin = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  double told_at = 0;
  const auto progress = [&](std::uint64_t done) {
    constexpr double kEverySeconds = 2;
    if (seconds() - told_at >= kEverySeconds) {
      told_at = seconds();
      std::cerr << "  " << done << " of " << options.seeds << " seeds …\n";
    }
  };
  const auto each = [&](std::uint64_t seed, const Outcome& outcome) {
    if (options.is_verbose) {
      std::printf("seed %llu: %016llx\n", static_cast<unsigned long long>(seed),
                  static_cast<unsigned long long>(outcome.digest));
    }
  };
  const SeedRun run = RunSeeds(options, progress, each);
  if (!options.stops_early) {
    for (std::size_t i = 0; i < run.failures.size() && i < options.most_failures; ++i) {
      TellFailure(options, run.failures[i]);
    }
  }
  if (run.failures.size() > (options.stops_early ? 0 : options.most_failures)) {
    std::cout << "\nSeeds that fail:";
    for (std::size_t i = 0; i < run.failures.size() && i < 50; ++i) {
      std::cout << " " << run.failures[i].seed;
    }
    std::cout << "\n";
  }
  std::printf(
      "\n%llu schedules of %d steps (seeds %llu to %llu) in %.0f s: %llu events, %llu published, "
      "%llu delivered, %llu gaps told, %zu schedules failed\n",
      static_cast<unsigned long long>(run.seeds), options.events,
      static_cast<unsigned long long>(options.from),
      static_cast<unsigned long long>(options.from + options.seeds - 1), seconds(),
      static_cast<unsigned long long>(run.events), static_cast<unsigned long long>(run.published),
      static_cast<unsigned long long>(run.delivered), static_cast<unsigned long long>(run.gaps),
      run.failures.size());
  std::fflush(stdout);
  PrintFigures(run.findings);
  return run.failures.empty() ? 0 : 1;
}

int RunScript(const Options& options) {
  std::ifstream file(options.script);
  if (!file) {
    std::cerr << "There is no file " << options.script << ".\n";
    return 2;
  }
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  Schedule schedule;
  const std::string fault = schedule.Parse(text);
  if (!fault.empty()) {
    std::cerr << options.script << ": " << fault << "\n";
    return 2;
  }
  const Outcome outcome = World(schedule, options.is_verbose ? &std::cout : nullptr).Run();
  std::cout << "\n" << schedule.steps.size() << " steps, " << outcome.events << " events\n";
  PrintTold(outcome.findings);
  PrintFigures(outcome.findings);
  return outcome.findings.empty() ? 0 : 1;
}

int TellHerd() {
  constexpr std::size_t kMostAttempts = 100;
  const HerdSetup setup;
  const HerdReport report = RunHerd(setup);
  std::printf(
      "%d clients lost their server for %.0f s and made %zu attempts.\n"
      "connection attempts in the worst 100 ms after the outage: %zu (at most %zu are allowed)\n"
      "connection attempts in the worst 100 ms during the outage: %zu\n"
      "the last one was back after %.1f s\n"
      "given up: %d\n",
      setup.clients, setup.outage_ms / 1000, report.attempts, report.peak_after_outage,
      kMostAttempts, report.peak_during_outage, report.last_ms / 1000, report.given_up);
  return report.peak_after_outage <= kMostAttempts && report.given_up == 0 ? 0 : 1;
}

}  // namespace
}  // namespace civic::simulation

int main(int argument_count, char** arguments) {
  civic::simulation::Options options;
  const std::string fault = options.Parse(
      std::span<const char* const>(arguments, static_cast<std::size_t>(argument_count)).subspan(1));
  if (!fault.empty()) {
    std::cerr << fault << "\n";
    return 2;
  }
  if (options.is_herd) {
    return civic::simulation::TellHerd();
  }
  return options.script.empty() ? civic::simulation::RunAllSeeds(options)
                                : civic::simulation::RunScript(options);
}
