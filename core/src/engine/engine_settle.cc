// What follows from an input: the engine settles until nothing is left to do.
#include <string>
#include <utility>
#include <vector>

#include "civic/engine/connection_text.h"
#include "civic/engine/engine.h"
#include "civic/engine/problem.h"
#include "civic/wire/encoder.h"

namespace civic {

// Lets everything a call has set in motion come to rest.
void Engine::Settle(TimeMs now) {
  SettleSession(now);
  SettleRouting();
  SettleOutgoing();
}

void Engine::SettleReplies(TimeMs now) {
  for (const Reply& reply : messages_.replies()) {
    if (reply.retry_after_ms >= 0) {
      session_.ServerAskedToRetryAfter(reply.retry_after_ms, now);
    }
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
      case MessageKind::kAuthConfirmation:
        session_.AuthConfirmed(reply.authenticated, now);
        break;
      case MessageKind::kError: {
        counters_.Add(Counter::kServerErrors);
        if (batcher_.TakeRefusal(reply.message_id, reply.original_type, now)) {
          break;
        }
        const std::string text = session_.Redacted(reply.text);
        const TopicId topic = sync_.TakeAnswered(reply.message_id);
        if (topic != TopicTable::kNone) {
          const std::string& name = topics_.topic(topic).name;
          std::string detail = name;
          detail += ": ";
          detail += text;
          Report(ErrorCode::kSubscriptionRefused, detail, "topic", name);
        } else {
          Report(ErrorCode::kServerError, text, "originalType", reply.original_type);
        }
        break;
      }
      default:
        sync_.TakeAnswered(reply.message_id);
        break;
    }
    // One reply may end what the one before it began.
    Settle(now);
  }
  messages_.replies().clear();
}

void Engine::SettleRouting() {
  std::vector<RoutingChange>& changes = topics_.changes();
  for (const RoutingChange& change : changes) {
    Page* page = pages_.Find(change.page);
    switch (change.kind) {
      case RoutingChange::Kind::kWatchOpened:
        OpenWatch(*page, change.topic);
        break;
      case RoutingChange::Kind::kWatchClosed:
        if (page != nullptr) {
          page->NoteTopicClosed(change.topic, topics_.topic(change.topic).key);
          pages_.Touch(*page);
        }
        break;
      case RoutingChange::Kind::kTopicIdle:
        store_.SetIdle(change.topic, true);
        break;
      case RoutingChange::Kind::kTopicWanted:
        store_.SetIdle(change.topic, false);
        sync_.Update(change.topic);
        break;
      case RoutingChange::Kind::kTopicOpened:
        messages_.NoteOpened(change.topic);
        sync_.Update(change.topic);
        break;
      case RoutingChange::Kind::kFilterChanged:
        sync_.Update(change.topic);
        break;
      case RoutingChange::Kind::kTopicClosed:
        sync_.Close(change.topic);
        messages_.Forget(change.topic);
        store_.Forget(change.topic);
        topics_.Release(change.topic);
        break;
    }
  }
  changes.clear();
  for (std::string& message : sync_.messages()) {
    SendText(std::move(message));
  }
  sync_.messages().clear();
}

void Engine::OpenWatch(Page& page, TopicId id) {
  const Topic& topic = topics_.topic(id);
  Watch* watch = topics_.FindWatch(id, page.id());
  for (const CellKind kind : kCellKinds) {
    // What was dropped before the page came was never meant for it.
    const CellStore::Cell* cell = store_.Find(id, kind);
    if (watch != nullptr && cell != nullptr) {
      watch->delivered[static_cast<std::size_t>(kind) - 1] = cell->log.total() - cell->log.size();
    }
  }
  page.NoteTopicOpened(id, topic.key, topic.name);
  pages_.Touch(page);
}

void Engine::SettleSession(TimeMs now) {
  SessionAction action;
  while (session_.PollAction(&action)) {
    Perform(std::move(action), now);
  }
  ConnectionChange change;
  while (session_.PollChange(&change)) {
    SettleConnection(change, now);
  }
}

