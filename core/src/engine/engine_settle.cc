// What follows from an input: the engine settles until nothing is left to do.
#include <list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "civic/engine/connection_text.h"
#include "civic/engine/engine.h"
#include "civic/engine/problem.h"
#include "civic/wire/encoder.h"
#include "civic/wire/stream_encoder.h"

namespace civic {

// Lets everything a call has set in motion come to rest.
void Engine::Settle(TimeMs now) {
  SettleSession(now);
  SettleRouting(now);
  Pump(now);
  SettleOutgoing();
  SettleOutbox();
}

void Engine::SettleRouting(TimeMs now) {
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
        streams_.Update(change.topic, now);
        break;
      case RoutingChange::Kind::kTopicOpened:
        messages_.NoteOpened(change.topic);
        outbox_due_ = outbox_due_ || topics_.topic(change.topic).name == kOutboxTopic;
        sync_.Update(change.topic);
        streams_.Update(change.topic, now);
        break;
      case RoutingChange::Kind::kFilterChanged:
        sync_.Update(change.topic);
        streams_.Update(change.topic, now);
        break;
      case RoutingChange::Kind::kTopicClosed:
        sync_.Close(change.topic);
        streams_.Close(change.topic, now);
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
  if (streams_.has_messages()) {
    for (std::string& message : streams_.TakeMessages(now)) {
      SendText(std::move(message));
    }
  }
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
  if (streams_.IsOrdered(id)) {
    page.QueueGuarantee(topic.key, true);
  }
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
    if (session_.dialect() == Dialect::kV1) {
      messages_.ForgetPositions();
      sync_.ConnectionUp();
    }
    SettleRouting(now);
    Pump(now);
    batcher_.Flush(now);
    SettleOutgoing();
  } else if (!up && up_) {
    sync_.ConnectionDown();
    typing_.ConnectionDown();
    outbox_.ConnectionDown();
    std::list<Outbox::Waiting> unsent = batcher_.ConnectionDown();
    // Of what the outbox still has, only copies were here.
    std::erase_if(unsent, [](const Outbox::Waiting& waiting) { return waiting.page == 0; });
    outbox_.PutBack(std::move(unsent), now);
  }
  if (!up) {
    streams_.ConnectionDown();
    deflates_ = false;
    backlog_bytes_ = 0;
    backlog_poll_at_ = kNever;
  }
  up_ = up;
  if (change.state == ConnectionState::kFailed || change.state == ConnectionState::kDisconnected) {
    outbox_.RejectAll(ErrorCode::kNotConnected);
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
    case SessionAction::Kind::kSendHello:
      SendText(EncodeHello({action.message_id, client_id_, action.token, config_.deflates}));
      streams_.ConnectionUp(now);
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
  const bool is_deflated = deflates_ && text.size() > kDeflatedFromBytes;
  actions_.push_back({is_deflated ? Action::Kind::kSendDeflated : Action::Kind::kSendText,
                      session_.socket(),
                      0,
                      std::move(text),
                      {},
                      {}});
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

void Engine::Pump(TimeMs now) {
  const bool is_v2 = session_.dialect() == Dialect::kV2;
  while (session_.CanSend() && !IsPressed() && !batcher_.IsHeld(outbox_)) {
    std::optional<Outbox::Waiting> next =
        is_v2 ? outbox_.SendNext(most_in_flight_, most_message_bytes_, session_.is_guest(), now)
              : outbox_.TakeNext();
    if (!next) {
      break;
    }
    backlog_bytes_ += next->message.size();
    batcher_.Add(*std::move(next), now);
  }
  // From here on the host knows better.
  if (IsPressed() && backlog_poll_at_ == kNever) {
    backlog_poll_at_ = now + kBacklogPollMs;
  }
}

void Engine::SettleOutbox() {
  for (const Outbox::Settled& settled : outbox_.settled()) {
    if (settled.code == ErrorCode::kOk) {
      counters_.Add(Counter::kMessagesAcknowledged);
    }
    Answer(settled.page, settled.command, settled.code, settled.detail);
  }
  outbox_.settled().clear();
  counters_.Add(Counter::kMessagesResent, static_cast<double>(outbox_.TakeResent()));
  if (outbox_.TakeChanged() || outbox_due_) {
    const TopicId topic = topics_.Find(kOutboxTopic);
    outbox_due_ = topic != TopicTable::kNone;
    if (outbox_due_) {
      messages_.NoteCellChange(topic, false);
    }
  }
}

void Engine::WriteOutboxCell() {
  const TopicId topic = topics_.Find(kOutboxTopic);
  if (topic == TopicTable::kNone) {
    return;
  }
  const CellStore::Cell* cell = store_.Find(topic, CellKind::kOutbox);
  // One that memory was too short for is empty, and the page would believe that nothing waits.
  const bool is_emptied = cell != nullptr && cell->log.size() == 0;
  if (!outbox_due_ && !is_emptied) {
    return;
  }
  outbox_due_ = false;
  std::string text;
  outbox_.Write(&text);
  store_.Put(topic, CellKind::kOutbox, text);
}

void Engine::Answer(PageId id, std::uint32_t command, ErrorCode code, std::string_view detail) {
  Page* page = pages_.Find(id);
  if (page == nullptr) {
    return;  // gone, or of an earlier visit
  }
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
  connection_text_ = DescribeConnection(change, {session_.dialect(), deflates_});
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
