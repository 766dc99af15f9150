#include "civic/engine/engine.h"

#include <algorithm>
#include <string>
#include <utility>

namespace civic {

Engine::Engine(const EngineConfig& config, std::uint64_t seed)
    : config_(config),
      random_(seed),
      store_(config_.store),
      topics_(config_.linger_ms),
      sync_(topics_, random_),
      session_(config_.session, random_),
      outbox_({config_.outbox_messages, config_.outbox_bytes}),
      batcher_(config_.batching, config_.max_message_bytes),
      typing_(config_.community.typing_timeout_ms),
      pages_(config_.event_queue_bytes),
      messages_(config_, topics_, store_, pages_, counters_) {}

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

void Engine::Advance(TimeMs now) {
  session_.Advance(now);
  topics_.Advance(now);
  messages_.Advance(now);
  batcher_.Advance(now);
  typing_.Advance(now);
  Settle(now);
}

TimeMs Engine::NextDeadline() const {
  return std::min({session_.NextDeadline(), topics_.NextDeadline(), messages_.NextDeadline(),
                   batcher_.NextDeadline(), typing_.NextDeadline()});
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
  messages_.WriteDueCells();
  counters_.Set(Counter::kTopicsActive, static_cast<double>(topics_.topic_count()));
  counters_.Set(Counter::kSubscriptionsActive, static_cast<double>(topics_.subscription_count()));
  counters_.Set(Counter::kCacheBytes, static_cast<double>(store_.used_bytes()));
  const std::span<const char> bundle = bundles_.Write(*page, topics_, store_, counters_, now);
  pages_.NoteDrained(id);
  return bundle;
}

}  // namespace civic
