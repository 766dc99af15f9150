// Greeting, and a token that is renewed while the connection stays.
#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "civic/session/session.h"
#include "civic/session/token.h"
#include "session/session_world.h"

namespace civic {
namespace {

using Answer = SessionWorld::Answer;
using Kind = SessionAction::Kind;
using State = ConnectionState;

class SessionDialectV2 : public testing::TestWithParam<AuthMode> {
 protected:
  static SessionConfig Config(bool on_demand) {
    SessionConfig config = SessionWorld::DefaultConfig();
    config.auth = GetParam();
    config.token_on_demand = on_demand;
    return config;
  }
};

TEST_P(SessionDialectV2, IsConnectedWhenItIsWelcomed) {
  SessionWorld world(Config(false));
  world.protocol = kProtocolV2;
  world.Connect("secret");
  world.RunFor(45);
  EXPECT_EQ(world.state(), State::kConnecting);
  EXPECT_EQ(world.Last(Kind::kSendHello).action.token,
            GetParam() == AuthMode::kMessage ? "secret" : "");
  world.RunFor(45);
  EXPECT_EQ(world.state(), State::kConnected);
  EXPECT_EQ(world.Count(Kind::kSendAuth), 0U);
}

TEST_P(SessionDialectV2, RenewsTheTokenInTimeAndStaysConnected) {
  SessionWorld world(Config(true));
  world.protocol = kProtocolV2;
  world.token_expires_in_ms = 600'000;
  world.BringUp();
  world.next_token = "second-token";
  world.RunFor(539'000);
  EXPECT_EQ(world.Count(Kind::kSendAuth), 0U);
  world.RunFor(2'000);
  ASSERT_EQ(world.Count(Kind::kSendAuth), 1U);
  EXPECT_EQ(world.Last(Kind::kSendAuth).action.token, "second-token");
  world.RunFor(541'000);
  EXPECT_EQ(world.Count(Kind::kSendAuth), 2U) << "and again before the next end";
  EXPECT_EQ(world.sockets.size(), 1U);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST_P(SessionDialectV2, ATokenSourceThatFailsOrHangsIsAskedAgain) {
  SessionWorld world(Config(true));
  world.protocol = kProtocolV2;
  world.token_expires_in_ms = 600'000;
  world.BringUp();
  const std::size_t before = world.Count(Kind::kWantToken);
  world.get_token = Answer::kNo;
  world.RunFor(560'000);
  EXPECT_GT(world.Count(Kind::kWantToken), before + 1);
  world.get_token = Answer::kNone;
  world.RunFor(30'000);
  world.get_token = Answer::kYes;
  world.RunFor(60'000);
  EXPECT_EQ(world.Count(Kind::kSendAuth), 1U);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST_P(SessionDialectV2, AnotherTokenGoesOnTheSameConnection) {
  SessionWorld world(Config(false));
  world.protocol = kProtocolV2;
  world.BringUp("first-token");
  world.Connect("second-token");
  EXPECT_EQ(world.Last(Kind::kSendAuth).action.token, "second-token");
  EXPECT_EQ(world.session.Redacted("you said first-token and second-token"),
            "you said [token] and [token]");
  world.Connect("second-token");
  EXPECT_EQ(world.Count(Kind::kSendAuth), 1U);
}

// An answer may be as old as the connection, and tokens are renewed meanwhile.
TEST_P(SessionDialectV2, TheTokensBeforeAreShownToNobodyEither) {
  SessionWorld world(Config(false));
  world.protocol = kProtocolV2;
  world.BringUp("first-token");
  world.Connect("second-token");
  world.Connect("third-token");
  EXPECT_EQ(world.session.Redacted("not with first-token, second-token, third-token"),
            "not with [token], [token], [token]");
}

TEST_P(SessionDialectV2, ASetNumberOfTokensIsRememberedEachOnce) {
  SessionWorld world(Config(false));
  world.protocol = kProtocolV2;
  // A beginning of eight bytes would be taken for the whole.
  const auto token = [](std::size_t n) { return std::to_string(n) + "-hours-old-token"; };
  world.BringUp(token(0));
  for (std::size_t n = 1; n < kRememberedTokens; ++n) {
    world.Connect(token(n));
    world.Connect(token(n - 1));  // to and fro
    world.Connect(token(n));
  }
  for (std::size_t n = 0; n < kRememberedTokens; ++n) {
    EXPECT_EQ(world.session.Redacted(token(n)), "[token]") << n;
  }
  world.Connect("the-next-token");
  EXPECT_EQ(world.session.Redacted(token(0)), token(0));
}

INSTANTIATE_TEST_SUITE_P(EveryWay, SessionDialectV2,
                         testing::Values(AuthMode::kQuery, AuthMode::kMessage,
                                         AuthMode::kSubprotocol));

TEST(SessionDialectV2Greeting, ARenewalThatIsRefusedEndsTheConnection) {
  SessionWorld world;
  world.protocol = kProtocolV2;
  world.BringUp("first-token");
  world.auth = Answer::kNo;
  world.Connect("bad-token");
  world.RunFor(45);
  EXPECT_NE(world.state(), State::kConnected);
}

TEST(SessionDialectV2Greeting, TheServersHeartbeatIsTheShorterOne) {
  SessionWorld world;
  world.protocol = kProtocolV2;
  world.heartbeat_interval_ms = 10'000;
  world.BringUp();
  world.session.SetVisible(false, world.now());
  const std::size_t before = world.Count(Kind::kSendPing);
  world.RunFor(61'000);
  EXPECT_EQ(world.Count(Kind::kSendPing) - before, 6U);
}

}  // namespace
}  // namespace civic
