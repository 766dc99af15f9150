// One browser with an engine in it: performs what the engine asks for, keeps its one timer, drains
// its pages, and suffers what browsers suffer. Does what a host does (wasm/engine_host.cc and
// js/src/engine), so that what is found here is what people would meet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/engine.h"
#include "civic/engine/random.h"
#include "digest.h"
#include "event_log.h"
#include "event_queue.h"
#include "host_clock.h"
#include "link.h"
#include "reading.h"
#include "setup.h"
#include "support/page_model.h"
#include "token_authority.h"
#include "topic_catalog.h"

namespace civic::simulation {

class Client {
 public:
  struct Surroundings {
    EventQueue& queue;
    const Setup& setup;
    const TopicCatalog& catalog;
    const EventLog& log;
    TokenAuthority& authority;
    // The link of a new socket; null when there is no network.
    std::function<Link*(Handshake, SocketId)> open;
  };

  enum class TokenMode { kPrompt, kSlow, kNone, kSilent };

  Client(int index, const Surroundings& surroundings, std::uint64_t seed);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // People. `page` and `which` are taken modulo what there is.

  void Connect();
  void Disconnect();
  void AddPage();
  void RemovePage(int page);
  void Subscribe(int page, int topic, int filter);
  void Unsubscribe(int page, int which);
  void Send(int page, int count, int options);
  void Type(int page);

  // The machine and the browser.

  void Freeze(DurationMs duration, int waking_order);
  void Hide(int page, DurationMs duration);
  // Timers of a hidden client fire at multiples of this, whatever browsers usually do; 0: as usual.
  void SetWakeUpInterval(DurationMs interval) { wake_up_interval_ = interval; }
  void MakeBusy(int page, DurationMs duration);
  void JumpClock(DurationMs by);
  // All pages are closed. Later others are opened, which find what waited to be sent.
  void Reload(DurationMs closed_for);
  void SetOnline(bool online);
  void SetTokenMode(TokenMode mode, DurationMs duration);
  // Everything of this side is well again; who had disconnected connects.
  void Heal();

  // The network's side.

  void LinkOpened(Link& link, const std::string& protocol);
  void FrameArrived(Link& link, Frame frame);
  void LinkClosed(Link& link, int code, const std::string& reason);
  Link* live() const { return live_; }

  // Takes what waits for every page.
  void DrainAll();

  // For the oracle.

  const Engine& engine() const { return *engine_; }
  const std::vector<Reading>& readings() const { return readings_; }
  const std::vector<Sending>& sendings() const { return sendings_; }
  // It must have taken effect, though nobody is left who waits for it.
  bool IsOwed(const Sending& sending);
  // In the outbox, as the first page knows it.
  std::size_t CountWaiting() const;
  const PageModel* FindPage(PageId page) const;
  const std::vector<std::string>& faults() const { return faults_; }
  std::size_t self_inflicted_closes() const { return self_inflicted_closes_; }
  std::size_t leaks() const { return leaks_; }
  std::size_t opened() const { return opened_; }
  const Digest& digest() const { return digest_; }

 private:
  struct Page {
    PageId id = 0;
    PageModel model;
    bool is_drain_planned = false;
    bool is_urgent_planned = false;
    TimeMs busy_until = 0;
    TimeMs hidden_until = 0;
    bool is_hidden = false;
  };

  // A message as the outbox says that it waits.
  struct Waiting {
    int number;
    TimeMs expires_at;
    bool may_vanish;
  };

  TimeMs Now() { return clock_.Now(around_.queue.now()); }
  EngineConfig ConfigOf(const Setup& setup) const;
  // Happens now, or when the client wakes.
  void Post(std::function<void()> event);
  void Thaw(int waking_order);
  void Visit();
  void KeepOutbox();
  std::vector<Waiting> WaitingIn(const std::string& outbox) const;
  std::vector<Waiting> WaitingNow() const;
  void NoteKept();
  void ForgiveKept();
  void Settle();
  void Perform(const Action& action);
  void Open(const Action& action);
  void SendFrame(const Action& action);
  void NoteSubscribe(const std::string& text);
  void TellBacklog();
  void ArmTimer();
  void FireTimer();
  TimeMs TimerFires(TimeMs deadline);
  void PlanDrain(Page& page, bool is_urgent);
  void Drain(Page& page);
  void Take(Page& page);
  void TakeDelivery(const Page& page, const Happening& delivery, bool is_overflowing);
  void TakeGap(const Page& page, const Happening& event, bool is_overflowing);
  void AnswerTokenRequest(PageId page, std::uint32_t request);
  void NoteArrivals(const Frame& frame);
  void NoteGrants(const Frame& frame);
  void BreakReadings();
  Page* PageAt(int page);
  Page* Find(PageId page);
  Reading* FindReading(PageId page, std::uint32_t handle);
  bool IsHidden() const;
  bool Suits(const Reading& reading, int stream, std::int64_t number) const;
  void CheckLeak(std::string_view text, const char* where);
  void Fault(std::string what);

  int index_;
  Surroundings around_;
  Random random_;
  std::unique_ptr<Engine> engine_;
  std::vector<std::unique_ptr<Page>> pages_;
  std::vector<Reading> readings_;
  std::vector<Sending> sendings_;
  std::uint32_t last_handle_ = 0;

  HostClock clock_;
  bool is_frozen_ = false;
  int visit_ = 0;
  bool is_closed_ = false;   // no page is there; frozen, too
  std::string kept_outbox_;  // what the pages before left
  TimeMs frozen_until_ = 0;
  std::deque<std::function<void()>> inbox_;
  bool is_timer_due_ = false;  // it fired while the client was frozen
  TimeMs armed_for_ = kNever;
  std::uint64_t timer_generation_ = 0;
  TimeMs hidden_since_ = kNever;
  DurationMs wake_up_interval_ = 0;
  bool is_disconnected_ = false;

  TokenMode token_mode_ = TokenMode::kPrompt;
  TimeMs token_mode_until_ = 0;

  Link* live_ = nullptr;
  bool is_v2_ = false;
  bool is_welcome_ = false;
  std::map<int, std::string> asked_;  // the messageId of the newest subscribe, by stream
  std::size_t told_backlog_ = 0;

  std::vector<std::string> faults_;
  std::size_t leaks_ = 0;
  std::size_t opened_ = 0;
  std::size_t self_inflicted_closes_ = 0;
  Digest digest_;
};

// The number of an event as its text says it, `data.n`; 0 if it says none.
std::int64_t NumberIn(std::string_view text);

}  // namespace civic::simulation
