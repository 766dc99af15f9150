#include "civic/session/session.h"

#include <algorithm>
#include <utility>

#include "civic/session/close_code.h"
#include "civic/session/socket_url.h"
#include "civic/session/token.h"

namespace civic {

// Inputs. What they set in motion is in session_steps.cc.

Session::Session(SessionConfig config, Random& random)
    : config_(std::move(config)),
      random_(random),
      loopback_(IsLoopbackUrl(config_.url)),
      credentials_(config_.token_on_demand),
      schedule_(config_.reconnect),
      heartbeat_(config_.heartbeat),
      round_trip_(config_.heartbeat.timeout_ms) {}

void Session::Connect(std::optional<std::string> token, TimeMs now) {
  if (token) credentials_.Set(*std::move(token));
  switch (phase_) {
    case Phase::kIdle:
      Start(now);
      break;
    case Phase::kWaiting:
      schedule_.ResetAttempts();
      schedule_.BringForward(now);
      TryNow(now);
      break;
    case Phase::kToken:
      if (credentials_.HasToken()) OpenSocket(now);
      break;
    case Phase::kOpen:
      // The same connection goes on for another token.
      if (dialect_ == Dialect::kV2 && credentials_.HasUnpresented()) SendAuth(now);
      break;
    case Phase::kOpening:
    case Phase::kAuthenticating:
      break;
  }
}

void Session::Disconnect() {
  DropSocket(kCloseNormal, "");
  schedule_.Reset();
  Settle(ConnectionState::kDisconnected, {});
}

void Session::ProvideToken(std::uint32_t request_id, std::optional<std::string_view> token,
                           TimeMs now) {
  // An answer that comes after its timeout is kept for the next attempt.
  if (!credentials_.Answer(request_id, token)) return;
  if (phase_ == Phase::kOpen && refresh_wait_) {
    if (token && !token->empty()) {
      SendAuth(now);
    } else {
      RetryRefresh(now);
    }
  }
  if (phase_ != Phase::kToken) return;
  if (credentials_.HasToken()) {
    OpenSocket(now);
  } else {
    Retry({.error = ErrorCode::kTokenUnavailable, .code = 0, .reason = {}},
          RetrySchedule::Wait::kBackoff, now);
  }
}

void Session::SocketOpened(SocketId socket, std::string_view protocol, TimeMs now) {
  if (socket != socket_ || phase_ != Phase::kOpening) return;
  credentials_.Opened();
  dialect_ = protocol == kProtocolV2 ? Dialect::kV2 : Dialect::kV1;
  if (dialect_ == Dialect::kV2) {
    Greet(now);
  } else if (config_.auth == AuthMode::kMessage && credentials_.HasToken()) {
    Authenticate(now);
  } else {
    BecomeOpen(now);
  }
}

void Session::SocketClosed(SocketId socket, int code, std::string_view reason, TimeMs now) {
  if (socket == kNoSocket || socket != socket_) return;
  ForgetSocket();
  const bool was_open = phase_ == Phase::kOpen;
  if (was_open) NoteUptime(now);

  Loss loss{.error = was_open ? ErrorCode::kConnectionLost : ErrorCode::kSocketFailed,
            .code = code,
            .reason = PublicReason(Redacted(reason), {})};
  switch (ActionForClose(code)) {
    case CloseAction::kStay:
      loss.error = ErrorCode::kOk;
      Settle(ConnectionState::kDisconnected, std::move(loss));
      return;
    case CloseAction::kFail:
      loss.error = ErrorCode::kConnectionRefused;
      Settle(ConnectionState::kFailed, std::move(loss));
      return;
    case CloseAction::kRefreshToken:
      RefuseToken(std::move(loss), now);
      return;
    case CloseAction::kRetryLater:
      schedule_.NotBefore(now + kOverloadedDelayMs, now);
      break;
    case CloseAction::kRetry:
      break;
  }
  const bool token_in_handshake = config_.auth != AuthMode::kMessage;
  if (phase_ == Phase::kOpening && token_in_handshake && !WaitsForNetwork()) {
    credentials_.HandshakeFailed();
  }
  Retry(std::move(loss), RetrySchedule::Wait::kBackoff, now);
  // A browser tells a page that it is back a moment before it tells what became of the socket.
  if (was_open && now - woke_at_ <= kWakeMs && phase_ == Phase::kWaiting) {
    schedule_.BringForward(now);
    TryNow(now);
  }
}

void Session::PongReceived(std::string_view message_id, TimeMs now) {
  if (phase_ != Phase::kOpen || !round_trip_.PongReceived(message_id, now)) return;
  heartbeat_.Heard(now);
  UpdateQuality();
}

void Session::Welcomed(DurationMs heartbeat_interval, DurationMs token_expires_in, TimeMs now) {
  if (phase_ != Phase::kAuthenticating || dialect_ != Dialect::kV2) return;
  BecomeOpen(now);
  if (heartbeat_interval > 0) heartbeat_.LimitInterval(heartbeat_interval);
  PlanRefresh(token_expires_in, now);
}

void Session::AuthConfirmed(bool authenticated, DurationMs token_expires_in, TimeMs now) {
  const bool awaited = phase_ == Phase::kAuthenticating;
  const bool in_use = phase_ == Phase::kOpen && credentials_.HasToken() &&
                      (config_.auth == AuthMode::kMessage || dialect_ == Dialect::kV2);
  if (awaited && authenticated && dialect_ == Dialect::kV1) BecomeOpen(now);
  if (in_use && authenticated) {
    ForgetRefresh();
    PlanRefresh(token_expires_in, now);
  }
  if (authenticated || (!awaited && !in_use)) return;
  if (in_use) NoteUptime(now);
  constexpr std::string_view kReason = "token refused";
  DropSocket(kCloseTokenRefused, kReason);
  RefuseToken({.error = in_use ? ErrorCode::kConnectionLost : ErrorCode::kSocketFailed,
               .code = kCloseTokenRefused,
               .reason = std::string(kReason)},
              now);
}

void Session::ServerAskedToRetryAfter(DurationMs delay, TimeMs now) {
  if (phase_ == Phase::kIdle || !(delay > 0)) return;
  schedule_.NotBefore(now + delay, now);
  if (phase_ == Phase::kWaiting && schedule_.Postpone(random_)) {
    ReportWaiting({.error = error_, .code = 0, .reason = {}}, now);
  }
}

void Session::SetVisible(bool visible, TimeMs now) {
  if (visible_ == visible) return;
  visible_ = visible;
  heartbeat_.SetVisible(visible);
  if (visible) Wake(now);
}

void Session::SetOnline(bool online, TimeMs now) {
  if (online_ == online) return;
  online_ = online;
  if (online) {
    Wake(now);
  } else if (phase_ == Phase::kOpen && heartbeat_.Probe(now)) {
    SendPing(now);
  }
}

void Session::Resumed(TimeMs now) { Wake(now); }

void Session::Advance(TimeMs now) {
  switch (phase_) {
    case Phase::kIdle:
      break;
    case Phase::kWaiting:
      TryNow(now);
      break;
    case Phase::kToken:
      if (timeout_.Check(now) == Timeout::Verdict::kExpired) {
        Retry({.error = ErrorCode::kTokenUnavailable, .code = 0, .reason = {}},
              RetrySchedule::Wait::kBackoff, now);
      }
      break;
    case Phase::kOpening:
      if (timeout_.Check(now) == Timeout::Verdict::kExpired) {
        TimeOut(ErrorCode::kSocketFailed, "connect timeout", now);
      }
      break;
    case Phase::kAuthenticating:
      if (timeout_.Check(now) == Timeout::Verdict::kExpired) {
        TimeOut(ErrorCode::kSocketFailed,
                dialect_ == Dialect::kV2 ? "no welcome came" : "authentication timeout", now);
      }
      break;
    case Phase::kOpen:
      AdvanceOpen(now);
      break;
  }
}

TimeMs Session::NextDeadline() const {
  switch (phase_) {
    case Phase::kIdle:
      break;
    case Phase::kWaiting:
      return WaitsForNetwork() ? kNever : schedule_.due();
    case Phase::kToken:
    case Phase::kOpening:
    case Phase::kAuthenticating:
      return timeout_.deadline();
    case Phase::kOpen:
      return std::min({heartbeat_.NextDeadline(), round_trip_.NextDeadline(), refresh_at_,
                       refresh_wait_ ? refresh_wait_->deadline() : kNever});
  }
  return kNever;
}

std::string Session::Redacted(std::string_view text) const { return credentials_.Redact(text); }

bool Session::PollAction(SessionAction* action) {
  if (actions_.empty()) return false;
  *action = std::move(actions_.front());
  actions_.erase(actions_.begin());
  return true;
}

bool Session::PollChange(ConnectionChange* change) {
  if (changes_.empty()) return false;
  *change = std::move(changes_.front());
  changes_.erase(changes_.begin());
  return true;
}

}  // namespace civic
