// Telling a dead connection from a silent one.
#include <gtest/gtest.h>

#include <cstddef>

#include "civic/session/session.h"
#include "session/session_world.h"

namespace civic {
namespace {

using Kind = SessionAction::Kind;
using State = ConnectionState;

constexpr DurationMs kMinute = 60'000;
constexpr DurationMs kHour = 60 * kMinute;
constexpr DurationMs kDay = 24 * kHour;

SessionConfig OnlyHeartbeat() {
  SessionConfig config = SessionWorld::DefaultConfig();
  config.heartbeat.idle_probe_ms = 0;
  return config;
}

TEST(SessionHeartbeat, ASilentHealthyConnectionIsNeverClosed) {
  for (const bool visible : {true, false}) {
    SessionWorld world;
    world.BringUp();
    world.SetVisible(visible);
    world.RunFor(kDay);
    EXPECT_EQ(world.Closed(), 0U);
    EXPECT_EQ(world.Opened(), 1U);
    EXPECT_EQ(world.state(), State::kConnected);
    EXPECT_EQ(world.session.quality(), ConnectionQuality::kExcellent);
  }
}

TEST(SessionHeartbeat, AHiddenPagePingsOncePerInterval) {
  SessionWorld world;
  world.BringUp();
  world.SetVisible(false);
  world.RunFor(kHour);
  EXPECT_EQ(world.Pings(), 120U);
}

TEST(SessionHeartbeat, AVisiblePagePingsAfterFiveSecondsOfSilence) {
  SessionWorld world;
  world.BringUp();
  world.RunFor(4000);
  EXPECT_EQ(world.Pings(), 0U);
  world.RunFor(100);
  EXPECT_EQ(world.Pings(), 1U);
}

TEST(SessionHeartbeat, TheIdleProbeCanBeSwitchedOff) {
  SessionWorld world(OnlyHeartbeat());
  world.BringUp();
  world.RunFor(29'000);
  EXPECT_EQ(world.Pings(), 0U);
  world.RunFor(100);
  EXPECT_EQ(world.Pings(), 1U);
}

TEST(SessionHeartbeat, ABusyConnectionIsPingedOnlyToMeasureIt) {
  SessionWorld world;
  world.BringUp();
  for (int i = 0; i < 3600; ++i) {
    world.Frame();
    world.RunFor(1000);
  }
  EXPECT_EQ(world.Pings(), 120U);
  EXPECT_GT(world.session.round_trip().samples(), 100);
}

TEST(SessionHeartbeat, AnyFrameIsASignOfLife) {
  SessionWorld world;
  world.answers_pings = false;
  world.BringUp();
  for (int i = 0; i < 3600; ++i) {
    world.Frame();
    world.RunFor(4900);
  }
  EXPECT_EQ(world.Closed(), 0U);
}

TEST(SessionHeartbeat, SwitchedOffNeverPingsAndNeverCloses) {
  SessionConfig config = SessionWorld::DefaultConfig();
  config.heartbeat.enabled = false;
  SessionWorld world(config);
  world.BringUp();
  world.half_open = true;
  world.RunFor(kDay);
  world.Resume();
  world.RunFor(kHour);
  EXPECT_EQ(world.Pings(), 0U);
  EXPECT_EQ(world.state(), State::kConnected);
  EXPECT_EQ(world.session.NextDeadline(), kNever);
}

// The connection dies at any moment between two heartbeats.
TEST(SessionHeartbeat, AHalfOpenConnectionIsFoundInTime) {
  for (DurationMs moment = 0; moment <= 31'000; moment += 330) {
    for (const bool visible : {true, false}) {
      SessionWorld world;
      world.BringUp();
      world.SetVisible(visible);
      world.RunFor(moment);
      world.half_open = true;
      const DurationMs took = world.RunUntilState(State::kReconnecting, kHour);
      EXPECT_LE(took, visible ? 10'100 : 35'100) << moment;
      EXPECT_EQ(world.Last(Kind::kCloseSocket).action.code, 4408);
      EXPECT_EQ(world.Last(Kind::kCloseSocket).action.reason, "heartbeat timeout");
      EXPECT_GE(world.Last(Kind::kCloseSocket).at, world.Last(Kind::kSendPing).at + 5000);
    }
  }
}

TEST(SessionHeartbeat, ADeadConnectionIsReplacedWithoutWaitingForItsCloseEvent) {
  SessionWorld world;
  world.BringUp();
  world.RunFor(kMinute);
  world.half_open = true;
  ASSERT_NE(world.RunUntilState(State::kReconnecting, kMinute), kNever);
  EXPECT_EQ(world.changes.back().change.error, ErrorCode::kHeartbeatTimeout);
  world.half_open = false;
  EXPECT_LE(world.RunUntilState(State::kConnected, kMinute), 2100);
  EXPECT_EQ(world.sockets.size(), 1U);
}

TEST(SessionHeartbeat, AfterASleepAHealthyConnectionStays) {
  SessionWorld world;
  world.BringUp();
  for (int i = 0; i < 50; ++i) {
    world.RunFor(1000.0 * i);
    world.Sleep(kHour);
    world.Advance();
    world.RunFor(kMinute);
  }
  EXPECT_EQ(world.Closed(), 0U);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionHeartbeat, ASleepWithAPingOnItsWayIsNotSilence) {
  SessionWorld world;
  world.BringUp();
  while (world.Pings() == 0) world.RunFor(10);
  world.Sleep(kHour);
  world.Advance();  // The pong is queued behind this.
  EXPECT_EQ(world.Closed(), 0U);
  world.RunFor(kMinute);
  EXPECT_EQ(world.Closed(), 0U);
}

TEST(SessionHeartbeat, AfterASleepADeadConnectionIsFoundByTheNextProbe) {
  SessionWorld world;
  world.BringUp();
  world.half_open = true;
  world.Sleep(kHour);
  world.Advance();
  EXPECT_EQ(world.Closed(), 0U);
  EXPECT_LE(world.RunUntilState(State::kReconnecting, kMinute), 5010);
}

class SessionWake : public testing::TestWithParam<const char*> {
 protected:
  // As a browser does it: the page was away, and comes back.
  static void WakeUp(SessionWorld& world, std::string_view how) {
    if (how == "Visible") {
      world.SetVisible(true);
    } else if (how == "Online") {
      world.SetOnline(true);
    } else {
      world.Resume();
    }
  }
  static void GoAway(SessionWorld& world, std::string_view how) {
    if (how == "Visible") world.SetVisible(false);
    if (how == "Online") world.SetOnline(false);
  }
};

TEST_P(SessionWake, FindsADeadConnectionWithinThreeSeconds) {
  for (const bool advance_first : {false, true}) {
    for (const DurationMs before : {0.0, 4'990.0, 7'000.0, 29'995.0}) {
      SessionWorld world;
      world.BringUp();
      GoAway(world, GetParam());
      world.RunFor(before);
      world.half_open = true;
      world.Sleep(kHour);
      if (advance_first) world.Advance();
      WakeUp(world, GetParam());
      EXPECT_EQ(world.Closed(), 0U);
      EXPECT_LE(world.RunUntilState(State::kReconnecting, kMinute), 3010) << before;
    }
  }
}

TEST_P(SessionWake, FindsADeadConnectionWithAPingOnItsWay) {
  SessionWorld world;
  world.BringUp();
  GoAway(world, GetParam());
  world.half_open = true;
  const std::size_t pings = world.Pings();
  while (world.Pings() == pings) world.RunFor(10);
  world.Sleep(kHour);
  WakeUp(world, GetParam());
  world.Advance();
  EXPECT_EQ(world.Closed(), 0U);
  EXPECT_LE(world.RunUntilState(State::kReconnecting, kMinute), 3010);
}

TEST_P(SessionWake, KeepsAHealthyConnection) {
  for (const bool advance_first : {false, true}) {
    SessionWorld world;
    world.BringUp();
    for (int i = 0; i < 50; ++i) {
      GoAway(world, GetParam());
      world.RunFor(1000.0 * i);
      world.Sleep(kHour);
      if (advance_first) world.Advance();
      WakeUp(world, GetParam());
      world.RunFor(kMinute);
    }
    EXPECT_EQ(world.Closed(), 0U);
  }
}

TEST_P(SessionWake, DoesNotProbeWhatWasHeardAMomentAgo) {
  SessionWorld world;
  world.BringUp();
  GoAway(world, GetParam());
  world.Frame();
  const std::size_t pings = world.Pings();
  world.RunFor(900);
  WakeUp(world, GetParam());
  EXPECT_EQ(world.Pings(), pings);
}

TEST_P(SessionWake, ConnectsAtOnceWhenTheLossIsToldRightAfterIt) {
  SessionWorld world;
  world.BringUp();
  GoAway(world, GetParam());
  world.Sleep(kHour);
  WakeUp(world, GetParam());
  world.RunFor(5);
  const std::size_t attempts = world.Opened();
  world.Close(1006);
  EXPECT_EQ(world.Opened(), attempts + 1) << "without waiting for the backoff";
}

INSTANTIATE_TEST_SUITE_P(By, SessionWake, testing::Values("Visible", "Online", "Resume"),
                         [](const auto& how) { return std::string(how.param); });

TEST(SessionHeartbeat, FlickeringVisibilityDoesNotPutOffTheVerdict) {
  SessionWorld world;
  world.BringUp();
  world.RunFor(3000);
  world.half_open = true;
  const TimeMs dead_at = world.now();
  while (world.state() == State::kConnected && world.now() - dead_at < kMinute) {
    world.SetVisible(false);
    world.SetVisible(true);
    world.RunFor(500);
  }
  EXPECT_LE(world.now() - dead_at, 10'000);
}

TEST(SessionHeartbeat, ThrottledTimersCloseNothing) {
  SessionWorld world;
  world.BringUp();
  world.SetVisible(false);
  world.timer_step_ms = kMinute;
  world.RunFor(kDay);
  EXPECT_EQ(world.Closed(), 0U);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionHeartbeat, ThrottledTimersStillFindADeadConnection) {
  SessionWorld world;
  world.BringUp();
  world.SetVisible(false);
  world.timer_step_ms = kMinute;
  world.RunFor(kHour);
  world.half_open = true;
  EXPECT_LE(world.RunUntilState(State::kReconnecting, kHour), 5 * kMinute);
}

TEST(SessionQuality, IsReportedWhenItChanges) {
  SessionWorld world;
  world.BringUp();
  EXPECT_EQ(world.session.quality(), ConnectionQuality::kGood);
  world.RunFor(10'000);
  EXPECT_EQ(world.session.quality(), ConnectionQuality::kExcellent);
  EXPECT_EQ(world.LastChange().quality, ConnectionQuality::kExcellent);
  EXPECT_EQ(world.LastChange().state, State::kConnected);
  EXPECT_EQ(world.LastChange().previous, State::kConnected);
  const std::size_t changes = world.changes.size();
  world.RunFor(kHour);
  EXPECT_EQ(world.changes.size(), changes);
  world.one_way_ms = 400;
  world.RunFor(10 * kMinute);
  EXPECT_EQ(world.session.quality(), ConnectionQuality::kPoor);
  world.one_way_ms = 100;
  world.RunFor(10 * kMinute);
  EXPECT_EQ(world.session.quality(), ConnectionQuality::kGood);
}

TEST(SessionQuality, FallsBeforeTheConnectionIsCalledDead) {
  SessionWorld world;
  world.BringUp();
  world.RunFor(kMinute);
  world.half_open = true;
  ASSERT_NE(world.RunUntilState(State::kReconnecting, kMinute), kNever);
  const auto& warning = world.changes[world.changes.size() - 2];
  EXPECT_EQ(warning.change.state, State::kConnected);
  EXPECT_EQ(warning.change.quality, ConnectionQuality::kPoor);
  EXPECT_LE(warning.at, world.now() - 3900);
  EXPECT_EQ(world.session.quality(), ConnectionQuality::kDisconnected);
}

TEST(SessionQuality, ANewConnectionIsMeasuredAnew) {
  SessionWorld world;
  world.one_way_ms = 1000;
  world.Connect();
  world.RunFor(kMinute);
  ASSERT_EQ(world.session.quality(), ConnectionQuality::kPoor);
  world.Close(1006);
  world.one_way_ms = 10;
  ASSERT_NE(world.RunUntilState(State::kConnected, kMinute), kNever);
  EXPECT_EQ(world.session.quality(), ConnectionQuality::kGood);
}

}  // namespace
}  // namespace civic
