// Random inputs in any order: whatever the host does, the session keeps its promises.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>

#include "civic/session/session.h"
#include "session/session_world.h"

namespace civic {
namespace {

// The longest a server may ask for, and some attempts.
constexpr DurationMs kPatience = RetrySchedule::kMaxRetryAfterMs + 300'000;
constexpr const char* kSecret = "s3cret-token-that-must-not-show";

class RandomWalk {
 public:
  explicit RandomWalk(std::uint64_t seed)
      : dice_(seed), engine_random_(seed + 1), session_(RandomConfig(), engine_random_) {}

  void Run(int steps) {
    for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i) {
      Step();
      Check();
    }
  }

  // The world becomes good, and stays so.
  void Recover() {
    session_.SetOnline(true, now_);
    session_.SetVisible(true, now_);
    const TimeMs begin = now_;
    while (session_.state() != ConnectionState::kConnected && now_ - begin < kPatience &&
           !testing::Test::HasFailure()) {
      if (IsIdle()) session_.Connect(kSecret, now_);
      Check();
      session_.ProvideToken(request_, kSecret, now_);
      Check();
      session_.SocketOpened(open_, "", now_);
      Check();
      session_.AuthConfirmed(true, -1, now_);
      session_.Welcomed(-1, -1, now_);
      if (session_.state() == ConnectionState::kConnected) break;
      ASSERT_LT(session_.NextDeadline(), kNever);
      now_ = std::max(now_, session_.NextDeadline());
      Advance();
    }
    Check();
    EXPECT_EQ(session_.state(), ConnectionState::kConnected);
  }

  int connections() const { return connections_; }

 private:
  std::uint64_t Below(std::uint64_t n) { return dice_.Next() % n; }
  bool Chance(double probability) { return dice_.NextUnit() < probability; }

  SessionConfig RandomConfig() {
    SessionConfig config = SessionWorld::DefaultConfig();
    config.auth = static_cast<AuthMode>(Below(3));
    config.token_on_demand = Chance(0.5);
    config.heartbeat.enabled = Chance(0.9);
    config.heartbeat.idle_probe_ms = Chance(0.7) ? 5000 : 0;
    config.reconnect.max_attempts = Chance(0.5) ? 5 : kUnlimitedAttempts;
    config.reconnect.backoff.shape =
        Chance(0.5) ? BackoffShape::kExponential : BackoffShape::kLinear;
    return config;
  }

  // Mostly the socket the host has, sometimes one from before.
  SocketId SomeSocket() {
    return Chance(0.8) ? open_ : static_cast<SocketId>(Below(last_socket_ + 1ULL));
  }

  void CloseSocket(SocketId socket) {
    constexpr int kCodes[] = {1000, 1001, 1006, 1006, 1008, 1012, 1013,
                              3000, 3600, 4001, 4001, 4003, 0,    7777};
    const std::string reason = knows_secret_ ? std::string("sorry ") + kSecret : "";
    if (socket == open_) {
      open_ = kNoSocket;
      closed_by_peer_ = socket;
    }
    session_.SocketClosed(socket, kCodes[Below(std::size(kCodes))], reason, now_);
  }

