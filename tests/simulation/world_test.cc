// The whole world under the sanitizers, and that a seed is all it takes to see a run again.
#include "world.h"

#include <gtest/gtest.h>

#include <string>

namespace civic::simulation {
namespace {

std::string Told(const Findings& findings) {
  std::string text;
  for (const std::string& told : findings.told()) {
    text += told + "\n";
  }
  return text;
}

TEST(World, NothingIsLostUnderFaults) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Outcome outcome = RunSchedule(GenerateSchedule(seed, 300));
    EXPECT_TRUE(outcome.findings.empty()) << "seed " << seed << "\n" << Told(outcome.findings);
    EXPECT_GT(outcome.published, 0U);
  }
}

TEST(World, TheSameSeedGivesTheSameRun) {
  for (std::uint64_t seed = 100; seed < 110; ++seed) {
    const Schedule schedule = GenerateSchedule(seed, 300);
    const Outcome first = RunSchedule(schedule);
    const Outcome second = RunSchedule(schedule);
    EXPECT_EQ(first.digest, second.digest) << seed;
    EXPECT_EQ(first.events, second.events) << seed;
  }
}

TEST(World, AnotherSeedGivesAnother) {
  EXPECT_NE(RunSchedule(GenerateSchedule(1, 300)).digest,
            RunSchedule(GenerateSchedule(2, 300)).digest);
}

// What breaks nothing must be seen as nothing, or the figures mean nothing.
TEST(World, AWorldWithoutFaultsDeliversEverythingAndTellsNoGap) {
  Schedule schedule;
  schedule.seed = 7;
  schedule.steps.push_back({0, StepKind::kSubscribe, {0, 0, 0, 0}});
  for (int i = 1; i <= 100; ++i) {
    schedule.steps.push_back({1000 + 10 * i, StepKind::kPublish, {0, 1, 0, 20}});
  }
  World world(schedule);
  const Outcome outcome = world.Run();
  EXPECT_TRUE(outcome.findings.empty()) << Told(outcome.findings);
  EXPECT_EQ(outcome.gaps, 0U);
  EXPECT_EQ(outcome.delivered, 104U) << "a hundred, and those that everybody gets in the end";
}

TEST(World, WhatTheServerLosesOnTheWayIsReplayed) {
  Schedule schedule;
  schedule.steps = {{0, StepKind::kSubscribe, {0, 0, 0, 0}},
                    {1000, StepKind::kDropEvents, {0, 3}},
                    {1001, StepKind::kPublish, {0, 5, 0, 20}}};
  const Outcome outcome = World(schedule).Run();
  EXPECT_TRUE(outcome.findings.empty()) << Told(outcome.findings);
  EXPECT_EQ(outcome.delivered, 9U);
  EXPECT_EQ(outcome.gaps, 1U) << "one hole, one event, though it was recovered";
}

TEST(World, WhatIsGoneForGoodIsOneGap) {
  Schedule schedule;
  schedule.setup.history = 0;
  schedule.steps = {{0, StepKind::kSubscribe, {0, 0, 0, 0}},
                    {1000, StepKind::kDropEvents, {0, 3}},
                    {1001, StepKind::kPublish, {0, 3, 0, 20}},
                    {2000, StepKind::kPublish, {0, 1, 0, 20}}};
  const Outcome outcome = World(schedule).Run();
  EXPECT_TRUE(outcome.findings.empty()) << Told(outcome.findings);
  EXPECT_EQ(outcome.gaps, 1U);
}

}  // namespace
}  // namespace civic::simulation
