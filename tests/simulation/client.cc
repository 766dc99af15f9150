// People and the browser. client_host.cc has the engine's side, client_pages.cc what pages see.
#include "client.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "server.h"
#include "support/json.h"

namespace civic::simulation {
namespace {

constexpr const char* kUrl = "wss://bills.example/ws";
constexpr DurationMs kEarliestTimerMs = 1;
// A timer that runs longer would not notice how far the clock has jumped meanwhile.
constexpr DurationMs kLongestTimerMs = 30'000;
constexpr DurationMs kTimerLatenessMs = 4;
constexpr DurationMs kHiddenTimerMs = 1000;
constexpr DurationMs kIntensiveAfterMs = 5.0 * 60 * 1000;
constexpr DurationMs kIntensiveTimerMs = 60.0 * 1000;
constexpr const char* kOutboxTopic = "local:outbox";
constexpr std::uint32_t kOutboxHandle = 1'000'000;  // no reading has it
constexpr int kGoingAway = 1001;

}  // namespace

Client::Client(int index, const Surroundings& surroundings, std::uint64_t seed)
    : index_(index), around_(surroundings), random_(seed) {
  Visit();
}

void Client::Visit() {
  engine_ = std::make_unique<Engine>(ConfigOf(around_.setup), random_.Next());
  for (int page = 0; page < around_.setup.pages; ++page) {
    AddPage();
  }
  KeepOutbox();
  Settle();
}

// What waits is kept for the next visit, as js/src/persistence does; by the first page.
void Client::KeepOutbox() {
  engine_->Subscribe(pages_.front()->id, kOutboxHandle, kOutboxTopic, R"({"deliver":false})",
                     Now());
}

EngineConfig Client::ConfigOf(const Setup& setup) const {
  EngineConfig config;
  config.session.url = kUrl;
  config.session.protocols = {"civic-engagement-v1", "civic-engagement-v2"};
  config.session.reconnect.max_attempts = kUnlimitedAttempts;
  const auto auth = static_cast<AuthKind>(setup.auth);
  config.session.token_on_demand = auth != AuthKind::kNone;
  config.session.auth = auth == AuthKind::kMessage       ? AuthMode::kMessage
                        : auth == AuthKind::kSubprotocol ? AuthMode::kSubprotocol
                                                         : AuthMode::kQuery;
  if (setup.idle_probe == 0) {
    config.session.heartbeat.idle_probe_ms = 0;
  }
  const auto records = static_cast<std::uint32_t>(setup.cell_records);
  config.store.bill_updates = records;
  config.store.comments = records;
  config.store.activity = records;
  config.store.cache_bytes = static_cast<std::size_t>(setup.cache_kib) * 1024;
  config.linger_ms = setup.linger_ms;
  config.event_queue_bytes = static_cast<std::size_t>(setup.queue_kib) * 1024;
  config.outbox_messages = static_cast<std::size_t>(setup.outbox);
  config.batching.is_enabled = setup.batching != 0;
  return config;
}

void Client::Post(std::function<void()> event) {
  if (is_frozen_) {
    inbox_.push_back(std::move(event));
    return;
  }
  event();
  Settle();
}

// What people do.

void Client::Connect() {
  if (!is_frozen_) {
    is_disconnected_ = false;
    engine_->Connect(pages_.front()->id, "", Now());
    Settle();
  }
}

void Client::Disconnect() {
  if (!is_frozen_) {
    is_disconnected_ = true;
    ForgiveKept();
    engine_->Disconnect(pages_.front()->id, Now());
    Settle();
  }
}

void Client::AddPage() {
  constexpr std::size_t kMostPages = 4;
  if (is_frozen_ || pages_.size() >= kMostPages) {
    return;
  }
  auto page = std::make_unique<Page>();
  page->id = engine_->AddPage(Now());
  engine_->Listen(page->id, EventBit(EventKind::kGap), Now());
  pages_.push_back(std::move(page));
  Settle();
}

void Client::RemovePage(int page_index) {
  // The last page stays: an engine without one has nobody to connect for.
  if (is_frozen_ || pages_.size() < 2) {
    return;
  }
  Page* page = PageAt(page_index);
  Drain(*page);
  for (Reading& reading : readings_) {
    reading.is_open = reading.is_open && reading.page != page->id;
  }
  const PageId id = page->id;
  const bool is_first = page == pages_.front().get();
  std::erase_if(pages_, [&](const auto& one) { return one->id == id; });
  engine_->RemovePage(id, Now());
  if (is_first) {
    KeepOutbox();
  }
  Settle();
}

void Client::Subscribe(int page_index, int topic_index, int filter) {
  if (is_frozen_) {
    return;
  }
  const std::vector<TopicShape>& topics = around_.catalog.topics();
  // What the page was told up to now is not about this subscription.
  Drain(*PageAt(page_index));
  Reading reading;
  reading.page = PageAt(page_index)->id;
  reading.handle = ++last_handle_;
  reading.topic = topic_index % static_cast<int>(topics.size());
  reading.kind = filter == 0 ? '\0' : filter == 1 ? 'a' : 'b';
  reading.since = around_.queue.now();
  const TopicShape& topic = topics[static_cast<std::size_t>(reading.topic)];
  reading.has_company = std::any_of(readings_.begin(), readings_.end(), [&](const Reading& other) {
    return other.is_open && (other.owed_after || other.has_company) &&
           topics[static_cast<std::size_t>(other.topic)].stream == topic.stream;
  });
  readings_.push_back(reading);
  const std::string options =
      reading.kind == 0 ? "" : std::string(R"({"filters":{"kind":")") + reading.kind + "\"}}";
  engine_->Subscribe(reading.page, reading.handle, topic.name, options, Now());
  Settle();
}

void Client::Unsubscribe(int page_index, int which) {
  if (is_frozen_) {
    return;
  }
  Page* page = PageAt(page_index);
  std::vector<Reading*> open;
  for (Reading& reading : readings_) {
    if (reading.is_open && reading.page == page->id) {
      open.push_back(&reading);
    }
  }
  if (open.empty()) {
    return;
  }
  // What is queued for it must be seen before it is gone.
  Drain(*page);
  Reading* reading = open[static_cast<std::size_t>(which) % open.size()];
  reading->is_open = false;
  engine_->Unsubscribe(page->id, reading->handle, Now());
  Settle();
}

void Client::Send(int page_index, int count, int options) {
  if (is_frozen_) {
    return;
  }
  const Page* page = PageAt(page_index);
  for (int i = 0; i < count; ++i) {
    Sending sending;
    sending.page = page->id;
    sending.number = static_cast<int>(sendings_.size());
    std::string message = R"({"type":"comment_update","data":{"billId":1,"k":)" +
                          std::to_string(sending.number) + R"(,"text":")";
    message += std::string(options == 14 ? 3000 : options == 15 ? 60'000 : 5, 'y');
    message += options == 13 ? R"("},"messageId":"own-)" + std::to_string(sending.number) + "\"}"
                             : R"("}})";
    const char* how = options == 10   ? R"({"expiresInMs":2000})"
                      : options == 11 ? R"({"expiresInMs":60000})"
                      : options == 12 ? R"({"whenFull":"dropOldest"})"
                      : options == 9  ? R"({"key":"draft","whenFull":"dropOldest"})"
                                      : "";
    sendings_.push_back(sending);
    engine_->Send(page->id, static_cast<std::uint32_t>(sending.number), message, how, Now());
  }
  Settle();
}

