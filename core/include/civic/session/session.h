// The connection to the server as a state machine: when to open and close sockets, when to ping,
// when to give up, and what to tell the page about it.
//
// Owns connection state, reconnecting, heartbeat, quality and the token. Never touches sockets,
// clocks, timers or message contents: the host performs the actions and reports what happened, with
// the time. Same inputs and seed, same outputs.
//
//   Connect ─► waiting ─► [token] ─► opening ─► [authenticating] ─► open
//                 ▲          │          │              │             │
//                 └──────────┴──────────┴──────────────┴─────────────┘ failed or lost
//
// The state is `connecting` until the first attempt after Connect() has ended, `reconnecting` from
// then on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/error_code.h"
#include "civic/engine/random.h"
#include "civic/engine/time.h"
#include "civic/session/credentials.h"
#include "civic/session/heartbeat.h"
#include "civic/session/retry_schedule.h"
#include "civic/session/round_trip.h"
#include "civic/session/session_config.h"
#include "civic/session/session_types.h"
#include "civic/session/timeout.h"

namespace civic {

class Session {
 public:
  // `random` must outlive the session. `config` must pass FindInvalidSetting().
  Session(SessionConfig config, Random& random);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Commands.

  // A token replaces the known one, an empty token forgets it, no token keeps it. Starts again from
  // `failed`, retries at once while waiting, and does nothing else to a connection that is coming
  // up or is up.
  void Connect(std::optional<std::string> token, TimeMs now);
  // Cancels everything, from any state.
  void Disconnect();
  // Answers kWantToken. No token, or an empty one, means that there is none to be had now.
  void ProvideToken(std::uint32_t request_id, std::optional<std::string_view> token, TimeMs now);

  // What happened on the wire. Events of any other than the live socket are ignored.

  // `protocol`: the subprotocol the server selected; "" for none.
  void SocketOpened(SocketId socket, std::string_view protocol, TimeMs now);
  void SocketClosed(SocketId socket, int code, std::string_view reason, TimeMs now);
  // Any frame, before its content is looked at. Two stores.
  void FrameReceived(SocketId socket, TimeMs now) {
    if (socket == socket_) heartbeat_.Heard(now);
  }
  // In addition to FrameReceived(). A pong without an id answers the last ping.
  void PongReceived(std::string_view message_id, TimeMs now);
  // `token_expires_in` is negative when the server did not say.
  void AuthConfirmed(bool authenticated, DurationMs token_expires_in, TimeMs now);
  // Dialect v2: the server took our hello. Values that it did not say are negative.
  void Welcomed(DurationMs heartbeat_interval, DurationMs token_expires_in, TimeMs now);
  // No attempt starts earlier than `delay` from now, whoever asks for it, except after
  // Disconnect().
  void ServerAskedToRetryAfter(DurationMs delay, TimeMs now);

  // What happened to the page. A session begins visible and online.

  void SetVisible(bool visible, TimeMs now);
  void SetOnline(bool online, TimeMs now);
  void Resumed(TimeMs now);

  // To be called at NextDeadline() at the latest. A late call never takes the time it missed for
  // silence of the server.
  void Advance(TimeMs now);

  TimeMs NextDeadline() const;
  bool PollAction(SessionAction* action);
  bool PollChange(ConnectionChange* change);

  ConnectionState state() const { return state_; }
  ConnectionQuality quality() const { return quality_; }
  // Open and, where the server has to confirm the token, authenticated.
  bool CanSend() const { return phase_ == Phase::kOpen; }
  SocketId socket() const { return socket_; }
  // Of the live connection, or of the last one.
  Dialect dialect() const { return dialect_; }
  const RoundTrip& round_trip() const { return round_trip_; }
  // No token went out with the live or last socket.
  bool is_guest() const { return !credentials_.HasPresented(); }
  // `text` of a peer or of the host, without the token that went out with the live or last socket.
  std::string Redacted(std::string_view text) const;

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  // Not recorded: actions_, changes_ (handed out by then).
  template <typename Archive>
  void Walk(Archive& archive) {
    archive.Choice("phase", phase_, Phase::kOpen);
    archive.Choice("state", state_, ConnectionState::kFailed);
    archive.Choice("quality", quality_, ConnectionQuality::kExcellent);
    archive.Choice("error", error_, static_cast<ErrorCode>(kErrorCodeCount - 1));
    archive.Choice("dialect", dialect_, Dialect::kV2);
    archive("visible", visible_)("online", online_)("socket", socket_);
    archive("lastSocket", last_socket_)("messageCount", message_count_);
    archive("wokeAt", woke_at_)("openSince", open_since_)("timeout", timeout_)("refreshAt",
                                                                               refresh_at_);
    archive("refreshWait", refresh_wait_)("refreshFailures", refresh_failures_);
    archive("credentials", credentials_)("schedule", schedule_)("heartbeat", heartbeat_);
    archive("roundTrip", round_trip_);
  }

