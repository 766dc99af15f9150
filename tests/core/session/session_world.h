// A session together with the world around it, on virtual time: a browser that performs its
// actions, a network with a delay, and a server that can be told to misbehave.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "civic/engine/random.h"
#include "civic/session/session.h"

namespace civic {

class SessionWorld {
 public:
  static constexpr TimeMs kBegin = 1'700'000'000'000.0;

  enum class Server {
    kUp,
    kDown,       // Refuses sockets.
    kBlackHole,  // Neither accepts nor refuses them.
  };

  enum class Answer { kYes, kNo, kNone };

  struct TimedAction {
    TimeMs at;
    SessionAction action;
  };
  struct TimedChange {
    TimeMs at;
    ConnectionChange change;
  };

  static SessionConfig DefaultConfig() {
    SessionConfig config;
    config.url = "wss://bills.example/ws";
    config.protocols = {"civic-engagement-v1", "civic-engagement-v2"};
    return config;
  }

  explicit SessionWorld(SessionConfig config = DefaultConfig(), std::uint64_t seed = 1)
      : random_(seed), session(std::move(config), random_) {}

  // The server.
  Server server = Server::kUp;
  bool answers_pings = true;
  bool half_open = false;  // Frames vanish in both directions; nobody is told.
  DurationMs one_way_ms = 20;
  Answer auth = Answer::kYes;
  std::string protocol;  // that the server selects
  DurationMs heartbeat_interval_ms = -1, token_expires_in_ms = -1;
  // The page.
  Answer get_token = Answer::kYes;
  std::string next_token = "fresh-token";
  DurationMs timer_step_ms = 0;  // Timers fire only at multiples of this.

 private:
  Random random_;

 public:
  Session session;
  std::vector<TimedAction> actions;
  std::vector<TimedChange> changes;
  std::vector<SocketId> sockets;  // That the browser still has.

  TimeMs now() const { return now_; }
  TimeMs elapsed() const { return now_ - kBegin; }

  void Connect() {
    session.Connect(std::nullopt, now_);
    Drain();
  }
  void Connect(std::string token) {
    session.Connect(std::move(token), now_);
    Drain();
  }
  void Disconnect() {
    session.Disconnect();
    Drain();
  }
  void SetVisible(bool visible) {
    session.SetVisible(visible, now_);
    Drain();
  }
  void SetOnline(bool online) {
    session.SetOnline(online, now_);
    Drain();
  }
  void Resume() {
    session.Resumed(now_);
    Drain();
  }
  void RetryAfter(DurationMs delay) {
    session.ServerAskedToRetryAfter(delay, now_);
    Drain();
  }
  // The server closes the live socket, or it breaks.
  void Close(int code, std::string_view reason = "") { Close(session.socket(), code, reason); }
  void Close(SocketId socket, int code, std::string_view reason = "") {
    std::erase(sockets, socket);
    session.SocketClosed(socket, code, reason, now_);
    Drain();
  }
  void Advance() {
    session.Advance(now_);
    Drain();
  }
  void ConfirmAuth(bool authenticated) {
    session.AuthConfirmed(authenticated, -1, now_);
    Drain();
  }
  void Frame() {
    session.FrameReceived(session.socket(), now_);
    Drain();
  }

  // Connects and waits until it is done.
  void BringUp() {
    Connect();
    RunFor(1000);
  }
  void BringUp(std::string token) {
    Connect(std::move(token));
    RunFor(1000);
  }

  void RunFor(DurationMs duration) { RunUntil(now_ + duration); }
  void RunUntil(TimeMs end) {
    while (true) {
      const TimeMs timer = NextTimer();
      const TimeMs event = events_.empty() ? kNever : events_.begin()->first;
      const TimeMs next = std::min(timer, event);
      if (next > end) break;
      now_ = std::max(now_, next);
      if (event <= timer) {
        const auto deliver = std::move(events_.begin()->second);
        events_.erase(events_.begin());
        deliver();
        Drain();
      } else {
        Advance();
      }
    }
    now_ = end;
  }
  // Runs until the state is reached; how long that took, or kNever.
  DurationMs RunUntilState(ConnectionState state, DurationMs limit) {
    const TimeMs begin = now_;
    while (session.state() != state) {
      if (now_ - begin >= limit) return kNever;
      RunFor(10);
    }
    return now_ - begin;
  }
  // Time passes and nothing runs: no timers, no events. Events stay queued behind what comes next.
  void Sleep(DurationMs duration) { now_ += duration; }

