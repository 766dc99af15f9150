// A tab that nobody looks at is woken once a minute. That is no reason to think the server dead.
#include <gtest/gtest.h>

#include "world.h"

namespace civic::simulation {
namespace {

constexpr DurationMs kMinute = 60'000;

class HiddenTab : public testing::TestWithParam<int> {
 protected:
  static Schedule Plain() {
    Schedule schedule;
    schedule.setup.dialect = GetParam();
    return schedule;
  }
};

TEST_P(HiddenTab, FifteenMinutesWithOneWakeUpAMinute) {
  World world(Plain());
  Client& client = world.client(0);
  client.Connect();
  ASSERT_TRUE(world.RunFor(5000));
  client.SetWakeUpInterval(kMinute);
  client.Hide(0, 15 * kMinute);
  ASSERT_TRUE(world.RunFor(15 * kMinute + 10'000));
  EXPECT_EQ(client.self_inflicted_closes(), 0U);
  EXPECT_EQ(client.opened(), 1U);
  EXPECT_EQ(client.engine().connection_state(), ConnectionState::kConnected);
}

// Some systems let nothing run in between, so that the timer comes before the pong it waits for.
TEST_P(HiddenTab, FifteenMinutesFrozenButForOneMomentAMinute) {
  for (int waking_order = 0; waking_order < 3; ++waking_order) {
    World world(Plain());
    Client& client = world.client(0);
    client.Connect();
    ASSERT_TRUE(world.RunFor(5000));
    client.Hide(0, 20 * kMinute);
    for (int minute = 0; minute < 15; ++minute) {
      client.Freeze(kMinute - 100, waking_order);
      ASSERT_TRUE(world.RunFor(kMinute));
    }
    EXPECT_EQ(client.self_inflicted_closes(), 0U) << "waking order " << waking_order;
    EXPECT_EQ(client.opened(), 1U);
    EXPECT_EQ(client.engine().connection_state(), ConnectionState::kConnected);
  }
}

INSTANTIATE_TEST_SUITE_P(BothDialects, HiddenTab, testing::Values(1, 2));

}  // namespace
}  // namespace civic::simulation