void Client::Type(int page_index) {
  if (!is_frozen_) {
    engine_->StartTyping(PageAt(page_index)->id, "901", "", Now());
    Settle();
  }
}

// What the machine and the browser do.

void Client::Freeze(DurationMs duration, int waking_order) {
  const TimeMs until = around_.queue.now() + duration;
  frozen_until_ = std::max(frozen_until_, until);
  is_frozen_ = true;
  around_.queue.At(until, [this, waking_order] { Thaw(waking_order); });
}

void Client::Reload(DurationMs closed_for) {
  if (is_frozen_) {
    return;
  }
  DrainAll();
  kept_outbox_ = pages_.front()->model.Value(kOutboxTopic, CellKind::kOutbox);
  for (Reading& reading : readings_) {
    reading.is_open = false;
  }
  for (Sending& sending : sendings_) {
    sending.page = 0;  // nobody is left who could be told
  }
  if (live_ != nullptr) {
    live_->up.Close(kGoingAway, "");
    live_ = nullptr;
  }
  is_closed_ = true;
  Freeze(closed_for, 0);
}

std::vector<Client::Waiting> Client::WaitingIn(const std::string& outbox) const {
  std::vector<Waiting> waiting;
  const Json all = outbox.empty() ? Json::array() : ParseJson(outbox);
  for (const Json& one : all) {
    const std::string message = TextOf(one, "message");
    // What may give way to others, or may be too large for the server, comes to nothing rightly.
    constexpr std::size_t kSmall = 500;
    const bool may_vanish =
        one.contains("whenFull") || one.contains("key") || message.size() >= kSmall;
    waiting.push_back({static_cast<int>(NumberOf(ParseJson(message).at("data"), "k")),
                       one.at("expiresAt").get<TimeMs>(), may_vanish});
  }
  return waiting;
}

