// The steps between the phases of a session.
#include <algorithm>
#include <utility>

#include "civic/session/backoff.h"
#include "civic/session/close_code.h"
#include "civic/session/session.h"
#include "civic/session/socket_url.h"
#include "civic/session/token.h"

namespace civic {

void Session::Start(TimeMs now) {
  schedule_.Start(now);
  credentials_.Accepted();
  phase_ = Phase::kWaiting;
  Report(ConnectionState::kConnecting, {}, std::nullopt);
  TryNow(now);
}

void Session::TryNow(TimeMs now) {
  if (phase_ != Phase::kWaiting || now < schedule_.due() || WaitsForNetwork()) return;
  schedule_.AttemptBegins(now);
  if (state_ == ConnectionState::kReconnecting) {
    Report(state_, {.error = error_, .code = 0, .reason = {}}, std::nullopt);
  }
  if (!credentials_.NeedsRequest()) {
    OpenSocket(now);
    return;
  }
  phase_ = Phase::kToken;
  timeout_.Start(now, config_.token_timeout_ms);
  DropTokenRequest();
  AddAction(SessionAction::Kind::kWantToken).request_id = credentials_.Request();
}

void Session::OpenSocket(TimeMs now) {
  DropTokenRequest();
  phase_ = Phase::kOpening;
  timeout_.Start(now, config_.connect_timeout_ms);
  socket_ = ++last_socket_;
  const std::string& token = credentials_.Present();
  SessionAction& action = AddAction(SessionAction::Kind::kOpenSocket);
  action.url = UrlWithToken(config_.url, config_.auth == AuthMode::kQuery ? token : "");
  action.protocols = config_.protocols;
  if (config_.auth == AuthMode::kSubprotocol && !token.empty()) {
    action.protocols.push_back(BearerProtocol(token));
  }
}

void Session::Authenticate(TimeMs now) {
  phase_ = Phase::kAuthenticating;
  timeout_.Start(now, config_.auth_timeout_ms);
  SessionAction& action = AddAction(SessionAction::Kind::kSendAuth);
  action.message_id = NextMessageId();
  action.token = credentials_.Present();
}

// Dialect v2. The token went with the handshake, unless it is to go in a message.
void Session::Greet(TimeMs now) {
  phase_ = Phase::kAuthenticating;
  timeout_.Start(now, config_.auth_timeout_ms);
  SessionAction& action = AddAction(SessionAction::Kind::kSendHello);
  action.message_id = NextMessageId();
  if (config_.auth == AuthMode::kMessage) action.token = credentials_.Present();
}

void Session::SendAuth(TimeMs now) {
  refresh_at_ = kNever;
  refresh_wait_.emplace().Start(now, config_.auth_timeout_ms);
  SessionAction& action = AddAction(SessionAction::Kind::kSendAuth);
  action.message_id = NextMessageId();
  action.token = credentials_.Present();
}

// A minute early, or when four fifths of a short life are over.
void Session::PlanRefresh(DurationMs token_expires_in, TimeMs now) {
  constexpr DurationMs kLeadMs = 60'000;
  constexpr double kShareOfLife = 0.8;
  constexpr DurationMs kLeastMs = 1'000;
  refresh_at_ = kNever;
  if (token_expires_in < 0 || !config_.token_on_demand) return;
  refresh_at_ =
      now + std::max({kLeastMs, token_expires_in - kLeadMs, token_expires_in * kShareOfLife});
}

void Session::RefreshToken(TimeMs now) {
  refresh_at_ = kNever;
  refresh_wait_.emplace().Start(now, config_.token_timeout_ms);
  DropTokenRequest();
  AddAction(SessionAction::Kind::kWantToken).request_id = credentials_.Request();
}

void Session::RetryRefresh(TimeMs now) {
  refresh_wait_.reset();
  refresh_at_ = now + BackoffDelay(config_.reconnect.backoff, refresh_failures_++, random_);
}

void Session::ForgetRefresh() {
  refresh_at_ = kNever;
  refresh_wait_.reset();
  refresh_failures_ = 0;
}

void Session::BecomeOpen(TimeMs now) {
  phase_ = Phase::kOpen;
  open_since_ = now;
  heartbeat_.Start(now);
  round_trip_.Reset();
  ForgetRefresh();
  Report(ConnectionState::kConnected, {}, std::nullopt);
}

void Session::AdvanceOpen(TimeMs now) {
  round_trip_.Advance(now);
  if (now >= refresh_at_) {
    RefreshToken(now);
  } else if (refresh_wait_ && refresh_wait_->Check(now) == Timeout::Verdict::kExpired) {
    RetryRefresh(now);
  }
  switch (heartbeat_.Advance(now)) {
    case Heartbeat::Verdict::kQuiet:
      break;
    case Heartbeat::Verdict::kSendPing:
      SendPing(now);
      break;
    case Heartbeat::Verdict::kDead:
      NoteUptime(heartbeat_.last_heard());
      TimeOut(ErrorCode::kHeartbeatTimeout, "heartbeat timeout", now);
      return;
  }
  UpdateQuality();
}

void Session::SendPing(TimeMs now) {
  SessionAction& action = AddAction(SessionAction::Kind::kSendPing);
  action.message_id = NextMessageId();
  round_trip_.PingSent(action.message_id, now);
}

void Session::Wake(TimeMs now) {
  woke_at_ = now;
  if (phase_ == Phase::kWaiting) {
    schedule_.BringForward(now);
    TryNow(now);
  } else if (phase_ == Phase::kOpen) {
    if (heartbeat_.Probe(now)) SendPing(now);
  } else if (state_ == ConnectionState::kFailed && error_ == ErrorCode::kAttemptsExhausted) {
    Start(now);
  }
}

// Does not wait for the close event: on a dead connection it takes minutes.
void Session::TimeOut(ErrorCode error, std::string_view reason, TimeMs now) {
  DropSocket(kCloseTimeout, reason);
  Retry({.error = error, .code = kCloseTimeout, .reason = std::string(reason)},
        RetrySchedule::Wait::kBackoff, now);
}

void Session::RefuseToken(Loss loss, TimeMs now) {
  if (!credentials_.Refused()) {
    loss.error = ErrorCode::kTokenRejected;
    Settle(ConnectionState::kFailed, std::move(loss));
    return;
  }
  const auto wait =
      credentials_.HasAnother() ? RetrySchedule::Wait::kNone : RetrySchedule::Wait::kBackoff;
  Retry(std::move(loss), wait, now);
}

void Session::Retry(Loss loss, RetrySchedule::Wait wait, TimeMs now) {
  ForgetRefresh();
  const bool counts = !WaitsForNetwork();
  if (!config_.reconnect.enabled) {
    Settle(ConnectionState::kFailed, std::move(loss));
  } else if (counts && !schedule_.HasAttempt()) {
    loss.error = ErrorCode::kAttemptsExhausted;
    Settle(ConnectionState::kFailed, std::move(loss));
  } else {
    phase_ = Phase::kWaiting;
    schedule_.Plan(wait, counts, now, random_);
    ReportWaiting(std::move(loss), now);
    if (wait == RetrySchedule::Wait::kNone) TryNow(now);
  }
}

void Session::Settle(ConnectionState state, Loss loss) {
  phase_ = Phase::kIdle;
  ForgetRefresh();
  DropTokenRequest();
  if (state != state_) Report(state, std::move(loss), std::nullopt);
}

void Session::NoteUptime(TimeMs alive_until) {
  if (alive_until - open_since_ < config_.reconnect.stable_uptime_ms) return;
  schedule_.ResetAttempts();
  credentials_.Accepted();
}

void Session::DropSocket(int code, std::string_view reason) {
  const SocketId socket = socket_;
  if (socket == kNoSocket || ForgetSocket()) return;
  SessionAction& action = AddAction(SessionAction::Kind::kCloseSocket);
  action.socket = socket;
  action.code = code;
  action.reason = reason;
}

bool Session::ForgetSocket() {
  bool was_unopened = false;
  std::erase_if(actions_, [&](const SessionAction& action) {
    if (action.socket != socket_) return false;
    was_unopened |= action.kind == SessionAction::Kind::kOpenSocket;
    return true;
  });
  socket_ = kNoSocket;
  return was_unopened;
}

void Session::DropTokenRequest() {
  credentials_.CancelRequest();
  std::erase_if(actions_, [](const SessionAction& action) {
    return action.kind == SessionAction::Kind::kWantToken;
  });
}

SessionAction& Session::AddAction(SessionAction::Kind kind) {
  SessionAction& action = actions_.emplace_back();
  action.kind = kind;
  action.socket = kind == SessionAction::Kind::kWantToken ? kNoSocket : socket_;
  return action;
}

std::string Session::NextMessageId() {
  std::string id(1, 's');
  id += std::to_string(++message_count_);
  return id;
}

void Session::UpdateQuality() {
  if (round_trip_.quality() != quality_) Report(state_, {}, std::nullopt);
}

void Session::ReportWaiting(Loss loss, TimeMs now) {
  std::optional<DurationMs> retry_in_ms;
  if (!WaitsForNetwork()) retry_in_ms = schedule_.due() - now;
  Report(ConnectionState::kReconnecting, std::move(loss), retry_in_ms);
}

void Session::Report(ConnectionState state, Loss loss, std::optional<DurationMs> retry_in_ms) {
  ConnectionChange& change = changes_.emplace_back();
  change.state = state;
  change.previous = state_;
  if (phase_ == Phase::kOpen) {
    change.quality = round_trip_.quality();
  } else {
    change.attempt = schedule_.attempt();
  }
  change.code = loss.code;
  change.reason = std::move(loss.reason);
  change.retry_in_ms = retry_in_ms;
  change.error = loss.error;
  state_ = state;
  quality_ = change.quality;
  error_ = change.error;
}

}  // namespace civic
