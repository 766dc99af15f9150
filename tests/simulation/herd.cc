#include "herd.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "civic/engine/engine.h"

namespace civic::simulation {
namespace {

constexpr TimeMs kLost = 1'700'000'000'000.0;
constexpr DurationMs kUptime = 60'000;
// How soon an attempt fails while the server is down, and succeeds when it is not.
constexpr DurationMs kAnswerMs = 50;
constexpr DurationMs kWindowMs = 100;

// Engines do not know of each other, so one after the other lives through the outage.
class Member {
 public:
  explicit Member(std::uint64_t seed) : engine_(Config(), seed) {}

  // Times of its attempts, since the server was lost, are added to `attempts`; returns whether it
  // came back.
  bool Live(DurationMs outage, std::vector<DurationMs>* attempts) {
    const PageId page = engine_.AddPage(now_);
    engine_.Connect(page, "", now_);
    engine_.SocketOpened(TakeSocket(), "civic-engagement-v1", now_);
    now_ = kLost;
    // A server that is lost does not leave its clients pinging for a minute.
    engine_.SocketClosed(socket_, 1006, "", now_);
    while (engine_.connection_state() == ConnectionState::kReconnecting) {
      now_ = std::max(now_, engine_.NextDeadline());
      engine_.Advance(now_);
      if (TakeSocket() == kNoSocket) {
        continue;
      }
      attempts->push_back(now_ - kLost);
      const bool is_back = now_ - kLost >= outage;
      now_ += kAnswerMs;
      if (is_back) {
        engine_.SocketOpened(socket_, "civic-engagement-v1", now_);
      } else {
        engine_.SocketClosed(socket_, 1006, "", now_);
      }
    }
    return engine_.connection_state() == ConnectionState::kConnected;
  }

 private:
  static EngineConfig Config() {
    EngineConfig config;
    config.session.url = "wss://bills.example/ws";
    config.session.protocols = {"civic-engagement-v1", "civic-engagement-v2"};
    config.session.reconnect.max_attempts = kUnlimitedAttempts;
    config.session.heartbeat.enabled = false;  // the minute before the outage has no events
    return config;
  }

  SocketId TakeSocket() {
    socket_ = kNoSocket;
    Action action;
    while (engine_.PollAction(&action)) {
      if (action.kind == Action::Kind::kOpenSocket) {
        socket_ = action.socket;
      }
    }
    return socket_;
  }

  Engine engine_;
  TimeMs now_ = kLost - kUptime;
  SocketId socket_ = kNoSocket;
};

std::size_t Peak(std::vector<DurationMs>::const_iterator begin,
                 std::vector<DurationMs>::const_iterator end) {
  std::size_t peak = 0;
  for (auto first = begin, last = begin; last != end; ++last) {
    while (*last - *first >= kWindowMs) {
      ++first;
    }
    peak = std::max(peak, static_cast<std::size_t>(last - first) + 1);
  }
  return peak;
}

}  // namespace

HerdReport RunHerd(const HerdSetup& setup) {
  HerdReport report;
  std::vector<DurationMs> attempts;
  for (int client = 0; client < setup.clients; ++client) {
    Member member(Random(static_cast<std::uint64_t>(client)).Next());
    report.given_up += member.Live(setup.outage_ms, &attempts) ? 0 : 1;
  }
  std::sort(attempts.begin(), attempts.end());
  const auto back = std::lower_bound(attempts.begin(), attempts.end(), setup.outage_ms);
  report.attempts = attempts.size();
  report.peak_during_outage = Peak(attempts.cbegin(), back);
  report.peak_after_outage = Peak(back, attempts.cend());
  report.last_ms = attempts.empty() ? 0 : attempts.back() - setup.outage_ms;
  return report;
}

}  // namespace civic::simulation
