// What remains of a failing schedule is what makes it fail.
#include "shrinker.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace civic::simulation {
namespace {

// Fails when a cut of client 1 comes before a restart, on a server with few events of history.
Findings Fails(const Schedule& schedule) {
  Findings findings;
  const auto cut = std::find_if(schedule.steps.begin(), schedule.steps.end(), [](const Step& step) {
    return step.kind == StepKind::kCut && step.args[0] == 1;
  });
  const bool is_restarted = std::any_of(
      cut, schedule.steps.end(), [](const Step& step) { return step.kind == StepKind::kRestart; });
  if (is_restarted && schedule.setup.history < 10) {
    findings.Add(FindingKind::kLost, "something");
  }
  return findings;
}

Schedule LongFailure() {
  for (std::uint64_t seed = 1;; ++seed) {
    Schedule schedule = GenerateSchedule(seed, 1000);
    if (!Fails(schedule).empty()) {
      return schedule;
    }
  }
}

TEST(Shrinker, LeavesWhatMatters) {
  const Schedule schedule = LongFailure();
  const Shrunk shrunk = Shrink(schedule, Fails(schedule), 5000, Fails);
  ASSERT_EQ(shrunk.schedule.steps.size(), 2U);
  EXPECT_EQ(shrunk.schedule.steps[0].kind, StepKind::kCut);
  EXPECT_EQ(shrunk.schedule.steps[1].kind, StepKind::kRestart);
  EXPECT_EQ(shrunk.schedule.steps[1].at_ms, 0);
  simulation::Setup plain;
  plain.history = schedule.setup.history;
  EXPECT_EQ(shrunk.schedule.setup, plain);
  EXPECT_FALSE(shrunk.findings.empty());
  EXPECT_FALSE(Fails(shrunk.schedule).empty());
}

TEST(Shrinker, KeepsToItsRuns) {
  const Schedule schedule = LongFailure();
  std::size_t runs = 0;
  const Shrunk shrunk = Shrink(schedule, Fails(schedule), 10, [&](const Schedule& candidate) {
    ++runs;
    return Fails(candidate);
  });
  EXPECT_EQ(runs, 10U);
  EXPECT_EQ(shrunk.runs, 10U);
}

TEST(Shrinker, AnotherFailureIsNotTheSame) {
  const Schedule schedule = LongFailure();
  const Shrunk shrunk = Shrink(schedule, Fails(schedule), 100, [](const Schedule&) {
    Findings findings;
    findings.Add(FindingKind::kStuckEngine, "something else");
    return findings;
  });
  EXPECT_EQ(shrunk.schedule.steps, schedule.steps);
}

}  // namespace
}  // namespace civic::simulation
