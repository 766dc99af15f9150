// When a session tries again, and when it gives up.
#include <gtest/gtest.h>

#include <cstddef>

#include "civic/session/session.h"
#include "session/session_world.h"

namespace civic {
namespace {

using Kind = SessionAction::Kind;
using Server = SessionWorld::Server;
using State = ConnectionState;

SessionConfig Unlimited() {
  SessionConfig config = SessionWorld::DefaultConfig();
  config.reconnect.max_attempts = kUnlimitedAttempts;
  return config;
}

TEST(SessionReconnect, WaitsAreWithinTheCeilingOfTheirAttempt) {
  SessionWorld world(Unlimited());
  world.server = Server::kDown;
  world.Connect();
  world.RunFor(3'600'000);
  int expected = 0;
  for (const auto& entry : world.changes) {
    if (!entry.change.retry_in_ms) continue;
    ++expected;
    EXPECT_EQ(entry.change.attempt, expected);
    EXPECT_LT(*entry.change.retry_in_ms, BackoffCeiling({}, expected - 1));
  }
  EXPECT_GT(expected, 100);
  EXPECT_EQ(world.state(), State::kReconnecting);
}

TEST(SessionReconnect, GivesUpAfterTheLastAttempt) {
  SessionWorld world;
  world.server = Server::kDown;
  world.Connect();
  world.RunFor(3'600'000);
  EXPECT_EQ(world.state(), State::kFailed);
  EXPECT_EQ(world.LastChange().error, ErrorCode::kAttemptsExhausted);
  EXPECT_EQ(world.LastChange().code, 1006);
  EXPECT_EQ(world.Opened(), 6U);  // The first and five more.
  EXPECT_EQ(world.session.NextDeadline(), kNever);
}

TEST(SessionReconnect, NoAttemptsAllowedMeansFailedAtTheFirstLoss) {
  SessionConfig config = SessionWorld::DefaultConfig();
  config.reconnect.max_attempts = 0;
  SessionWorld world(config);
  world.BringUp();
  world.Close(1006);
  EXPECT_EQ(world.LastChange().error, ErrorCode::kAttemptsExhausted);
}

TEST(SessionReconnect, SwitchedOffMeansFailedWithTheReasonOfTheLoss) {
  SessionConfig config = SessionWorld::DefaultConfig();
  config.reconnect.enabled = false;
  SessionWorld world(config);
  world.BringUp();
  world.Close(1006);
  EXPECT_EQ(world.state(), State::kFailed);
  EXPECT_EQ(world.LastChange().error, ErrorCode::kConnectionLost);
  world.Resume();
  EXPECT_EQ(world.Opened(), 1U);
}

class SessionExhausted : public testing::Test {
 protected:
  void SetUp() override {
    world_.server = Server::kDown;
    world_.Connect();
    world_.RunFor(600'000);
    ASSERT_EQ(world_.state(), State::kFailed);
    world_.server = Server::kUp;
  }
  void ExpectRestart() {
    EXPECT_EQ(world_.state(), State::kConnecting);
    EXPECT_EQ(world_.LastChange().attempt, 0);
    world_.RunFor(100);
    EXPECT_EQ(world_.state(), State::kConnected);
  }
  SessionWorld world_;
};

TEST_F(SessionExhausted, ConnectStartsAgain) {
  world_.Connect();
  ExpectRestart();
}

TEST_F(SessionExhausted, BecomingVisibleStartsAgain) {
  world_.SetVisible(false);
  world_.SetVisible(true);
  ExpectRestart();
}

TEST_F(SessionExhausted, ComingOnlineStartsAgain) {
  world_.SetOnline(false);
  world_.SetOnline(true);
  ExpectRestart();
}

TEST_F(SessionExhausted, ResumingStartsAgain) {
  world_.Resume();
  ExpectRestart();
}

TEST(SessionReconnect, AShortLivedConnectionDoesNotResetTheAttempts) {
  SessionWorld world;
  world.Connect();
  for (int attempt = 1; attempt <= 5; ++attempt) {
    ASSERT_NE(world.RunUntilState(State::kConnected, 60'000), kNever);
    world.RunFor(4000);
    world.Close(1011);
    EXPECT_EQ(world.LastChange().attempt, attempt);
  }
  ASSERT_NE(world.RunUntilState(State::kConnected, 60'000), kNever);
  world.Close(1011);
  EXPECT_EQ(world.state(), State::kFailed);
}

TEST(SessionReconnect, AStableConnectionResetsTheAttempts) {
  SessionWorld world;
  world.Connect();
  for (int round = 0; round < 20; ++round) {
    ASSERT_NE(world.RunUntilState(State::kConnected, 60'000), kNever);
    world.RunFor(5000);
    world.Close(1011);
    EXPECT_EQ(world.LastChange().attempt, 1);
  }
}

TEST(SessionReconnect, AConnectionThatNeverSaidAnythingIsNotStable) {
  SessionWorld world;
  world.half_open = true;  // Opens, and then nothing.
  world.Connect();
  world.RunFor(600'000);
  EXPECT_EQ(world.state(), State::kFailed);
  EXPECT_EQ(world.LastChange().error, ErrorCode::kAttemptsExhausted);
  EXPECT_EQ(world.Opened(), 6U);
}

TEST(SessionReconnect, ConnectWhileWaitingTriesAtOnceWithFreshAttempts) {
  SessionWorld world;
  world.server = Server::kDown;
  world.Connect();
  world.RunFor(10'000);
  ASSERT_EQ(world.state(), State::kReconnecting);
  world.RunFor(1000);
  const std::size_t opened = world.Opened();
  world.server = Server::kUp;
  world.Connect();
  world.RunFor(1000);
  EXPECT_EQ(world.Opened(), opened + 1);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionOffline, DoesNotTryWhileTheBrowserIsOffline) {
  SessionWorld world;
  world.BringUp();
  world.RunFor(10'000);
  world.SetOnline(false);
  world.Close(1006);
  world.RunFor(3'600'000);
  EXPECT_EQ(world.state(), State::kReconnecting);
  EXPECT_EQ(world.Opened(), 1U);
  EXPECT_EQ(world.session.NextDeadline(), kNever);
  EXPECT_EQ(world.LastChange().retry_in_ms, std::nullopt);
  world.SetOnline(true);
  EXPECT_EQ(world.Opened(), 2U);
  world.RunFor(100);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionOffline, AnAttemptThatFailsOfflineIsNotCounted) {
  SessionWorld world;
  world.server = Server::kDown;
  world.Connect();
  world.SetOnline(false);
  world.RunFor(1000);
  EXPECT_EQ(world.LastChange().attempt, 0);
}

TEST(SessionOffline, ConnectWaitsForTheNetwork) {
  SessionWorld world;
  world.SetOnline(false);
  world.Connect();
  world.RunFor(60'000);
  EXPECT_EQ(world.state(), State::kConnecting);
  EXPECT_EQ(world.Opened(), 0U);
  world.SetOnline(true);
  world.RunFor(100);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionOffline, AServerOnThisMachineNeedsNoNetwork) {
  SessionConfig config = SessionWorld::DefaultConfig();
  config.url = "ws://localhost:3001/ws";
  SessionWorld world(config);
  world.SetOnline(false);
  world.BringUp();
  EXPECT_EQ(world.state(), State::kConnected);
  world.Close(1006);
  world.RunFor(5000);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionOffline, GoingOfflineChecksTheConnectionInsteadOfClosingIt) {
  SessionWorld world;
  world.BringUp();
  world.RunFor(3000);
  world.SetOnline(false);
  EXPECT_EQ(world.Pings(), 1U);
  world.RunFor(4000);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionReconnect, ComingBackTriesAtOnce) {
  SessionWorld world(Unlimited());
  world.server = Server::kDown;
  world.Connect();
  world.SetVisible(false);
  world.RunFor(300'000);
  while (world.session.NextDeadline() - world.now() < 5000 ||
         world.now() - world.Last(Kind::kOpenSocket).at < RetrySchedule::kWakeSpacingMs) {
    world.RunFor(1000);
  }
  const std::size_t opened = world.Opened();
  world.SetVisible(true);
  EXPECT_EQ(world.Opened(), opened + 1);
}

TEST(SessionReconnect, AFlickeringPageTriesAtMostOnceASecond) {
  SessionWorld world(Unlimited());
  world.server = Server::kDown;
  world.Connect();
  world.RunFor(60'000);
  const std::size_t opened = world.Opened();
  for (int i = 0; i < 1000; ++i) {
    world.SetVisible(false);
    world.SetVisible(true);
    world.Resume();
    world.RunFor(10);
  }
  EXPECT_LE(world.Opened() - opened, 11U);
}

TEST(SessionRetryAfter, NoAttemptIsEarlierThanTheServerAskedFor) {
  SessionWorld world;
  world.BringUp();
  world.RetryAfter(20'000);
  const TimeMs asked_at = world.now();
  world.Close(1013);
  EXPECT_GE(*world.LastChange().retry_in_ms, 20'000);
  world.SetVisible(false);
  world.SetVisible(true);
  world.Connect();
  world.SetOnline(false);
  world.SetOnline(true);
  EXPECT_EQ(world.Opened(), 1U);
  world.RunFor(30'000);
  EXPECT_EQ(world.Opened(), 2U);
  EXPECT_GE(world.Last(Kind::kOpenSocket).at, asked_at + 20'000);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionRetryAfter, MovesAnAttemptThatIsAlreadyPlanned) {
  SessionWorld world;
  world.BringUp();
  world.Close(1001);
  world.RetryAfter(60'000);
  EXPECT_GE(*world.LastChange().retry_in_ms, 60'000);
  EXPECT_LE(*world.LastChange().retry_in_ms, 62'000);
  EXPECT_EQ(world.LastChange().error, ErrorCode::kConnectionLost);
  world.RunFor(59'999);
  EXPECT_EQ(world.Opened(), 1U);
  world.RunFor(3000);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionRetryAfter, ClientsThatWereAskedTheSameDoNotComeTogether) {
  SessionWorld one(SessionWorld::DefaultConfig(), 1);
  SessionWorld other(SessionWorld::DefaultConfig(), 2);
  for (SessionWorld* world : {&one, &other}) {
    world->BringUp();
    world->Close(1013);
  }
  EXPECT_NE(*one.LastChange().retry_in_ms, *other.LastChange().retry_in_ms);
}

TEST(SessionRetryAfter, HoldsForAFreshStartToo) {
  SessionConfig config = SessionWorld::DefaultConfig();
  config.reconnect.max_attempts = 0;
  SessionWorld world(config);
  world.BringUp();
  world.RetryAfter(60'000);
  world.Close(1013);
  ASSERT_EQ(world.state(), State::kFailed);
  world.Resume();
  world.RunFor(58'000);
  EXPECT_EQ(world.Opened(), 1U);
  world.RunFor(3000);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionRetryAfter, EndsWithDisconnect) {
  SessionWorld world;
  world.BringUp();
  world.RetryAfter(3'600'000);
  world.Disconnect();
  world.BringUp();
  EXPECT_EQ(world.state(), State::kConnected);
  world.Close(1001);
  EXPECT_LE(*world.LastChange().retry_in_ms, 2000);
}

TEST(SessionRetryAfter, NonsenseIsIgnoredAndExcessIsCut) {
  SessionWorld world;
  world.BringUp();
  for (const double delay : {-1.0, 0.0, kNever - kNever, -kNever}) world.RetryAfter(delay);
  world.Close(1001);
  EXPECT_LE(*world.LastChange().retry_in_ms, 2000);
  world.RetryAfter(kNever);
  EXPECT_LE(*world.LastChange().retry_in_ms, RetrySchedule::kMaxRetryAfterMs + 2000);
}

}  // namespace
}  // namespace civic
