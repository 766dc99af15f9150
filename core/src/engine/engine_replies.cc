// What the server says to the engine itself, and what follows.
#include <algorithm>
#include <string>
#include <vector>

#include "civic/engine/engine.h"
#include "civic/wire/encoder.h"

namespace civic {

void Engine::SettleReplies(TimeMs now) {
  for (const Reply& reply : messages_.replies()) {
    if (reply.retry_after_ms >= 0) {
      session_.ServerAskedToRetryAfter(reply.retry_after_ms, now);
    }
    SettleReply(reply, now);
    // One reply may end what the one before it began.
    Settle(now);
  }
  messages_.replies().clear();
}

void Engine::SettleReply(const Reply& reply, TimeMs now) {
  switch (reply.kind) {
    case MessageKind::kPong:
      session_.PongReceived(reply.message_id, now);
      counters_.Set(Counter::kRoundTripMs, session_.round_trip().latest());
      break;
    case MessageKind::kPing:
      if (session_.CanSend()) {
        SendText(EncodePong(reply.message_id, now));
      }
      break;
    case MessageKind::kWelcome:
      Welcome(reply, now);
      break;
    case MessageKind::kAuthConfirmation:
      session_.AuthConfirmed(reply.authenticated, reply.token_expires_in_ms, now);
      break;
    case MessageKind::kAck:
      for (const std::string& message_id : reply.acknowledged) {
        batcher_.NoteAnswered(message_id);
        outbox_.Acknowledge(message_id);
      }
      break;
    case MessageKind::kError:
      SettleError(reply, now);
      break;
    default:
      batcher_.NoteAnswered(reply.message_id);
      if (!reply.message_id.empty() && !outbox_.Acknowledge(reply.message_id)) {
        sync_.TakeAnswered(reply.message_id);
      }
      break;
  }
}

void Engine::Welcome(const Reply& reply, TimeMs now) {
  if (session_.dialect() != Dialect::kV2 || session_.CanSend()) {
    return;
  }
  const auto limit = [](double said, std::size_t most) {
    return said >= 1 && said < static_cast<double>(most) ? static_cast<std::size_t>(said) : most;
  };
  most_in_flight_ = limit(reply.max_in_flight, kMostInFlight);
  most_message_bytes_ = limit(reply.max_message_bytes, config_.max_message_bytes);
  batcher_.LimitFrame(most_message_bytes_);
  deflates_ = config_.deflates && reply.deflates;
  session_.Welcomed(reply.heartbeat_interval_ms, reply.token_expires_in_ms, now);
}

void Engine::SettleError(const Reply& reply, TimeMs now) {
  counters_.Add(Counter::kServerErrors);
  if (batcher_.TakeRefusal(reply.message_id, reply.original_type, now)) {
    return;
  }
  const std::string text = session_.Redacted(reply.text);
  batcher_.NoteAnswered(reply.message_id);
  if (!reply.message_id.empty() && outbox_.Reject(reply.message_id, text)) {
    return;
  }
  std::vector<TopicId> refused = streams_.Refuse(reply.message_id);
  const TopicId topic = sync_.TakeAnswered(reply.message_id);
  if (topic != TopicTable::kNone) {
    refused.push_back(topic);
  }
  for (const TopicId one : refused) {
    const std::string& name = topics_.topic(one).name;
    std::string detail = name;
    detail += ": ";
    detail += text;
    Report(ErrorCode::kSubscriptionRefused, detail, "topic", name);
  }
  if (refused.empty()) {
    Report(ErrorCode::kServerError, text, "originalType", reply.original_type);
  }
}

// After a frame, or when time has passed: asks for what is missing.
void Engine::SettleStreams(bool was_readable, TimeMs now) {
  if (!was_readable && session_.dialect() == Dialect::kV2) {
    streams_.RequestResync(now);
  }
  if (streams_.Advance(now)) {
    counters_.Add(Counter::kResyncs);
    outbox_.SendAgain();
    Settle(now);
  } else if (streams_.has_messages()) {
    SettleRouting(now);
  }
}

// The socket is open and what is spoken on it is known.
void Engine::DialectChosen() { messages_.SetDialect(session_.dialect()); }

}  // namespace civic
