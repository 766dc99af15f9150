// An engine with the world around it, on virtual time: a host that performs its actions, a network
// with a delay, a server that follows a script, and pages that mirror what their bundles say.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "civic/recording/recorded_engine.h"
#include "support/page_model.h"

namespace civic {

class EngineWorld {
 public:
  static constexpr TimeMs kBegin = 1'700'000'000'000.0;

  struct SentFrame {
    TimeMs at;
    SocketId socket;
    std::string text;
    Json json;

    std::string type() const { return json["type"].get<std::string>(); }
  };
  struct Wake {
    PageId page;
    bool urgent;
    bool operator==(const Wake&) const = default;
  };

  static EngineConfig DefaultConfig();

  explicit EngineWorld(const EngineConfig& config = DefaultConfig(), std::uint64_t seed = 1);

  // The server.
  bool server_up = true;
  std::string protocol = "civic-engagement-v1";
  bool answers_pings = true;
  bool confirms_subscriptions = true;
  bool confirms_authentication = true;
  DurationMs one_way_ms = 20;

  RecordedEngine engine;
  std::vector<SentFrame> sent;         // what the engine sent, oldest first
  std::vector<Action> opened, closed;  // sockets
  std::vector<Wake> wakes;

  TimeMs now() const { return now_; }

  // The pages' side. Page 1 is there from the beginning.

  PageId AddPage();
  void RemovePage(PageId page);
  PageModel& page(PageId id = 1) { return models_[id]; }
  void Connect(PageId page = 1, std::string_view token = "");
  void Disconnect(PageId page = 1);
  void Subscribe(std::uint32_t subscription, std::string_view topic, std::string_view options = "",
                 PageId page = 1);
  void Unsubscribe(std::uint32_t subscription, PageId page = 1);
  void Send(std::uint32_t command, std::string_view message, PageId page = 1,
            std::string_view options = "");
  void StartTyping(std::string_view bill, std::string_view parent = "", PageId page = 1);
  void StopTyping(std::string_view bill, std::string_view parent = "", PageId page = 1);
  void Listen(std::uint32_t mask, PageId page = 1);
  void SetVisible(bool visible, PageId page = 1);
  // What the engine says when the page asks for its figures; the page has its bundle then.
  Json Figures(PageId page = 1);
  // Applies the page's bundle to its model. False when nothing waited.
  bool Drain(PageId page = 1);
  void DrainAll();
  // The bytes of the newest bundle, of any page.
  const std::string& last_bundle() const { return last_bundle_; }

  // The network's side. Frames arrive at once on the open socket.

  void Frame(std::string_view text, bool is_text = true);
  void Drop(int code, std::string_view reason = "");
  SocketId open_socket() const { return open_socket_; }

  // Connects page 1 and waits until it is done.
  void BringUp();
  void RunFor(DurationMs duration);
  // False when the limit passed first.
  bool RunUntil(const std::function<bool()>& done, DurationMs limit = 120'000);

  std::vector<SentFrame> Sent(std::string_view type) const;
  // `type topic` of every subscribe and unsubscribe, in order, from frame `from` on.
  std::vector<std::string> Subscriptions(std::size_t from = 0) const;
  double counter(Counter counter) const { return engine.counters().Get(counter); }

 private:
  void After(DurationMs delay, std::function<void()> event);
  void Settle();
  void Perform(const Action& action);
  void AnswerFrame(const SentFrame& frame);
  void FrameLater(std::string text, SocketId socket);

  TimeMs now_ = kBegin;
  SocketId open_socket_ = kNoSocket;
  std::multimap<TimeMs, std::function<void()>> events_;
  std::map<PageId, PageModel> models_;
  std::string last_bundle_;
};

// A bill update as servers send it, and the record it becomes.
std::string BillUpdateText(int bill, int number, std::string_view text = "x");
std::string BillUpdateRecord(int bill, int number, std::string_view text = "x");

}  // namespace civic
