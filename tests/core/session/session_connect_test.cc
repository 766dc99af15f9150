// Connecting, disconnecting, and whose events count.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "civic/session/session.h"
#include "session/session_world.h"

namespace civic {
namespace {

using Kind = SessionAction::Kind;
using State = ConnectionState;

std::vector<State> States(const SessionWorld& world) {
  std::vector<State> states;
  for (const auto& entry : world.changes) {
    if (entry.change.state != entry.change.previous) states.push_back(entry.change.state);
  }
  return states;
}

TEST(SessionConnect, BeginsDisconnectedAndIdle) {
  SessionWorld world;
  world.RunFor(3'600'000);
  EXPECT_EQ(world.state(), State::kDisconnected);
  EXPECT_EQ(world.session.quality(), ConnectionQuality::kDisconnected);
  EXPECT_EQ(world.session.NextDeadline(), kNever);
  EXPECT_TRUE(world.actions.empty());
}

TEST(SessionConnect, ConnectsAndReportsIt) {
  SessionWorld world;
  world.Connect();
  ASSERT_EQ(world.actions.size(), 1U);
  const SessionAction& open = world.actions[0].action;
  EXPECT_EQ(open.kind, Kind::kOpenSocket);
  EXPECT_EQ(open.url, "wss://bills.example/ws");
  EXPECT_EQ(open.protocols,
            (std::vector<std::string>{"civic-engagement-v1", "civic-engagement-v2"}));
  EXPECT_FALSE(world.session.CanSend());
  world.RunFor(100);
  EXPECT_TRUE(world.session.CanSend());
  EXPECT_EQ(world.session.socket(), open.socket);
  EXPECT_EQ(States(world), (std::vector{State::kConnecting, State::kConnected}));
  EXPECT_EQ(world.LastChange().quality, ConnectionQuality::kGood);
}

TEST(SessionConnect, ConnectingTwiceIsConnectingOnce) {
  SessionWorld world;
  world.Connect();
  world.Connect();
  world.RunFor(100);
  world.Connect();
  world.RunFor(100);
  EXPECT_EQ(world.Opened(), 1U);
  EXPECT_EQ(world.changes.size(), 2U);
}

TEST(SessionConnect, AFailedFirstAttemptIsRetriedAsReconnecting) {
  SessionWorld world;
  world.server = SessionWorld::Server::kDown;
  world.Connect();
  world.RunFor(50);
  EXPECT_EQ(world.state(), State::kReconnecting);
  EXPECT_EQ(world.LastChange().error, ErrorCode::kSocketFailed);
  EXPECT_EQ(world.LastChange().attempt, 1);
  world.server = SessionWorld::Server::kUp;
  world.RunFor(3000);
  EXPECT_EQ(States(world),
            (std::vector{State::kConnecting, State::kReconnecting, State::kConnected}));
}

TEST(SessionConnect, ASocketThatNeitherOpensNorClosesIsGivenUp) {
  SessionWorld world;
  world.server = SessionWorld::Server::kBlackHole;
  world.Connect();
  world.RunFor(9'999);
  EXPECT_EQ(world.Closed(), 0U);
  world.RunFor(1);
  ASSERT_EQ(world.Closed(), 1U);
  EXPECT_EQ(world.Last(Kind::kCloseSocket).action.code, 4408);
  EXPECT_EQ(world.Last(Kind::kCloseSocket).action.reason, "connect timeout");
  EXPECT_EQ(world.LastChange().error, ErrorCode::kSocketFailed);
  world.server = SessionWorld::Server::kUp;
  world.RunFor(3000);
  EXPECT_EQ(world.state(), State::kConnected);
  EXPECT_EQ(world.Opened(), 2U);
}

TEST(SessionConnect, ASleepWhileOpeningIsNotATimeout) {
  SessionWorld world;
  world.Connect();
  world.Sleep(3'600'000);
  world.Advance();  // Before the browser delivers the queued open event.
  EXPECT_EQ(world.Closed(), 0U);
  world.RunFor(0);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionConnect, EventsOfOlderSocketsAreIgnored) {
  SessionWorld world;
  world.BringUp();
  const SocketId old_socket = world.session.socket();
  world.Close(1006);
  world.RunFor(5000);
  ASSERT_EQ(world.state(), State::kConnected);
  const SocketId socket = world.session.socket();
  EXPECT_GT(socket, old_socket);
  const std::size_t changes = world.changes.size();
  world.Close(old_socket, 4003);
  world.Close(kNoSocket, 4003);
  world.Close(socket + 1, 4003);
  world.session.SocketOpened(old_socket, "", world.now());
  world.session.SocketOpened(socket, "", world.now());
  EXPECT_EQ(world.state(), State::kConnected);
  EXPECT_EQ(world.changes.size(), changes);
  EXPECT_EQ(world.session.socket(), socket);
}

TEST(SessionConnect, FramesOfOlderSocketsAreNoSignOfLife) {
  SessionWorld world;
  world.BringUp();
  const SocketId old_socket = world.session.socket();
  world.Close(1006);
  world.RunFor(5000);
  world.half_open = true;
  for (int i = 0; i < 20; ++i) {
    world.session.FrameReceived(old_socket, world.now());
    world.RunFor(1000);
  }
  EXPECT_EQ(world.Last(Kind::kCloseSocket).action.reason, "heartbeat timeout");
}

TEST(SessionConnect, ASocketThatClosesTwiceIsOneFailure) {
  SessionWorld world;
  world.BringUp();
  const SocketId socket = world.session.socket();
  world.Close(socket, 1006);  // What a host makes of the error event.
  world.Close(socket, 1006);  // And of the close event that follows it.
  EXPECT_EQ(world.LastChange().attempt, 1);
  world.RunFor(5000);
  EXPECT_EQ(world.state(), State::kConnected);
  EXPECT_EQ(world.Opened(), 2U);
}

TEST(SessionDisconnect, WhenConnectedClosesNormally) {
  SessionWorld world;
  world.BringUp();
  const SocketId socket = world.session.socket();
  world.Disconnect();
  EXPECT_EQ(world.state(), State::kDisconnected);
  EXPECT_EQ(world.session.quality(), ConnectionQuality::kDisconnected);
  EXPECT_EQ(world.Last(Kind::kCloseSocket).action.socket, socket);
  EXPECT_EQ(world.Last(Kind::kCloseSocket).action.code, 1000);
  EXPECT_TRUE(world.sockets.empty());
  world.Close(socket, 1006);
  world.RunFor(3'600'000);
  EXPECT_EQ(world.state(), State::kDisconnected);
  EXPECT_EQ(world.Opened(), 1U);
}

TEST(SessionDisconnect, WhileConnectingClosesTheSocket) {
  SessionWorld world;
  world.Connect();
  world.Disconnect();
  world.RunFor(60'000);  // The open event of the closed socket comes through.
  EXPECT_EQ(world.state(), State::kDisconnected);
  EXPECT_EQ(world.Closed(), 1U);
}

TEST(SessionDisconnect, TakesBackActionsThatWereNotPerformedYet) {
  Random random(1);
  Session session(SessionWorld::DefaultConfig(), random);
  session.Connect(std::nullopt, 1000);
  session.Disconnect();
  SessionAction action;
  EXPECT_FALSE(session.PollAction(&action));
}

TEST(SessionDisconnect, WhileWaitingCancelsTheAttempt) {
  SessionWorld world;
  world.BringUp();
  world.Close(1006);
  world.Disconnect();
  world.RunFor(3'600'000);
  EXPECT_EQ(world.state(), State::kDisconnected);
  EXPECT_EQ(world.Opened(), 1U);
}

TEST(SessionDisconnect, WhileATokenIsAwaitedForgetsTheRequest) {
  SessionConfig config = SessionWorld::DefaultConfig();
  config.token_on_demand = true;
  SessionWorld world(config);
  world.Connect();
  world.Disconnect();
  world.RunFor(60'000);  // The answer comes through.
  EXPECT_EQ(world.state(), State::kDisconnected);
  EXPECT_EQ(world.Opened(), 0U);
}

TEST(SessionDisconnect, WhileAuthenticatingClosesTheSocket) {
  SessionConfig config = SessionWorld::DefaultConfig();
  config.auth = AuthMode::kMessage;
  SessionWorld world(config);
  world.auth = SessionWorld::Answer::kNone;
  world.BringUp("a-token");
  ASSERT_EQ(world.Count(Kind::kSendAuth), 1U);
  world.Disconnect();
  world.session.AuthConfirmed(true, -1, world.now());
  world.RunFor(60'000);
  EXPECT_EQ(world.state(), State::kDisconnected);
  EXPECT_EQ(world.Closed(), 1U);
}

TEST(SessionDisconnect, LeavesFailed) {
  SessionWorld world;
  world.BringUp();
  world.Close(4003);
  world.Disconnect();
  EXPECT_EQ(world.state(), State::kDisconnected);
  world.Disconnect();
  EXPECT_EQ(world.changes.back().change.previous, State::kFailed);
}

TEST(SessionDisconnect, StaysDisconnectedWhenThePageComesBack) {
  SessionWorld world;
  world.BringUp();
  world.Disconnect();
  world.SetVisible(false);
  world.SetVisible(true);
  world.SetOnline(false);
  world.SetOnline(true);
  world.Resume();
  EXPECT_EQ(world.Opened(), 1U);
  EXPECT_EQ(world.state(), State::kDisconnected);
}

TEST(SessionConfig, NamesTheSettingThatIsWrong) {
  EXPECT_EQ(FindInvalidSetting(SessionWorld::DefaultConfig()), "");
  const auto invalid = [](auto change) {
    SessionConfig config = SessionWorld::DefaultConfig();
    change(config);
    return FindInvalidSetting(config);
  };
  EXPECT_EQ(invalid([](auto& c) { c.url = "https://h"; }), "url");
  EXPECT_EQ(invalid([](auto& c) { c.heartbeat.interval_ms = 0; }), "heartbeat.interval_ms");
  EXPECT_EQ(invalid([](auto& c) { c.heartbeat.timeout_ms = kNever; }), "heartbeat.timeout_ms");
  EXPECT_EQ(invalid([](auto& c) { c.heartbeat.idle_probe_ms = -1; }), "heartbeat.idle_probe_ms");
  EXPECT_EQ(invalid([](auto& c) { c.heartbeat.wake_timeout_ms = 0; }), "heartbeat.wake_timeout_ms");
  EXPECT_EQ(invalid([](auto& c) { c.reconnect.max_attempts = -1; }), "reconnect.max_attempts");
  EXPECT_EQ(invalid([](auto& c) { c.reconnect.backoff.delay_ms = kNever - kNever; }),
            "reconnect.backoff.delay_ms");
  EXPECT_EQ(invalid([](auto& c) { c.reconnect.backoff.max_delay_ms = -1; }),
            "reconnect.backoff.max_delay_ms");
  EXPECT_EQ(invalid([](auto& c) { c.reconnect.stable_uptime_ms = -1; }),
            "reconnect.stable_uptime_ms");
  EXPECT_EQ(invalid([](auto& c) { c.connect_timeout_ms = 0; }), "connect_timeout_ms");
  EXPECT_EQ(invalid([](auto& c) { c.auth_timeout_ms = 0; }), "auth_timeout_ms");
  EXPECT_EQ(invalid([](auto& c) { c.token_timeout_ms = 0; }), "token_timeout_ms");
}

TEST(ConnectionState, HasTheNamesOfThePublicApi) {
  EXPECT_EQ(ConnectionStateName(State::kDisconnected), "disconnected");
  EXPECT_EQ(ConnectionStateName(State::kConnecting), "connecting");
  EXPECT_EQ(ConnectionStateName(State::kConnected), "connected");
  EXPECT_EQ(ConnectionStateName(State::kReconnecting), "reconnecting");
  EXPECT_EQ(ConnectionStateName(State::kFailed), "failed");
  EXPECT_EQ(ConnectionQualityName(ConnectionQuality::kDisconnected), "disconnected");
  EXPECT_EQ(ConnectionQualityName(ConnectionQuality::kPoor), "poor");
  EXPECT_EQ(ConnectionQualityName(ConnectionQuality::kGood), "good");
  EXPECT_EQ(ConnectionQualityName(ConnectionQuality::kExcellent), "excellent");
}

}  // namespace
}  // namespace civic
