#include "civic/session/close_code.h"

#include <gtest/gtest.h>

#include <ostream>
#include <vector>

#include "session/session_world.h"

namespace civic {
namespace {

// docs/protocol.md, "Close codes", row by row.
struct Row {
  std::vector<int> codes;
  CloseAction action;
};

const Row kProtocol[] = {
    {{1000}, CloseAction::kStay},
    {{1001, 1005, 1006, 1011, 1012, 1014}, CloseAction::kRetry},
    {{3000, 3001, 3250, 3499}, CloseAction::kRetry},
    {{4000, 4002, 4004, 4100, 4408, 4499}, CloseAction::kRetry},
    {{1013}, CloseAction::kRetryLater},
    {{4001}, CloseAction::kRefreshToken},
    {{1002, 1003, 1007, 1008, 1009, 1010}, CloseAction::kFail},
    {{3500, 3777, 3999}, CloseAction::kFail},
    {{4003, 4500, 4750, 4999}, CloseAction::kFail},
    // Not in the protocol: a lost connection.
    {{1004, 1015, 1016, 2000, 2999}, CloseAction::kRetry},
    {{-1, 0, 1, 999, 5000, 65535, 1 << 30}, CloseAction::kRetry},
};

TEST(CloseCode, FollowsTheProtocol) {
  for (const Row& row : kProtocol) {
    for (const int code : row.codes) EXPECT_EQ(ActionForClose(code), row.action) << code;
  }
}

TEST(CloseCode, TableIsAscendingAndCoversEveryCodeACloseFrameCanHold) {
  int next = 1000;
  for (const CloseRule& rule : CloseRules()) {
    EXPECT_EQ(rule.first, next);
    EXPECT_LE(rule.first, rule.last);
    EXPECT_NE(rule.meaning, nullptr);
    next = rule.last + 1;
  }
  EXPECT_EQ(next, 5000);
}

// What a session does with each row of the table, at both ends of its range.
class CloseRuleTest : public testing::TestWithParam<CloseRule> {
 protected:
  void Check(int code) {
    SessionConfig config = SessionWorld::DefaultConfig();
    config.token_on_demand = true;
    SessionWorld world(config);
    world.BringUp("first-token");
    world.RunFor(60'000);
    ASSERT_EQ(world.state(), ConnectionState::kConnected);
    const TimeMs closed_at = world.now();
    const std::size_t reported = world.changes.size();
    world.Close(code, "because");
    ASSERT_GT(world.changes.size(), reported);
    const ConnectionChange change = world.changes[reported].change;
    world.RunFor(120'000);

    switch (GetParam().action) {
      case CloseAction::kStay:
        EXPECT_EQ(change.state, ConnectionState::kDisconnected);
        EXPECT_EQ(change.error, ErrorCode::kOk);
        EXPECT_EQ(world.Opened(), 1U);
        break;
      case CloseAction::kFail:
        EXPECT_EQ(change.state, ConnectionState::kFailed);
        EXPECT_EQ(change.error, ErrorCode::kConnectionRefused);
        EXPECT_EQ(world.Opened(), 1U);
        break;
      case CloseAction::kRetry:
        EXPECT_EQ(change.state, ConnectionState::kReconnecting);
        EXPECT_EQ(change.error, ErrorCode::kConnectionLost);
        EXPECT_LE(*change.retry_in_ms, 2000);
        EXPECT_EQ(world.Opened(), 2U);
        EXPECT_EQ(world.TokenRequests(), 0U);
        break;
      case CloseAction::kRetryLater:
        EXPECT_EQ(change.state, ConnectionState::kReconnecting);
        EXPECT_GE(*change.retry_in_ms, kOverloadedDelayMs);
        EXPECT_GE(world.Last(SessionAction::Kind::kOpenSocket).at, closed_at + kOverloadedDelayMs);
        EXPECT_EQ(world.Opened(), 2U);
        break;
      case CloseAction::kRefreshToken:
        EXPECT_EQ(change.state, ConnectionState::kReconnecting);
        EXPECT_EQ(world.TokenRequests(), 1U);
        EXPECT_EQ(world.Opened(), 2U);
        EXPECT_NE(world.Last(SessionAction::Kind::kOpenSocket).action.url.find("fresh-token"),
                  std::string::npos);
        break;
    }
    EXPECT_EQ(change.code, code);
    EXPECT_EQ(change.reason, "because");
  }
};

TEST_P(CloseRuleTest, IsWhatTheSessionDoes) {
  Check(GetParam().first);
  if (GetParam().last != GetParam().first) Check(GetParam().last);
}

INSTANTIATE_TEST_SUITE_P(Rows, CloseRuleTest,
                         testing::ValuesIn(CloseRules().begin(), CloseRules().end()),
                         [](const auto& row) { return std::to_string(row.param.first); });

TEST(CloseCode, TerminalCodesEndTheFirstAttemptToo) {
  SessionWorld world;
  world.Connect();
  world.Close(4003);
  world.RunFor(600'000);
  EXPECT_EQ(world.state(), ConnectionState::kFailed);
  EXPECT_EQ(world.Opened(), 1U);
}

TEST(CloseCode, AfterATerminalCodeOnlyConnectStartsAgain) {
  SessionWorld world;
  world.BringUp();
  world.Close(1008);
  world.SetVisible(false);
  world.SetVisible(true);
  world.SetOnline(false);
  world.SetOnline(true);
  world.Resume();
  world.RunFor(60'000);
  EXPECT_EQ(world.state(), ConnectionState::kFailed);
  world.BringUp();
  EXPECT_EQ(world.state(), ConnectionState::kConnected);
}

}  // namespace
}  // namespace civic
