// The commands of pages. engine.cc has the rest of the inputs.
#include <optional>
#include <string>
#include <utility>

#include "civic/engine/engine.h"
#include "civic/engine/subscribe_options.h"

namespace civic {

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
  batcher_.Flush(now);
  typing_.RemovePage(page, now);
  SettleOutgoing();
  outbox_.RemovePage(page);
  topics_.RemovePage(page);
  SettleRouting(now);
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
  batcher_.Flush(now);
  SettleOutgoing();
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

void Engine::Send(PageId page, std::uint32_t command, std::string_view message,
                  std::string_view options_json, TimeMs now) {
  if (pages_.Find(page) == nullptr) {
    return;
  }
  const auto answer = [&](ErrorCode code, std::string_view detail) {
    Answer(page, command, code, detail);
  };
  SendOptions options;
  const std::string fault = options.Parse(options_json);
  if (!fault.empty()) {
    answer(ErrorCode::kInvalidArgument, "send: " + fault);
  } else if (message.size() > config_.max_message_bytes) {
    answer(ErrorCode::kMessageTooLarge, std::to_string(message.size()) + " bytes, allowed are " +
                                            std::to_string(config_.max_message_bytes));
  } else if (!outgoing_scanner_.Scan(message).ok() ||
             outgoing_scanner_.entries().front().kind != JsonKind::kObject) {
    answer(ErrorCode::kInvalidArgument, "send: the message must be one JSON object");
  } else if (session_.state() == ConnectionState::kFailed) {
    answer(ErrorCode::kNotConnected, "the connection has failed; connect() starts again");
  } else {
    const MessageView view(message, outgoing_scanner_.entries(), 0);
    std::string scratch;
    const bool may_wait = Batcher::MayWait(view.TextOf(view.Find(Field::kType), &scratch));
    const std::string message_id(view.TextOf(view.Find(Field::kMessageId), &scratch));
    Enqueue({page, command, std::string(message)}, message_id, may_wait, options, now);
  }
  outgoing_scanner_.ReleaseExcess();
  Settle(now);
}

// `may_wait`: for others to travel with it, and for the server to acknowledge it. What may not goes
// at once if it can.
void Engine::Enqueue(Outbox::Waiting message, std::string_view message_id, bool may_wait,
                     const SendOptions& options, TimeMs now) {
  const bool is_acknowledged = may_wait && session_.dialect() == Dialect::kV2;
  if (session_.CanSend() && !IsPressed() && !is_acknowledged && outbox_.size() == 0) {
    if (!may_wait) {
      batcher_.Flush(now);
    }
    batcher_.Add(std::move(message), now);
    if (!may_wait) {
      batcher_.Flush(now);
    }
    return;
  }
  const PageId page = message.page;
  const std::uint32_t command = message.command;
  const ErrorCode code = outbox_.Keep(std::move(message), message_id, may_wait, options, now);
  if (code != ErrorCode::kOk) {
    Answer(page, command, code, std::to_string(outbox_.size()) + " are waiting");
  }
}

void Engine::RestoreOutbox(PageId page, std::string_view json, TimeMs now) {
  if (pages_.Find(page) != nullptr) {
    outbox_.Restore(json, now);
  }
  Settle(now);
}

void Engine::StartTyping(PageId page, std::string_view bill, std::string_view parent, TimeMs now) {
  // Typing that comes late says nothing.
  if (pages_.Find(page) != nullptr && session_.CanSend() && !IsPressed()) {
    typing_.Start(page, bill, parent, now);
  }
  Settle(now);
}

void Engine::StopTyping(PageId page, std::string_view bill, std::string_view parent, TimeMs now) {
  typing_.Stop(page, bill, parent, now);
  Settle(now);
}

void Engine::ChangeNotifications(PageId page, std::string_view change, std::string_view id,
                                 TimeMs now) {
  if (pages_.Find(page) != nullptr) {
    const auto known = FindNotificationChange(change);
    if (known) {
      messages_.ChangeNotifications(*known, id);
    } else {
      ReportTo(page, ErrorCode::kInvalidArgument,
               "changeNotifications: the change must be one of read, readAll, remove, clear, "
               "clearRead");
    }
  }
  Settle(now);
}

void Engine::RestoreNotifications(PageId page, std::string_view json, TimeMs now) {
  if (pages_.Find(page) != nullptr) {
    messages_.RestoreNotifications(json, now);
  }
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
    if (!visible) {
      batcher_.Flush(now);  // a hidden page may be gone at any moment
    }
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
    session_.ProvideToken(
        request, token.empty() ? std::nullopt : std::optional<std::string_view>(token), now);
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

}  // namespace civic