void Engine::SettleConnection(const ConnectionChange& change, TimeMs now) {
  const bool up = change.state == ConnectionState::kConnected;
  if (up && !up_) {
    if (change.previous == ConnectionState::kReconnecting) {
      counters_.Add(Counter::kReconnects);
    }
    sync_.ConnectionUp();
    SettleRouting();
    FlushOutbox(now);
  } else if (!up && up_) {
    sync_.ConnectionDown();
    typing_.ConnectionDown();
    for (Outbox::Waiting& waiting : batcher_.ConnectionDown()) {
      const ErrorCode code = outbox_.Keep(waiting.page, waiting.command, waiting.message);
      if (code != ErrorCode::kOk) {
        Answer(waiting.page, waiting.command, code, "");
      }
    }
  }
  up_ = up;
  if (change.state == ConnectionState::kFailed || change.state == ConnectionState::kDisconnected) {
    RejectOutbox();
  }
  ReportConnection(change);
}

void Engine::Perform(SessionAction action, TimeMs now) {
  switch (action.kind) {
    case SessionAction::Kind::kOpenSocket:
      actions_.push_back({Action::Kind::kOpenSocket,
                          action.socket,
                          0,
                          {},
                          std::move(action.url),
                          std::move(action.protocols)});
      break;
    case SessionAction::Kind::kCloseSocket:
      actions_.push_back({Action::Kind::kCloseSocket,
                          action.socket,
                          action.code,
                          std::move(action.reason),
                          {},
                          {}});
      break;
    case SessionAction::Kind::kSendPing:
      counters_.Add(Counter::kPingsSent);
      SendText(EncodePing(action.message_id, now));
      break;
    case SessionAction::Kind::kSendAuth:
      SendText(EncodeAuth(action.token, action.message_id));
      break;
    case SessionAction::Kind::kWantToken:
      pages_.ForEach([&](Page& page) {
        page.QueueUrgent(EntryKind::kTokenWanted, action.request_id, 0, {});
        pages_.Touch(page);
      });
      break;
  }
}

void Engine::SendText(std::string text) {
  counters_.Add(Counter::kMessagesSent);
  counters_.Add(Counter::kBytesSent, static_cast<double>(text.size()));
  actions_.push_back({Action::Kind::kSendText, session_.socket(), 0, std::move(text), {}, {}});
}

void Engine::SettleOutgoing() {
  for (std::string& message : typing_.messages()) {
    SendText(std::move(message));
  }
  typing_.messages().clear();
  for (Batcher::Frame& frame : batcher_.frames()) {
    SendText(std::move(frame.text));
    for (const Outbox::Waiting& message : frame.messages) {
      Answer(message.page, message.command, ErrorCode::kOk, "");
    }
  }
  batcher_.frames().clear();
}

void Engine::FlushOutbox(TimeMs now) {
  for (Outbox::Waiting& waiting : outbox_.TakeAll()) {
    batcher_.Add(std::move(waiting), now);
  }
  batcher_.Flush(now);
  SettleOutgoing();
}

void Engine::RejectOutbox() {
  for (const Outbox::Waiting& waiting : outbox_.TakeAll()) {
    Answer(waiting.page, waiting.command, ErrorCode::kNotConnected, "");
  }
}

void Engine::Answer(PageId id, std::uint32_t command, ErrorCode code, std::string_view detail) {
  Page* page = pages_.Find(id);
  page->QueueUrgent(EntryKind::kCommandResult, command, static_cast<std::uint32_t>(code),
                    code == ErrorCode::kOk ? std::string() : DescribeFailure(code, detail));
  pages_.Touch(*page);
}

void Engine::Report(ErrorCode code, std::string_view detail, std::string_view context_key,
                    std::string_view context) {
  const std::string problem = DescribeProblem(code, detail, {{context_key, context}});
  pages_.ForEach([&](Page& page) {
    page.QueueError(code, problem);
    pages_.Touch(page);
  });
}

void Engine::ReportTo(PageId id, ErrorCode code, std::string_view detail) {
  Page* page = pages_.Find(id);
  page->QueueError(code, DescribeProblem(code, detail));
  pages_.Touch(*page);
}

void Engine::ReportConnection(const ConnectionChange& change) {
  connection_text_ = DescribeConnection(change);
  pages_.ForEach([&](Page& page) {
    page.QueueUrgent(EntryKind::kConnection, 0, 0, connection_text_);
    pages_.Touch(page);
  });
}

void Engine::UpdateVisibility(TimeMs now) {
  bool any = false;
  bool visible = false;
  pages_.ForEach([&](const Page& page) {
    any = true;
    visible = visible || page.visible();
  });
  session_.SetVisible(!any || visible, now);
}

}  // namespace civic