 private:
  enum class Phase : std::uint8_t {
    kIdle,            // Disconnected or failed.
    kWaiting,         // For the next attempt to be due, or for the network.
    kToken,           // For ProvideToken().
    kOpening,         // For SocketOpened().
    kAuthenticating,  // For AuthConfirmed() or Welcomed().
    kOpen,
  };

  // Why an attempt or a connection ended.
  struct Loss {
    ErrorCode error = ErrorCode::kOk;
    int code = 0;
    std::string reason;
  };

  void Start(TimeMs now);
  void TryNow(TimeMs now);
  void OpenSocket(TimeMs now);
  void Authenticate(TimeMs now);
  void Greet(TimeMs now);
  void SendAuth(TimeMs now);
  void PlanRefresh(DurationMs token_expires_in, TimeMs now);
  void RefreshToken(TimeMs now);
  void RetryRefresh(TimeMs now);
  void ForgetRefresh();
  void BecomeOpen(TimeMs now);
  void AdvanceOpen(TimeMs now);
  void SendPing(TimeMs now);
  void Wake(TimeMs now);

  void TimeOut(ErrorCode error, std::string_view reason, TimeMs now);
  void RefuseToken(Loss loss, TimeMs now);
  void Retry(Loss loss, RetrySchedule::Wait wait, TimeMs now);
  void Settle(ConnectionState state, Loss loss);
  void NoteUptime(TimeMs alive_until);

  void DropSocket(int code, std::string_view reason);
  bool ForgetSocket();  // True if the host had not been told to open it yet.
  void DropTokenRequest();
  SessionAction& AddAction(SessionAction::Kind kind);
  std::string NextMessageId();

  void UpdateQuality();
  void ReportWaiting(Loss loss, TimeMs now);
  void Report(ConnectionState state, Loss loss, std::optional<DurationMs> retry_in_ms);

  bool WaitsForNetwork() const { return !online_ && !loopback_; }

  // A connection lost so soon after the page came back was lost while it was away.
  static constexpr DurationMs kWakeMs = 1'000;

  const SessionConfig config_;
  Random& random_;
  const bool loopback_;  // The browser may well be offline.

  Phase phase_ = Phase::kIdle;
  ConnectionState state_ = ConnectionState::kDisconnected;
  ConnectionQuality quality_ = ConnectionQuality::kDisconnected;
  ErrorCode error_ = ErrorCode::kOk;  // What led to the present state.
  bool visible_ = true;
  bool online_ = true;

  SocketId socket_ = kNoSocket;
  SocketId last_socket_ = kNoSocket;
  std::uint32_t message_count_ = 0;
  TimeMs open_since_ = -kNever;
  TimeMs woke_at_ = -kNever;
  Timeout timeout_;  // Of the token, opening and authenticating phases.
  Dialect dialect_ = Dialect::kV1;

  // A fresh token for a connection that is up.
  TimeMs refresh_at_ = kNever;           // when to ask for one
  std::optional<Timeout> refresh_wait_;  // for the token, then for the server's word
  int refresh_failures_ = 0;

  Credentials credentials_;
  RetrySchedule schedule_;
  Heartbeat heartbeat_;
  RoundTrip round_trip_;

  std::vector<SessionAction> actions_;
  std::vector<ConnectionChange> changes_;
};

}  // namespace civic
