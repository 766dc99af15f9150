// Ten thousand clients lose their server at the same moment.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "civic/session/session.h"
#include "session/session_world.h"

namespace civic {
namespace {

constexpr int kClients = 10'000;
constexpr DurationMs kOutage = 30'000;

struct Herd {
  std::vector<TimeMs> attempts;  // Since the server was lost, sorted.
  int given_up = 0;
};

Herd Simulate(const SessionConfig& config, DurationMs outage) {
  constexpr TimeMs kLost = 1'700'000'000'000.0;
  constexpr DurationMs kRefusalMs = 50;
  Herd herd;
  for (int client = 0; client < kClients; ++client) {
    Random random(static_cast<std::uint64_t>(client) * 7919 + 1);
    Session session(config, random);
    SessionAction action;
    session.Connect(std::nullopt, kLost - 60'000);
    session.SocketOpened(session.socket(), "", kLost - 60'000);
    while (session.PollAction(&action)) {
    }
    TimeMs now = kLost;
    session.SocketClosed(session.socket(), 1006, "", now);
    while (session.state() == ConnectionState::kReconnecting) {
      now = session.NextDeadline();
      session.Advance(now);
      if (!session.PollAction(&action) || action.kind != SessionAction::Kind::kOpenSocket) continue;
      herd.attempts.push_back(now - kLost);
      if (now - kLost >= outage) {
        session.SocketOpened(action.socket, "", now + kRefusalMs);
      } else {
        now += kRefusalMs;
        session.SocketClosed(action.socket, 1006, "", now);
      }
    }
    if (session.state() == ConnectionState::kFailed) ++herd.given_up;
  }
  std::sort(herd.attempts.begin(), herd.attempts.end());
  return herd;
}

// The most attempts in any `window`, among those at or after `from`.
std::size_t Peak(const Herd& herd, TimeMs from, DurationMs window) {
  std::size_t peak = 0;
  auto first = std::lower_bound(herd.attempts.begin(), herd.attempts.end(), from);
  for (auto last = first; last != herd.attempts.end(); ++last) {
    while (*last - *first >= window) ++first;
    peak = std::max(peak, static_cast<std::size_t>(last - first) + 1);
  }
  return peak;
}

TEST(SessionHerd, AReturningServerSeesATrickle) {
  SessionConfig config = SessionWorld::DefaultConfig();
  config.reconnect.max_attempts = kUnlimitedAttempts;
  const Herd herd = Simulate(config, kOutage);
  const std::size_t after = Peak(herd, kOutage, 100);
  const std::size_t overall = Peak(herd, 0, 100);
  RecordProperty("peak_after_outage_per_100_ms", static_cast<int>(after));
  RecordProperty("peak_overall_per_100_ms", static_cast<int>(overall));
  EXPECT_EQ(herd.given_up, 0);
  EXPECT_LE(after, 120U);
  // While the server is away, first, second, third … attempts overlap: on average at most
  // 10,000 / 20 + 10,000 / 40 + … < 1,000 in 100 ms.
  EXPECT_LE(overall, 1000U);
  EXPECT_LE(herd.attempts.back(), kOutage + 30'000);
}

TEST(SessionHerd, WithFiveAttemptsTheRestStillTrickles) {
  const Herd herd = Simulate(SessionWorld::DefaultConfig(), kOutage);
  RecordProperty("given_up", herd.given_up);
  EXPECT_LE(Peak(herd, kOutage, 100), 120U);
  EXPECT_GT(herd.given_up, 0);
}

TEST(SessionHerd, ARestartingServerIsReachedWithinTheFirstDelay) {
  const Herd herd = Simulate(SessionWorld::DefaultConfig(), 0);
  EXPECT_EQ(herd.attempts.size(), static_cast<std::size_t>(kClients));
  EXPECT_LE(herd.attempts.back(), 2000);
  EXPECT_LE(Peak(herd, 0, 100), 600U);
}

}  // namespace
}  // namespace civic