void Client::NoteKept() {
  // Once it has left it is sent again for nine minutes, whatever was left of its hour.
  constexpr DurationMs kSentAgainForMs = 9 * 60'000;
  for (const Waiting& kept : WaitingIn(kept_outbox_)) {
    if (!kept.may_vanish) {
      sendings_.at(static_cast<std::size_t>(kept.number)).owed_until =
          std::min(kept.expires_at, Now() + kSentAgainForMs);
    }
  }
}

std::vector<Client::Waiting> Client::WaitingNow() const {
  return WaitingIn(pages_.front()->model.Value(kOutboxTopic, CellKind::kOutbox));
}

std::size_t Client::CountWaiting() const { return WaitingNow().size(); }

bool Client::IsOwed(const Sending& sending) {
  const std::vector<Waiting> waiting = WaitingNow();
  const bool still_waits = std::any_of(waiting.begin(), waiting.end(), [&](const Waiting& one) {
    return one.number == sending.number;
  });
  return Now() < sending.owed_until && !still_waits;
}

// Nothing is sent any more; who waits is told.
void Client::ForgiveKept() {
  for (Sending& sending : sendings_) {
    sending.owed_until = 0;
  }
}

void Client::Thaw(int waking_order) {
  if (!is_frozen_ || around_.queue.now() < frozen_until_) {
    return;
  }
  is_frozen_ = false;
  if (std::exchange(is_closed_, false)) {
    inbox_.clear();
    pages_.clear();
    armed_for_ = kNever;
    ++timer_generation_;
    is_timer_due_ = false;
    hidden_since_ = kNever;
    ++visit_;
    Visit();
    Connect();
    NoteKept();
    engine_->RestoreOutbox(pages_.front()->id, std::exchange(kept_outbox_, {}), Now());
    Settle();
    return;
  }
  const auto resumed = [this] {
    engine_->Resumed(pages_.front()->id, Now());
    Settle();
  };
  const auto timer = [this] {
    if (std::exchange(is_timer_due_, false)) {
      FireTimer();
    }
  };
  const auto frames = [this] {
    for (const auto& event : std::exchange(inbox_, {})) {
      event();
      Settle();
    }
  };
  // Browsers give no order.
  switch (waking_order) {
    case 0:
      resumed();
      timer();
      frames();
      break;
    case 1:
      frames();
      timer();
      resumed();
      break;
    default:
      timer();
      frames();
      resumed();
      break;
  }
  for (const auto& page : pages_) {
    PlanDrain(*page, false);
  }
}

