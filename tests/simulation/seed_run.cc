#include "seed_run.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <mutex>
#include <thread>

namespace civic::simulation {
namespace {

constexpr std::size_t kMostThreads = 1024;
constexpr std::uint64_t kNoSeed = UINT64_MAX;

// For a program that dies: which seeds were running. The one thing here that all threads share.
std::array<std::atomic<std::uint64_t>, kMostThreads> running;

// Only what a signal handler may do.
void TellRunningSeeds(int signal) {
  for (const auto& seed : running) {
    std::uint64_t rest = seed.load();
    if (rest == kNoSeed) {
      continue;
    }
    std::array<char, 32> digits;
    std::size_t at = digits.size();
    digits[--at] = '\n';
    do {
      digits[--at] = static_cast<char>('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    constexpr std::string_view kText = "The program died in seed ";
    // Nothing can be done if this fails.
    [[maybe_unused]] auto written = write(STDERR_FILENO, kText.data(), kText.size());
    written = write(STDERR_FILENO, digits.data() + at, digits.size() - at);
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

}  // namespace

SeedRun RunSeeds(const Options& options, const std::function<void(std::uint64_t)>& progress,
                 const std::function<void(std::uint64_t, const Outcome&)>& each) {
  for (auto& seed : running) {
    seed = kNoSeed;
  }
  for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGILL}) {
    std::signal(signal, TellRunningSeeds);
  }
  SeedRun run;
  std::mutex mutex;
  std::atomic<std::uint64_t> next = 0;
  std::atomic<bool> is_over = false;
  const auto work = [&](std::size_t thread) {
    for (std::uint64_t index = next++; index < options.seeds && !is_over; index = next++) {
      const std::uint64_t seed = options.from + index;
      running[thread] = seed;
      const Outcome outcome = RunSchedule(GenerateSchedule(seed, options.events));
      running[thread] = kNoSeed;
      const std::lock_guard lock(mutex);
      ++run.seeds;
      run.events += outcome.events;
      run.published += outcome.published;
      run.delivered += outcome.delivered;
      run.gaps += outcome.gaps;
      run.findings.Add(outcome.findings);
      if (!outcome.findings.empty()) {
        run.failures.push_back({seed, outcome.findings});
        is_over = options.stops_early;
      }
      each(seed, outcome);
      progress(run.seeds);
    }
  };
  const unsigned wanted =
      options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < std::min<std::size_t>(wanted, kMostThreads); ++thread) {
    threads.emplace_back(work, thread);
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  std::sort(
      run.failures.begin(), run.failures.end(),
      [](const SeedFailure& left, const SeedFailure& right) { return left.seed < right.seed; });
  return run;
}

}  // namespace civic::simulation