  std::size_t Count(SessionAction::Kind kind) const {
    return static_cast<std::size_t>(std::count_if(
        actions.begin(), actions.end(), [&](const auto& a) { return a.action.kind == kind; }));
  }
  std::size_t Opened() const { return Count(SessionAction::Kind::kOpenSocket); }
  std::size_t Closed() const { return Count(SessionAction::Kind::kCloseSocket); }
  std::size_t Pings() const { return Count(SessionAction::Kind::kSendPing); }
  std::size_t TokenRequests() const { return Count(SessionAction::Kind::kWantToken); }
  const TimedAction& Last(SessionAction::Kind kind) const {
    const auto found = std::find_if(actions.rbegin(), actions.rend(),
                                    [&](const auto& a) { return a.action.kind == kind; });
    static const TimedAction kNone{};
    return found == actions.rend() ? kNone : *found;
  }
  const ConnectionChange& LastChange() const { return changes.back().change; }
  ConnectionState state() const { return session.state(); }

 private:
  TimeMs NextTimer() const {
    const TimeMs deadline = session.NextDeadline();
    if (timer_step_ms <= 0 || deadline == kNever) return deadline;
    const TimeMs at = std::max(deadline, now_);
    return kBegin + std::ceil((at - kBegin) / timer_step_ms) * timer_step_ms;
  }

  void After(DurationMs delay, std::function<void()> event) {
    events_.emplace(now_ + delay, std::move(event));
  }

  void Drain() {
    SessionAction action;
    while (session.PollAction(&action)) {
      actions.push_back({now_, action});
      Perform(action);
    }
    ConnectionChange change;
    while (session.PollChange(&change)) changes.push_back({now_, change});
  }

  void Perform(const SessionAction& action) {
    const SocketId socket = action.socket;
    switch (action.kind) {
      case SessionAction::Kind::kOpenSocket:
        sockets.push_back(socket);
        if (server == Server::kUp) {
          After(2 * one_way_ms, [this, socket] { session.SocketOpened(socket, protocol, now_); });
        } else if (server == Server::kDown) {
          After(2 * one_way_ms, [this, socket] { Close(socket, 1006); });
        }
        break;
      case SessionAction::Kind::kCloseSocket:
        std::erase(sockets, socket);
        break;
      case SessionAction::Kind::kSendPing:
        if (!answers_pings || half_open) break;
        After(2 * one_way_ms, [this, socket, id = action.message_id] {
          session.FrameReceived(socket, now_);
          session.PongReceived(id, now_);
        });
        break;
      case SessionAction::Kind::kSendAuth:
        if (auth == Answer::kNone) break;
        After(2 * one_way_ms, [this, socket, ok = auth == Answer::kYes] {
          session.FrameReceived(socket, now_);
          session.AuthConfirmed(ok, token_expires_in_ms, now_);
        });
        break;
      case SessionAction::Kind::kSendHello:
        if (auth == Answer::kNone) break;
        After(2 * one_way_ms, [this, socket, ok = auth == Answer::kYes] {
          if (!ok) return Close(socket, 4001);
          session.FrameReceived(socket, now_);
          session.Welcomed(heartbeat_interval_ms, token_expires_in_ms, now_);
        });
        break;
      case SessionAction::Kind::kWantToken:
        if (get_token == Answer::kNone) break;
        After(one_way_ms, [this, id = action.request_id, ok = get_token == Answer::kYes] {
          session.ProvideToken(id, ok ? std::optional<std::string_view>(next_token) : std::nullopt,
                               now_);
        });
        break;
    }
  }

  TimeMs now_ = kBegin;
  std::multimap<TimeMs, std::function<void()>> events_;
};

}  // namespace civic
