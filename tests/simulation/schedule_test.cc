// A script says everything a schedule says.
#include "schedule.h"

#include <gtest/gtest.h>

namespace civic::simulation {
namespace {

TEST(Schedule, ComesBackFromItsText) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Schedule schedule = GenerateSchedule(seed, 200);
    ASSERT_EQ(schedule.steps.size(), 200U);
    Schedule parsed;
    ASSERT_EQ(parsed.Parse(schedule.Print()), "");
    EXPECT_EQ(parsed.seed, schedule.seed);
    EXPECT_EQ(parsed.setup, schedule.setup);
    EXPECT_EQ(parsed.steps, schedule.steps);
  }
}

TEST(Schedule, EveryKindOfStepComesUp) {
  std::array<bool, kStepKindCount> seen = {};
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    for (const Step& step : GenerateSchedule(seed, 500).steps) {
      seen[static_cast<std::size_t>(step.kind)] = true;
    }
  }
  for (std::size_t kind = 0; kind < kStepKindCount; ++kind) {
    EXPECT_TRUE(seen[kind]) << ShapeOf(static_cast<StepKind>(kind)).name;
  }
}

TEST(Schedule, StepsOfAScriptAreSortedAndLinesWithAHashAreLeftOut) {
  Schedule schedule;
  EXPECT_EQ(schedule.Parse("# why\nseed 5\nset clients 2\n\n20 cut client=1\n10 cut client=0\n"),
            "");
  EXPECT_EQ(schedule.seed, 5U);
  EXPECT_EQ(schedule.setup.clients, 2);
  ASSERT_EQ(schedule.steps.size(), 2U);
  EXPECT_EQ(schedule.steps[0].at_ms, 10);
  EXPECT_EQ(schedule.steps[1].args[0], 1);
}

TEST(Schedule, SaysWhichLineIsWrong) {
  Schedule schedule;
  EXPECT_EQ(schedule.Parse("seed five"), "Line 1: A seed is a whole number, this is `five`.");
  EXPECT_EQ(schedule.Parse("seed 1\nset colour 3"),
            "Line 2: There is no such setting, or its value is no number: `colour 3`.");
  EXPECT_EQ(schedule.Parse("0 cut client=1\n5 explode"),
            "Line 2: A step is `ms name argument=number …`, this is `5 explode`.");
  EXPECT_NE(schedule.Parse("0 cut page=1"), "");
  EXPECT_NE(schedule.Parse("0 cut client=x"), "");
}

}  // namespace
}  // namespace civic::simulation