  void Step() {
    const double kind = dice_.NextUnit();
    now_ +=
        kind < 0.01 ? dice_.NextUnit() * 7'200'000 : dice_.NextUnit() * (kind < 0.3 ? 6000 : 200);
    switch (Below(16)) {
      case 0: {
        const auto token =
            Chance(0.5) ? std::optional<std::string>(Chance(0.8) ? kSecret : "") : std::nullopt;
        session_.Connect(token, now_);
        break;
      }
      case 1:
        if (Chance(0.1)) session_.Disconnect();
        break;
      case 2:
      case 3:
      case 4:
        session_.SocketOpened(SomeSocket(), Chance(0.5) ? kProtocolV2 : "", now_);
        break;
      case 5:
        if (Chance(0.5)) CloseSocket(SomeSocket());
        break;
      case 6:
        session_.FrameReceived(SomeSocket(), now_);
        break;
      case 7:
        session_.PongReceived(Chance(0.8) ? last_ping_ : Chance(0.5) ? "" : "x", now_);
        break;
      case 8:
        session_.AuthConfirmed(Chance(0.9), SomeLife(), now_);
        if (Chance(0.5)) session_.Welcomed(dice_.NextUnit() * 40'000, SomeLife(), now_);
        break;
      case 9:
        if (Chance(0.05)) session_.ServerAskedToRetryAfter(dice_.NextUnit() * 1e8, now_);
        break;
      case 10: {
        const std::uint32_t id =
            Chance(0.9) ? request_ : static_cast<std::uint32_t>(Below(request_ + 2ULL));
        session_.ProvideToken(
            id, Chance(0.8) ? std::optional<std::string_view>(kSecret) : std::nullopt, now_);
        break;
      }
      case 11:
        session_.SetVisible(Chance(0.5), now_);
        break;
      case 12:
        session_.SetOnline(Chance(0.7), now_);
        break;
      case 13:
        session_.Resumed(now_);
        break;
      case 14:
        now_ = session_.NextDeadline() < kNever ? std::max(now_, session_.NextDeadline()) : now_;
        Advance();
        break;
      default:
        Advance();
        break;
    }
  }

  void Advance() {
    session_.Advance(now_);
    EXPECT_GT(session_.NextDeadline(), now_);
  }

  void Check() {
    if (Chance(0.1)) return;  // A host may take its time.
    SessionAction action;
    while (session_.PollAction(&action)) CheckAction(action);
    ConnectionChange change;
    while (session_.PollChange(&change)) CheckChange(change);
    EXPECT_EQ(session_.socket(), open_);
    EXPECT_EQ(session_.state(), state_);
    EXPECT_EQ(session_.quality(), quality_);
    EXPECT_EQ(session_.CanSend(), state_ == ConnectionState::kConnected);
    if (session_.CanSend()) {
      EXPECT_NE(open_, kNoSocket);
    }
    if (IsIdle()) {
      EXPECT_EQ(open_, kNoSocket);
      EXPECT_EQ(session_.NextDeadline(), kNever);
    }
  }

  bool IsIdle() const {
    return session_.state() == ConnectionState::kDisconnected ||
           session_.state() == ConnectionState::kFailed;
  }

  // How long a token is good for; negative when the server does not say.
  DurationMs SomeLife() { return Chance(0.5) ? -1 : dice_.NextUnit() * 100'000; }

  void CheckAction(const SessionAction& action) {
    if (action.kind != SessionAction::Kind::kCloseSocket) {
      EXPECT_FALSE(IsIdle());
    }
    switch (action.kind) {
      case SessionAction::Kind::kOpenSocket:
        EXPECT_EQ(open_, kNoSocket);
        EXPECT_GT(action.socket, last_socket_);
        open_ = action.socket;
        last_socket_ = action.socket;
        knows_secret_ =
            action.url.find(kSecret) != std::string::npos || action.protocols.size() > 2;
        break;
      case SessionAction::Kind::kCloseSocket:
        // The peer may have been faster than the host.
        EXPECT_EQ(action.socket, open_ == kNoSocket ? closed_by_peer_ : open_);
        EXPECT_TRUE(action.code == 1000 || (action.code >= 3000 && action.code <= 4999));
        EXPECT_LE(action.reason.size(), 123U);
        open_ = kNoSocket;
        break;
      case SessionAction::Kind::kSendPing:
        EXPECT_EQ(action.socket, open_);
        last_ping_ = action.message_id;
        break;
      case SessionAction::Kind::kSendHello:
        EXPECT_EQ(action.socket, open_);
        EXPECT_TRUE(action.token.empty() || action.token == kSecret);
        knows_secret_ = knows_secret_ || !action.token.empty();
        break;
      case SessionAction::Kind::kSendAuth:
        EXPECT_EQ(action.socket, open_);
        EXPECT_EQ(action.token, kSecret);
        knows_secret_ = true;
        break;
      case SessionAction::Kind::kWantToken:
        EXPECT_GT(action.request_id, request_);
        request_ = action.request_id;
        break;
    }
  }

  void CheckChange(const ConnectionChange& change) {
    EXPECT_EQ(change.previous, state_);
    EXPECT_EQ(change.quality == ConnectionQuality::kDisconnected,
              change.state != ConnectionState::kConnected);
    EXPECT_EQ(change.reason.find(kSecret), std::string::npos);
    EXPECT_LE(change.reason.size(), 123U);
    if (change.retry_in_ms) {
      EXPECT_GE(*change.retry_in_ms, 0);
      EXPECT_EQ(change.state, ConnectionState::kReconnecting);
    }
    if (change.state == ConnectionState::kFailed) {
      EXPECT_NE(change.error, ErrorCode::kOk);
    }
    if (change.state == ConnectionState::kConnected &&
        change.previous != ConnectionState::kConnected) {
      ++connections_;
    }
    state_ = change.state;
    quality_ = change.quality;
  }

  Random dice_;
  Random engine_random_;
  Session session_;
  TimeMs now_ = SessionWorld::kBegin;
  SocketId open_ = kNoSocket;            // That the host has.
  SocketId closed_by_peer_ = kNoSocket;  // The last one.
  SocketId last_socket_ = kNoSocket;
  bool knows_secret_ = false;  // The server, of the socket the host has.
  std::uint32_t request_ = 0;
  std::string last_ping_;
  ConnectionState state_ = ConnectionState::kDisconnected;
  ConnectionQuality quality_ = ConnectionQuality::kDisconnected;
  int connections_ = 0;
};

TEST(SessionProperty, RandomWalksKeepEveryPromiseAndEndConnected) {
  constexpr std::uint64_t kWalks = 3000;
  int connections = 0;
  for (std::uint64_t seed = 1; seed <= kWalks; ++seed) {
    SCOPED_TRACE(seed);
    RandomWalk walk(seed);
    walk.Run(400);
    walk.Recover();
    connections += walk.connections();
    ASSERT_FALSE(HasFailure());
  }
  EXPECT_GT(connections, 5 * static_cast<int>(kWalks));  // The walks went somewhere.
}

TEST(SessionProperty, SameInputsAndSeedSameOutputs) {
  const auto run = [] {
    SessionConfig config = SessionWorld::DefaultConfig();
    config.reconnect.max_attempts = kUnlimitedAttempts;
    SessionWorld world(config, 99);
    world.BringUp();
    world.Close(1006);
    world.server = SessionWorld::Server::kDown;
    world.RunFor(3'600'000);
    std::string log;
    for (const auto& entry : world.actions) {
      log += std::to_string(entry.at) + " " + std::to_string(entry.action.socket) + "\n";
    }
    for (const auto& entry : world.changes) {
      log += std::to_string(entry.at) + " " +
             std::to_string(entry.change.retry_in_ms.value_or(-1)) + "\n";
    }
    return log;
  };
  EXPECT_EQ(run(), run());
}

}  // namespace
}  // namespace civic
