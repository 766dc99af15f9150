// Where the token goes, where a fresh one comes from, and where it never shows.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "civic/session/session.h"
#include "session/session_world.h"

namespace civic {
namespace {

using Answer = SessionWorld::Answer;
using Kind = SessionAction::Kind;
using State = ConnectionState;

SessionConfig With(AuthMode auth, bool on_demand) {
  SessionConfig config = SessionWorld::DefaultConfig();
  config.auth = auth;
  config.token_on_demand = on_demand;
  return config;
}

std::string LastUrl(const SessionWorld& world) { return world.Last(Kind::kOpenSocket).action.url; }

TEST(SessionAuth, QueryModePutsTheTokenIntoTheUrl) {
  SessionWorld world;
  world.BringUp("a token");
  EXPECT_EQ(LastUrl(world), "wss://bills.example/ws?token=a%20token");
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionAuth, SubprotocolModeOffersTheTokenLast) {
  SessionWorld world(With(AuthMode::kSubprotocol, false));
  world.BringUp("foo");
  const SessionAction& open = world.Last(Kind::kOpenSocket).action;
  EXPECT_EQ(open.url, "wss://bills.example/ws");
  EXPECT_EQ(open.protocols, (std::vector<std::string>{"civic-engagement-v1", "civic-engagement-v2",
                                                      "bearer.Zm9v"}));
}

TEST(SessionAuth, MessageModeIsConnectedWhenTheServerConfirms) {
  SessionWorld world(With(AuthMode::kMessage, false));
  world.Connect("secret");
  EXPECT_EQ(LastUrl(world), "wss://bills.example/ws");
  world.RunFor(45);
  ASSERT_EQ(world.Count(Kind::kSendAuth), 1U);
  EXPECT_EQ(world.Last(Kind::kSendAuth).action.token, "secret");
  EXPECT_FALSE(world.Last(Kind::kSendAuth).action.message_id.empty());
  EXPECT_EQ(world.state(), State::kConnecting);
  EXPECT_FALSE(world.session.CanSend());
  world.RunFor(45);
  EXPECT_EQ(world.state(), State::kConnected);
  EXPECT_TRUE(world.session.CanSend());
}

TEST(SessionAuth, MessageModeWithoutATokenHasNothingToWaitFor) {
  SessionWorld world(With(AuthMode::kMessage, false));
  world.BringUp();
  EXPECT_EQ(world.state(), State::kConnected);
  EXPECT_EQ(world.Count(Kind::kSendAuth), 0U);
}

TEST(SessionAuth, AConfirmationThatNeverComesIsAFailedAttempt) {
  SessionWorld world(With(AuthMode::kMessage, false));
  world.auth = Answer::kNone;
  world.Connect("secret");
  world.RunFor(10'039);
  EXPECT_EQ(world.Closed(), 0U);
  world.RunFor(1);
  EXPECT_EQ(world.Last(Kind::kCloseSocket).action.reason, "authentication timeout");
  EXPECT_EQ(world.state(), State::kReconnecting);
  world.auth = Answer::kYes;
  world.RunFor(3000);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionAuth, ARefusalInAMessageIsLike4001) {
  SessionWorld world(With(AuthMode::kMessage, true));
  world.auth = Answer::kNo;
  world.Connect("stale");
  world.RunFor(100);
  EXPECT_EQ(world.Last(Kind::kCloseSocket).action.code, 4001);
  EXPECT_EQ(world.TokenRequests(), 1U);
  world.RunFor(10'000);
  EXPECT_EQ(world.Last(Kind::kSendAuth).action.token, "fresh-token");
  EXPECT_EQ(world.state(), State::kFailed);
  EXPECT_EQ(world.LastChange().error, ErrorCode::kTokenRejected);
  EXPECT_TRUE(world.sockets.empty());
}

TEST(SessionAuth, ARefusalInAMessageWhileConnectedRefreshes) {
  SessionWorld world(With(AuthMode::kMessage, true));
  world.BringUp("soon-stale");
  world.RunFor(60'000);
  world.ConfirmAuth(false);
  world.RunFor(1000);
  EXPECT_EQ(world.TokenRequests(), 1U);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionAuth, UnaskedConfirmationsChangeNothing) {
  SessionWorld world;
  world.ConfirmAuth(false);
  world.BringUp("token");
  world.ConfirmAuth(false);
  world.ConfirmAuth(true);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionToken, IsAskedForBeforeTheFirstSocket) {
  SessionWorld world(With(AuthMode::kQuery, true));
  world.Connect();
  EXPECT_EQ(world.TokenRequests(), 1U);
  EXPECT_EQ(world.Opened(), 0U);
  EXPECT_EQ(world.state(), State::kConnecting);
  world.RunFor(100);
  EXPECT_EQ(LastUrl(world), "wss://bills.example/ws?token=fresh-token");
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionToken, IsNotAskedForWhenKnown) {
  SessionWorld world(With(AuthMode::kQuery, true));
  world.BringUp("known");
  EXPECT_EQ(world.TokenRequests(), 0U);
  EXPECT_EQ(LastUrl(world), "wss://bills.example/ws?token=known");
}

TEST(SessionToken, OneRequestAtATime) {
  SessionWorld world(With(AuthMode::kQuery, true));
  world.get_token = Answer::kNone;
  world.Connect();
  world.Connect();
  world.SetVisible(false);
  world.SetVisible(true);
  world.Resume();
  world.RunFor(5000);
  EXPECT_EQ(world.TokenRequests(), 1U);
}

TEST(SessionToken, ATokenGivenToConnectEndsTheWait) {
  SessionWorld world(With(AuthMode::kQuery, true));
  world.get_token = Answer::kNone;
  world.Connect();
  const std::uint32_t request = world.Last(Kind::kWantToken).action.request_id;
  world.BringUp("given");
  EXPECT_EQ(world.state(), State::kConnected);
  EXPECT_EQ(LastUrl(world), "wss://bills.example/ws?token=given");
  world.session.ProvideToken(request, "late", world.now());
  world.Close(1006);
  world.RunFor(5000);
  EXPECT_EQ(LastUrl(world), "wss://bills.example/ws?token=given");
}

TEST(SessionToken, ARejectedRequestIsRetriedWithBackoff) {
  SessionWorld world(With(AuthMode::kQuery, true));
  world.get_token = Answer::kNo;
  world.Connect();
  world.RunFor(30);
  EXPECT_EQ(world.state(), State::kReconnecting);
  EXPECT_EQ(world.LastChange().error, ErrorCode::kTokenUnavailable);
  EXPECT_TRUE(world.LastChange().retry_in_ms.has_value());
  world.get_token = Answer::kYes;
  world.RunFor(3000);
  EXPECT_EQ(world.TokenRequests(), 2U);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionToken, AHungRequestIsRetriedWithBackoff) {
  SessionWorld world(With(AuthMode::kQuery, true));
  world.get_token = Answer::kNone;
  world.Connect();
  world.RunFor(9'999);
  EXPECT_EQ(world.state(), State::kConnecting);
  world.RunFor(1);
  EXPECT_EQ(world.state(), State::kReconnecting);
  EXPECT_EQ(world.LastChange().error, ErrorCode::kTokenUnavailable);
  world.get_token = Answer::kYes;
  world.RunFor(3000);
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionToken, AnAnswerAfterTheTimeoutIsUsedForTheNextAttempt) {
  SessionWorld world(With(AuthMode::kQuery, true));
  world.get_token = Answer::kNone;
  world.Connect();
  world.RunFor(10'000);
  ASSERT_EQ(world.state(), State::kReconnecting);
  world.session.ProvideToken(world.Last(Kind::kWantToken).action.request_id, "late", world.now());
  world.RunFor(3000);
  EXPECT_EQ(world.TokenRequests(), 1U);
  EXPECT_EQ(LastUrl(world), "wss://bills.example/ws?token=late");
}

TEST(SessionToken, AnEmptyTokenIsNoToken) {
  SessionWorld world(With(AuthMode::kQuery, true));
  world.next_token = "";
  world.Connect("");
  world.RunFor(30);
  EXPECT_EQ(world.LastChange().error, ErrorCode::kTokenUnavailable);
}

TEST(SessionToken, APageThatNeverHasOneEndsInFailed) {
  SessionWorld world(With(AuthMode::kQuery, true));
  world.get_token = Answer::kNo;
  world.Connect();
  world.RunFor(600'000);
  EXPECT_EQ(world.state(), State::kFailed);
  EXPECT_EQ(world.LastChange().error, ErrorCode::kAttemptsExhausted);
  EXPECT_EQ(world.TokenRequests(), 6U);
}

TEST(SessionToken, AnsweringWithAWrongIdChangesNothing) {
  SessionWorld world(With(AuthMode::kQuery, true));
  world.get_token = Answer::kNone;
  world.Connect();
  const std::uint32_t request = world.Last(Kind::kWantToken).action.request_id;
  world.session.ProvideToken(0, "x", world.now());
  world.session.ProvideToken(request + 1, "x", world.now());
  world.RunFor(100);
  EXPECT_EQ(world.Opened(), 0U);
}

TEST(SessionToken, AfterOne4001AFreshTokenConnectsAtOnce) {
  SessionWorld world(With(AuthMode::kQuery, true));
  world.BringUp("stale");
  world.RunFor(60'000);
  world.Close(4001);
  EXPECT_EQ(world.TokenRequests(), 1U);
  EXPECT_EQ(world.state(), State::kReconnecting);
  world.RunFor(100);
  EXPECT_EQ(world.state(), State::kConnected);
  EXPECT_EQ(LastUrl(world), "wss://bills.example/ws?token=fresh-token");
}

TEST(SessionToken, Two4001InARowEndInFailed) {
  SessionWorld world(With(AuthMode::kQuery, true));
  world.BringUp("stale");
  world.Close(4001);
  ASSERT_NE(world.RunUntilState(State::kConnected, 10'000), kNever);
  world.Close(4001);
  EXPECT_EQ(world.state(), State::kFailed);
  EXPECT_EQ(world.LastChange().error, ErrorCode::kTokenRejected);
  world.Resume();
  world.RunFor(600'000);
  EXPECT_EQ(world.Opened(), 2U);
  world.BringUp("better");
  EXPECT_EQ(world.state(), State::kConnected);
}

TEST(SessionToken, A4001AfterAStableConnectionIsTheFirstAgain) {
  SessionWorld world(With(AuthMode::kQuery, true));
  world.BringUp("token");
  for (int expiry = 0; expiry < 10; ++expiry) {
    world.RunFor(3'600'000);
    world.Close(4001);
    world.RunFor(1000);
    ASSERT_EQ(world.state(), State::kConnected);
  }
  EXPECT_EQ(world.TokenRequests(), 10U);
}

TEST(SessionToken, WithoutAnybodyToAskTheTokenGetsASecondChance) {
  SessionWorld world;
  world.BringUp("only");
  world.Close(4001);
  EXPECT_EQ(world.state(), State::kReconnecting);
  ASSERT_NE(world.RunUntilState(State::kConnected, 10'000), kNever);
  world.Close(4001);
  EXPECT_EQ(world.state(), State::kFailed);
  EXPECT_EQ(world.LastChange().error, ErrorCode::kTokenRejected);
}

TEST(SessionToken, AnOldTokenIsReplacedWhenTheHandshakeFails) {
  SessionWorld world(With(AuthMode::kQuery, true));
  world.BringUp("yesterday");
  world.Close(1006);
  world.server = SessionWorld::Server::kDown;  // To a browser a 401 looks the same.
  world.RunFor(30'000);
  world.server = SessionWorld::Server::kUp;
  world.RunFor(60'000);
  EXPECT_EQ(world.state(), State::kConnected);
  EXPECT_EQ(world.TokenRequests(), 2U) << "a fresh one gets three handshakes before the next";
  EXPECT_EQ(LastUrl(world), "wss://bills.example/ws?token=fresh-token");
}

TEST(SessionToken, StaysKnownAcrossDisconnectUntilForgotten) {
  SessionWorld world;
  world.BringUp("kept");
  world.Disconnect();
  world.BringUp();
  EXPECT_EQ(LastUrl(world), "wss://bills.example/ws?token=kept");
  world.Disconnect();
  world.BringUp("");
  EXPECT_EQ(LastUrl(world), "wss://bills.example/ws");
}

TEST(SessionToken, ATokenThatCameMeanwhileIsTriedWhenTheOldOneIsRefused) {
  for (const bool on_demand : {false, true}) {
    SessionWorld world(With(AuthMode::kQuery, on_demand));
    world.BringUp("old");
    world.Connect("new");
    world.Close(4001, "no: old");
    EXPECT_EQ(world.TokenRequests(), 0U);
    world.RunFor(100);
    EXPECT_EQ(world.state(), State::kConnected);
    EXPECT_EQ(LastUrl(world), "wss://bills.example/ws?token=new");
    for (const auto& entry : world.changes) {
      EXPECT_EQ(entry.change.reason.find("old"), std::string::npos);
    }
  }
}

TEST(SessionToken, CanBeTakenOutOfForeignText) {
  SessionWorld world;
  EXPECT_EQ(world.session.Redacted("no: s3cret"), "no: s3cret");
  world.BringUp("s3cret");
  EXPECT_EQ(world.session.Redacted("no: s3cret"), "no: [token]");
  world.Disconnect();
  EXPECT_EQ(world.session.Redacted("no: s3cret"), "no: [token]");
}

TEST(SessionToken, NeverShowsInWhatIsReported) {
  constexpr const char* kSecret = "eyJhbGciOiJIUzI1NiJ9.c2VjcmV0";
  for (const AuthMode mode : {AuthMode::kQuery, AuthMode::kMessage, AuthMode::kSubprotocol}) {
    for (const int code : {1000, 1006, 1013, 4001, 4003}) {
      SessionWorld world(With(mode, true));
      world.next_token = kSecret;
      world.BringUp(kSecret);
      world.Close(code, std::string("no: ") + kSecret);
      world.RunFor(1000);
      if (world.session.socket() != kNoSocket)
        world.Close(code, std::string(kSecret).substr(0, 12));
      for (const auto& entry : world.changes) {
        EXPECT_EQ(entry.change.reason.find("eyJhbGci"), std::string::npos);
      }
      for (const auto& entry : world.actions) {
        EXPECT_EQ(entry.action.reason.find("eyJhbGci"), std::string::npos);
        EXPECT_EQ(entry.action.message_id.find("eyJhbGci"), std::string::npos);
        const bool in_url = entry.action.url.find("eyJhbGci") != std::string::npos;
        EXPECT_EQ(in_url, mode == AuthMode::kQuery && entry.action.kind == Kind::kOpenSocket);
      }
    }
  }
}

}  // namespace
}  // namespace civic