void Client::Hide(int page_index, DurationMs duration) {
  if (is_frozen_) {
    return;
  }
  Page* page = PageAt(page_index);
  page->hidden_until = std::max(page->hidden_until, around_.queue.now() + duration);
  if (!page->is_hidden) {
    page->is_hidden = true;
    if (IsHidden()) {
      hidden_since_ = around_.queue.now();
    }
    engine_->SetVisible(page->id, false, Now());
    Settle();
  }
  around_.queue.At(page->hidden_until, [this, id = page->id] {
    Page* hidden = Find(id);
    if (hidden == nullptr || !hidden->is_hidden || around_.queue.now() < hidden->hidden_until) {
      return;
    }
    hidden->is_hidden = false;
    hidden_since_ = kNever;
    Post([this, id] {
      if (Find(id) != nullptr) {
        engine_->SetVisible(id, true, Now());
        PlanDrain(*Find(id), false);
      }
    });
  });
}

void Client::MakeBusy(int page_index, DurationMs duration) {
  Page* page = PageAt(page_index);
  page->busy_until = std::max(page->busy_until, around_.queue.now() + duration);
}

void Client::JumpClock(DurationMs by) {
  // Timers go by a clock of their own and do not notice.
  clock_.Jump(by);
}

void Client::SetOnline(bool online) {
  Post([this, online] { engine_->SetOnline(pages_.front()->id, online, Now()); });
}

void Client::SetTokenMode(TokenMode mode, DurationMs duration) {
  token_mode_ = mode;
  token_mode_until_ = around_.queue.now() + duration;
}

void Client::Heal() {
  frozen_until_ = 0;
  Thaw(0);
  token_mode_until_ = 0;
  for (const auto& page : pages_) {
    page->busy_until = 0;
    page->hidden_until = 0;
    if (std::exchange(page->is_hidden, false)) {
      engine_->SetVisible(page->id, true, Now());
    }
    PlanDrain(*page, false);
  }
  hidden_since_ = kNever;
  engine_->SetOnline(pages_.front()->id, true, Now());
  Settle();
  // As an application does when a person asks for it.
  if (is_disconnected_) {
    Connect();
  }
}

bool Client::IsHidden() const {
  return std::all_of(pages_.begin(), pages_.end(),
                     [](const auto& page) { return page->is_hidden; });
}

// The host's one timer.

void Client::ArmTimer() {
  const TimeMs deadline = engine_->NextDeadline();
  if (deadline == kNever || deadline >= armed_for_) {
    return;  // it fires early enough, and then it is armed anew
  }
  armed_for_ = std::min(deadline, Now() + kLongestTimerMs);
  const std::uint64_t generation = ++timer_generation_;
  around_.queue.At(TimerFires(armed_for_), [this, generation] {
    if (generation != timer_generation_) {
      return;
    }
    if (is_frozen_) {
      is_timer_due_ = true;
    } else {
      FireTimer();
    }
  });
}

void Client::FireTimer() {
  armed_for_ = kNever;
  if (Now() < engine_->NextDeadline()) {
    ArmTimer();
    return;
  }
  TellBacklog();
  engine_->Advance(Now());
  Settle();
}

TimeMs Client::TimerFires(TimeMs deadline) {
  const TimeMs now = around_.queue.now();
  const DurationMs delay = std::max(kEarliestTimerMs, deadline - Now());
  const TimeMs due = now + delay + kTimerLatenessMs * random_.NextUnit();
  DurationMs step = wake_up_interval_;
  if (step <= 0 && IsHidden()) {
    step = now - hidden_since_ >= kIntensiveAfterMs ? kIntensiveTimerMs : kHiddenTimerMs;
  }
  if (step <= 0 || !IsHidden()) {
    return due;
  }
  return EventQueue::kBegin + std::ceil((due - EventQueue::kBegin) / step) * step;
}

}  // namespace civic::simulation
