#include "shrinker.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace civic::simulation {
namespace {

class Shrinker {
 public:
  Shrinker(const Schedule& schedule, const Findings& findings, std::size_t most_runs,
           const std::function<Findings(const Schedule&)>& run)
      : most_runs_(most_runs), run_(run) {
    best_.schedule = schedule;
    best_.findings = findings;
  }

  Shrunk Run() {
    RemoveTail();
    bool is_smaller = true;
    while (is_smaller && best_.runs < most_runs_) {
      const Schedule before = best_.schedule;
      RemoveSteps();
      PlainSettings();
      ShorterTimes();
      SmallerArguments();
      is_smaller = before.steps != best_.schedule.steps || before.setup != best_.schedule.setup;
    }
    return best_;
  }

 private:
  bool Try(const Schedule& candidate) {
    if (best_.runs >= most_runs_ ||
        (candidate.steps == best_.schedule.steps && candidate.setup == best_.schedule.setup)) {
      return false;
    }
    ++best_.runs;
    Findings findings = run_(candidate);
    if (!findings.IsLike(best_.findings)) {
      return false;
    }
    best_.schedule = candidate;
    best_.findings = std::move(findings);
    return true;
  }

  // What comes after the failure is no part of it: halves first, because each is cheap to run.
  void RemoveTail() {
    std::size_t cut = best_.schedule.steps.size() / 2;
    while (cut > 0) {
      Schedule candidate = best_.schedule;
      candidate.steps.resize(candidate.steps.size() - std::min(cut, candidate.steps.size()));
      if (!Try(candidate)) {
        cut /= 2;
      }
    }
  }

  void RemoveSteps() {
    std::size_t length = std::max<std::size_t>(best_.schedule.steps.size() / 2, 1);
    while (true) {
      for (std::size_t begin = 0; begin < best_.schedule.steps.size();) {
        Schedule candidate = best_.schedule;
        const auto first = candidate.steps.begin() + static_cast<std::ptrdiff_t>(begin);
        const std::size_t rest = candidate.steps.size() - begin;
        candidate.steps.erase(first, first + static_cast<std::ptrdiff_t>(std::min(length, rest)));
        if (!Try(candidate)) {
          begin += length;
        }
      }
      if (length == 1) {
        break;
      }
      length = (length + 1) / 2;
    }
  }

  void PlainSettings() {
    const Setup plainest;
    for (const SettingShape& setting : Settings()) {
      Schedule candidate = best_.schedule;
      candidate.setup.*(setting.value) = plainest.*(setting.value);
      Try(candidate);
    }
  }

  // Every pause half as long, then rounder, as long as that still fails.
  void ShorterTimes() {
    for (std::size_t i = 0; i < best_.schedule.steps.size(); ++i) {
      const auto at = [&](std::size_t index) {
        return index == 0 ? 0 : best_.schedule.steps[index - 1].at_ms;
      };
      for (int pause = best_.schedule.steps[i].at_ms - at(i); pause > 0;) {
        const int cut = pause - pause / 2;
        Schedule candidate = best_.schedule;
        for (std::size_t later = i; later < candidate.steps.size(); ++later) {
          candidate.steps[later].at_ms -= cut;
        }
        if (!Try(candidate)) {
          break;
        }
        pause = best_.schedule.steps[i].at_ms - at(i);
      }
    }
  }

  void SmallerArguments() {
    for (std::size_t i = 0; i < best_.schedule.steps.size(); ++i) {
      for (std::size_t arg = 0; arg < best_.schedule.steps[i].args.size(); ++arg) {
        for (const int divisor : {0, 10, 2}) {
          Schedule candidate = best_.schedule;
          int& value = candidate.steps[i].args[arg];
          if (value == 0) {
            break;
          }
          value = divisor == 0 ? 0 : value / divisor;
          if (Try(candidate)) {
            break;
          }
        }
      }
    }
  }

  std::size_t most_runs_;
  const std::function<Findings(const Schedule&)>& run_;
  Shrunk best_;
};

}  // namespace

Shrunk Shrink(const Schedule& schedule, const Findings& findings, std::size_t most_runs,
              const std::function<Findings(const Schedule&)>& run) {
  return Shrinker(schedule, findings, most_runs, run).Run();
}

}  // namespace civic::simulation
