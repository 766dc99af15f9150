#include "civic/engine/engine.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "civic/engine/connection_text.h"
#include "civic/engine/problem.h"
#include "civic/engine/subscribe_options.h"
#include "civic/wire/encoder.h"

namespace civic {

Engine::Engine(const EngineConfig& config, std::uint64_t seed)
    : config_(config),
      random_(seed),
      store_(config_.store),
      topics_(config_.linger_ms),
      sync_(topics_, random_),
      session_(config_.session, random_),
      outbox_({config_.outbox_messages, config_.outbox_bytes}),
      pages_(config_.event_queue_bytes),
      messages_(config_.max_frame_bytes, topics_, store_, pages_, counters_) {}

void Engine::SocketOpened(SocketId socket, TimeMs now) {
  session_.SocketOpened(socket, now);
  Settle(now);
}

void Engine::SocketFrame(SocketId socket, std::string_view bytes, bool is_text, TimeMs now) {
  if (!IsLive(socket)) {
    return;
  }
  session_.FrameReceived(socket, now);
  counters_.Add(Counter::kFramesReceived);
  counters_.Add(Counter::kBytesReceived, static_cast<double>(bytes.size()));
  if (!is_text && !bytes.starts_with('{')) {
    counters_.Add(Counter::kMalformedFrames);
    Report(ErrorCode::kMalformedFrame, "A binary frame must begin with {.", "reason",
           "unknown binary format");
  } else {
    messages_.Handle(bytes, now);
  }
  SettleReplies(now);
}

void Engine::SocketFrameTooLarge(SocketId socket, std::size_t bytes, TimeMs now) {
  if (!IsLive(socket)) {
    return;
  }
  session_.FrameReceived(socket, now);
  counters_.Add(Counter::kFramesReceived);
  counters_.Add(Counter::kBytesReceived, static_cast<double>(bytes));
  messages_.Refuse(bytes);
}

void Engine::SocketClosed(SocketId socket, int code, std::string_view reason, TimeMs now) {
  session_.SocketClosed(socket, code, reason, now);
  Settle(now);
}

void Engine::SocketFailed(SocketId socket, std::string_view reason, TimeMs now) {
  if (IsLive(socket)) {
    const std::string detail = session_.Redacted(reason);
    Report(ErrorCode::kSocketFailed, detail, "reason", detail);
  }
  session_.SocketClosed(socket, 1006, reason, now);
  Settle(now);
}

PageId Engine::AddPage(TimeMs now) {
  const PageId id = pages_.Add();
  if (!connection_text_.empty()) {
    Page& page = *pages_.Find(id);
    page.QueueUrgent(EntryKind::kConnection, 0, 0, connection_text_);
    pages_.Touch(page);
  }
  UpdateVisibility(now);
  Settle(now);
  return id;
}

void Engine::RemovePage(PageId page, TimeMs now) {
  if (pages_.Find(page) == nullptr) {
    return;
  }
  outbox_.RemovePage(page);
  topics_.RemovePage(page);
  SettleRouting();
  pages_.Remove(page);
  UpdateVisibility(now);
  Settle(now);
}

void Engine::Connect(PageId page, std::string_view token, TimeMs now) {
  if (pages_.Find(page) == nullptr) {
    return;
  }
  session_.Connect(token.empty() ? std::nullopt : std::optional<std::string>(token), now);
  Settle(now);
}

void Engine::Disconnect(PageId page, TimeMs now) {
  if (pages_.Find(page) == nullptr) {
    return;
  }
  session_.Disconnect();
  Settle(now);
}

void Engine::Subscribe(PageId page, std::uint32_t subscription, std::string_view topic,
                       std::string_view options_json, TimeMs now) {
  if (pages_.Find(page) == nullptr) {
    return;
  }
  SubscribeOptions options;
  std::string fault = topic.empty() ? "topic must not be empty" : options.Parse(options_json);
  if (fault.empty() && !topics_.Subscribe(page, subscription, topic, std::move(options.filter),
                                          options.priority, options.deliver)) {
    fault = "subscription " + std::to_string(subscription) + " exists already";
  }
  if (!fault.empty()) {
    ReportTo(page, ErrorCode::kInvalidArgument, "subscribe: " + fault);
  }
  Settle(now);
}

void Engine::Unsubscribe(PageId page, std::uint32_t subscription, TimeMs now) {
  topics_.Unsubscribe(page, subscription, now);
  Settle(now);
}

void Engine::Send(PageId page, std::uint32_t command, std::string_view message, TimeMs now) {
  if (pages_.Find(page) == nullptr) {
    return;
  }
  const auto answer = [&](ErrorCode code, std::string_view detail) {
    Answer(page, command, code, detail);
  };
  if (message.size() > config_.max_message_bytes) {
    answer(ErrorCode::kMessageTooLarge, std::to_string(message.size()) + " bytes, allowed are " +
                                            std::to_string(config_.max_message_bytes));
  } else if (!outgoing_scanner_.Scan(message).ok() ||
             outgoing_scanner_.entries().front().kind != JsonKind::kObject) {
    answer(ErrorCode::kInvalidArgument, "send: the message must be one JSON object");
  } else if (session_.CanSend()) {
    SendText(std::string(message));
    answer(ErrorCode::kOk, "");
  } else if (session_.state() == ConnectionState::kFailed) {
    answer(ErrorCode::kNotConnected, "the connection has failed; connect() starts again");
  } else {
    const ErrorCode code = outbox_.Keep(page, command, message);
    if (code != ErrorCode::kOk) {
      answer(code, std::to_string(outbox_.size()) + " are waiting");
    }
  }
  outgoing_scanner_.ReleaseExcess();
  Settle(now);
}

void Engine::Listen(PageId id, std::uint32_t event_mask, TimeMs now) {
  Page* page = pages_.Find(id);
  if (page != nullptr) {
    page->SetListenMask(event_mask);
    pages_.UpdateListenMask();
  }
  Settle(now);
}

void Engine::SetVisible(PageId id, bool visible, TimeMs now) {
  Page* page = pages_.Find(id);
  if (page != nullptr) {
    page->SetVisible(visible);
    pages_.Touch(*page);
    UpdateVisibility(now);
  }
  Settle(now);
}

void Engine::SetOnline(PageId page, bool online, TimeMs now) {
  if (pages_.Find(page) != nullptr) {
    session_.SetOnline(online, now);
  }
  Settle(now);
}

void Engine::Resumed(PageId page, TimeMs now) {
  if (pages_.Find(page) != nullptr) {
    session_.Resumed(now);
  }
  Settle(now);
}

void Engine::ProvideToken(PageId page, std::uint32_t request, std::string_view token, TimeMs now) {
  if (pages_.Find(page) != nullptr) {
    session_.ProvideToken(request,
                          token.empty() ? std::nullopt : std::optional<std::string_view>(token),
                          now);
  }
  Settle(now);
}

void Engine::Inject(PageId page, std::string_view message, TimeMs now) {
  if (pages_.Find(page) != nullptr) {
    messages_.Handle(message, now);
    // An answer that did not come from the server answers nothing.
    messages_.replies().clear();
  }
  Settle(now);
}

void Engine::Advance(TimeMs now) {
  session_.Advance(now);
  topics_.Advance(now);
  Settle(now);
}

TimeMs Engine::NextDeadline() const {
  return std::min(session_.NextDeadline(), topics_.NextDeadline());
}

bool Engine::PollAction(Action* action) {
  if (actions_.empty()) {
    return false;
  }
  *action = std::move(actions_.front());
  actions_.pop_front();
  return true;
}

BundleState Engine::StateOf(PageId id) {
  const Page* page = pages_.Find(id);
  return page == nullptr ? BundleState::kNothing : page->State();
}

std::span<const char> Engine::DrainBundle(PageId id, TimeMs now) {
  Page* page = pages_.Find(id);
  if (page == nullptr) {
    return {};
  }
  counters_.Set(Counter::kTopicsActive, static_cast<double>(topics_.topic_count()));
  counters_.Set(Counter::kSubscriptionsActive, static_cast<double>(topics_.subscription_count()));
  counters_.Set(Counter::kCacheBytes, static_cast<double>(store_.used_bytes()));
  const std::span<const char> bundle = bundles_.Write(*page, topics_, store_, counters_, now);
  pages_.NoteDrained(id);
  return bundle;
}

// Lets everything a call has set in motion come to rest.
void Engine::Settle(TimeMs now) {
  SettleSession(now);
  SettleRouting();
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
        const std::string text = session_.Redacted(reply.text);
        const TopicId topic = sync_.TakeAnswered(reply.message_id);
        if (topic != TopicTable::kNone) {
          const std::string& name = topics_.topic(topic).name;
          Report(ErrorCode::kSubscriptionRefused, name + ": " + text, "topic", name);
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
      case RoutingChange::Kind::kFilterChanged:
        sync_.Update(change.topic);
        break;
      case RoutingChange::Kind::kTopicClosed:
        sync_.Close(change.topic);
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
    SettleConnection(change);
  }
}

void Engine::SettleConnection(const ConnectionChange& change) {
  const bool up = change.state == ConnectionState::kConnected;
  if (up && !up_) {
    if (change.previous == ConnectionState::kReconnecting) {
      counters_.Add(Counter::kReconnects);
    }
    sync_.ConnectionUp();
    SettleRouting();
    FlushOutbox();
  } else if (!up && up_) {
    sync_.ConnectionDown();
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
      actions_.push_back({Action::Kind::kOpenSocket, action.socket, 0, {}, std::move(action.url),
                          std::move(action.protocols)});
      break;
    case SessionAction::Kind::kCloseSocket:
      actions_.push_back({Action::Kind::kCloseSocket, action.socket, action.code,
                          std::move(action.reason), {}, {}});
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

void Engine::FlushOutbox() {
  for (Outbox::Waiting& waiting : outbox_.TakeAll()) {
    SendText(std::move(waiting.message));
    Answer(waiting.page, waiting.command, ErrorCode::kOk, "");
  }
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
