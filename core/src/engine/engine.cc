#include "civic/engine/engine.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace civic {
namespace {

std::string NewClientId(Random& random) {
  std::array<char, 16> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), random.Next(), 36).ptr;
  return {text.data(), end};
}

}  // namespace

Engine::Engine(const EngineConfig& config, std::uint64_t seed)
    : config_(config),
      random_(seed),
      store_(config_.store),
      topics_(config_.linger_ms),
      sync_(topics_, random_),
      client_id_(NewClientId(random_)),
      streams_(topics_, client_id_),
      session_(config_.session, random_),
      outbox_({config_.outbox_messages, config_.outbox_bytes}, client_id_),
      batcher_(config_.batching, config_.max_message_bytes, client_id_),
      typing_(config_.community.typing_timeout_ms),
      pages_(config_.event_queue_bytes),
      messages_(config_, topics_, streams_, store_, pages_, counters_),
      most_message_bytes_(config_.max_message_bytes) {}

void Engine::SocketOpened(SocketId socket, std::string_view protocol, TimeMs now) {
  if (IsLive(socket)) {
    session_.SocketOpened(socket, protocol, now);
    DialectChosen();
  }
  Settle(now);
}

void Engine::SocketFrame(SocketId socket, std::string_view bytes, bool is_text, TimeMs now) {
  if (!IsLive(socket)) {
    return;
  }
  session_.FrameReceived(socket, now);
  counters_.Add(Counter::kFramesReceived);
  counters_.Add(Counter::kBytesReceived, static_cast<double>(bytes.size()));
  bool was_readable = false;
  if (!is_text && !bytes.starts_with('{')) {
    counters_.Add(Counter::kMalformedFrames);
    Report(ErrorCode::kMalformedFrame, "A binary frame must begin with {.", "reason",
           "unknown binary format");
  } else {
    was_readable = messages_.Handle(bytes, now);
  }
  SettleReplies(now);
  SettleStreams(was_readable, now);
}

void Engine::SocketFrameTooLarge(SocketId socket, std::size_t bytes, TimeMs now) {
  if (!IsLive(socket)) {
    return;
  }
  session_.FrameReceived(socket, now);
  counters_.Add(Counter::kFramesReceived);
  counters_.Add(Counter::kBytesReceived, static_cast<double>(bytes));
  messages_.Refuse(bytes);
  SettleStreams(false, now);
}

void Engine::SocketBacklog(SocketId socket, std::size_t buffered_bytes, TimeMs now) {
  if (!IsLive(socket)) {
    return;
  }
  const bool was_pressed = IsPressed();
  backlog_bytes_ = buffered_bytes;
  backlog_told_ = true;
  if (IsPressed() && backlog_poll_at_ == kNever) {
    backlog_poll_at_ = now + kBacklogPollMs;
  } else if (was_pressed && !IsPressed()) {
    Settle(now);
  }
}

void Engine::NoteDeflated(bool is_sent, std::size_t wire_bytes, std::size_t text_bytes) {
  counters_.Add(is_sent ? Counter::kDeflatedFramesSent : Counter::kDeflatedFramesReceived);
  counters_.Add(is_sent ? Counter::kDeflatedBytesSent : Counter::kDeflatedBytesReceived,
                static_cast<double>(wire_bytes));
  counters_.Add(is_sent ? Counter::kDeflatedTextBytesSent : Counter::kDeflatedTextBytesReceived,
                static_cast<double>(text_bytes));
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
  // First of all what became of the connection: on a dead one nothing is said.
  SettleSession(now);
  topics_.Advance(now);
  messages_.Advance(now);
  batcher_.Advance(now);
  typing_.Advance(now);
  outbox_.Advance(now);
  if (now >= backlog_poll_at_) {
    // A host that says nothing has nothing waiting.
    backlog_bytes_ = backlog_told_ ? backlog_bytes_ : 0;
    backlog_told_ = false;
    backlog_poll_at_ = IsPressed() ? now + kBacklogPollMs : kNever;
  }
  Settle(now);
  SettleStreams(true, now);
}

TimeMs Engine::NextDeadline() const {
  return std::min(MachineDeadline(), messages_.NextDeadline());
}

TimeMs Engine::MachineDeadline() const {
  return std::min({session_.NextDeadline(), topics_.NextDeadline(), batcher_.NextDeadline(),
                   typing_.NextDeadline(), outbox_.NextDeadline(), streams_.NextDeadline(),
                   backlog_poll_at_});
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
  WriteOutboxCell();
  counters_.Set(Counter::kOutboxMessages, static_cast<double>(outbox_.size()));
  counters_.Set(Counter::kOutboxBytes, static_cast<double>(outbox_.bytes()));
  counters_.Set(Counter::kBacklogBytes, static_cast<double>(backlog_bytes_));
  counters_.Set(Counter::kTopicsActive, static_cast<double>(topics_.topic_count()));
  counters_.Set(Counter::kSubscriptionsActive, static_cast<double>(topics_.subscription_count()));
  counters_.Set(Counter::kCacheBytes, static_cast<double>(store_.used_bytes()));
  const std::span<const char> bundle = bundles_.Write(*page, topics_, store_, counters_, now);
  pages_.NoteDrained(id);
  return bundle;
}

}  // namespace civic
