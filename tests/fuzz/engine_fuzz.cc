// Bytes as a script for the whole engine: frames, commands, time, sockets, bundles. Whatever the
// script, bundles are well formed, what pages are told fits together, and deadlines make sense.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../core/support/page_model.h"
#include "civic/engine/engine.h"

namespace civic {
namespace {

void Require(bool holds, std::string_view what) {
  if (!holds) {
    std::fprintf(stderr, "broken: %.*s\n", static_cast<int>(what.size()), what.data());
    std::abort();
  }
}

class Script {
 public:
  Script(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}

  bool AtEnd() const { return left_ == 0; }
  std::uint8_t Byte() {
    if (left_ == 0) {
      return 0;
    }
    --left_;
    return *data_++;
  }
  // Up to the next newline.
  std::string_view Line() {
    const auto* begin = reinterpret_cast<const char*>(data_);
    const std::size_t size =
        static_cast<std::size_t>(std::find(begin, begin + left_, '\n') - begin);
    data_ += std::min(size + 1, left_);
    left_ -= std::min(size + 1, left_);
    return {begin, size};
  }

 private:
  const std::uint8_t* data_;
  std::size_t left_;
};

class Play {
 public:
  explicit Play(std::uint8_t options) : engine_(ConfigOf(options), options) { AddPage(); }

  void Step(Script& script) {
    const std::uint8_t command = script.Byte();
    const PageId page = 1 + script.Byte() % 4;
    const std::uint32_t handle = script.Byte() % 8;
    const std::string_view topic = kTopics[script.Byte() % std::size(kTopics)];
    switch (command) {
      case 'f':
      case 'b': {
        // A copy of exactly this size, so that a sanitizer sees every read outside of it.
        const std::string_view line = script.Line();
        const std::vector<char> frame(line.begin(), line.end());
        engine_.SocketFrame(socket_, {frame.data(), frame.size()}, command == 'f', now_);
        break;
      }
      case 'i':
        engine_.Inject(page, script.Line(), now_);
        break;
      case 's':
        engine_.Subscribe(page, handle, topic, script.Line(), now_);
        break;
      case 'u':
        engine_.Unsubscribe(page, handle, now_);
        break;
      case 'm':
        engine_.Send(page, ++last_command_, script.Line(), kSendOptions[handle], now_);
        break;
      case 'q':
        engine_.RestoreOutbox(page, script.Line(), now_);
        break;
      case 'B':
        engine_.SocketBacklog(socket_, std::size_t{1} << (handle * 4), now_);
        break;
      case 'W':
        Frame(R"({"type":"welcome","data":{"maxInFlight":2,"tokenExpiresInMs":)" +
              std::to_string(handle * 1000) + R"(,"compression":"deflate-raw"}})");
        break;
      case 'Y':
        AnswerSubscribe(handle, script.Byte());
        break;
      case 'E':
        Frame(Event(topic, handle, script.Byte()));
        break;
      case 'G':
        Frame(R"({"type":"gap","topic":")" + std::string(topic) + R"(","epoch":"e","from":)" +
              std::to_string(handle) + R"(,"to":)" + std::to_string(script.Byte() % 16) + "}");
        break;
      case 'K':
        Frame(R"({"type":"ack","messageIds":[)" + last_message_id_ + "]}");
        break;
      case 'N':
        Frame(R"({"type":"error","messageId":)" + last_message_id_ + R"(,"data":{"error":"no"}})");
        break;
      case 'O':
        Frame(R"({"type":"pong","positions":[{"topic":")" + std::string(topic) +
              R"(","epoch":"e","seq":)" + std::to_string(handle) + "}]}");
        break;
      case 'k':
        engine_.StartTyping(page, kIds[handle], handle % 3 == 0 ? "" : kIds[handle / 2], now_);
        break;
      case 'j':
        engine_.StopTyping(page, kIds[handle], handle % 3 == 0 ? "" : kIds[handle / 2], now_);
        break;
      case 'h':
        engine_.ChangeNotifications(page, kChanges[handle], kIds[script.Byte() % 8], now_);
        break;
      case 'w':
        engine_.RestoreNotifications(page, script.Line(), now_);
        break;
      case 'l':
        engine_.Listen(page, 0xfffU ^ handle, now_);
        break;
      case 'v':
        engine_.SetVisible(page, handle % 2 == 0, now_);
        break;
      case 'n':
        engine_.SetOnline(page, handle % 2 == 0, now_);
        break;
      case 'r':
        engine_.Resumed(page, now_);
        break;
      case 'c':
        engine_.Connect(page, handle % 2 == 0 ? "" : "token", now_);
        break;
      case 'd':
        engine_.Disconnect(page, now_);
        break;
      case 'p':
        engine_.ProvideToken(page, handle, handle % 3 == 0 ? "" : "token", now_);
        break;
      case 'o':
        OpenSocket(handle % 2 == 0 ? "" : "civic-engagement-v2");
        break;
      case 'x':
        CloseSocket(kCodes[handle]);
        break;
      case 't':
        Pass(std::exp2(handle * 2.0));
        break;
      case 'a':
        AddPage();
        break;
      case 'z':
        engine_.ReportFigures(page, std::uint64_t{handle} << 20U, now_);
        break;
      case 'g':
        engine_.RemovePage(page, now_);
        pages_.erase(page);
        break;
      default:
        Drain(page);
        break;
    }
    Settle();
  }

  void Finish() {
    for (PageId page = 1; page <= last_page_; ++page) {
      Drain(page);
      engine_.RemovePage(page, now_);
    }
    Settle();
    Action action;
    Require(!engine_.PollAction(&action), "actions after all were taken");
    engine_.Advance(now_ + 1e6);
    for (PageId page = 1; page <= last_page_; ++page) {
      Require(engine_.DrainBundle(page, now_).empty(), "a bundle for a page that is gone");
    }
  }

 private:
  static constexpr std::string_view kTopics[] = {"bill:1",
                                                 "bill:2",
                                                 "bill:x",
                                                 "discussion:1",
                                                 "*",
                                                 "user_notifications",
                                                 "my:topic",
                                                 "",
                                                 "local:engagement",
                                                 "expert:updates",
                                                 "moderation:events",
                                                 "community:1",
                                                 "local:outbox"};
  static constexpr std::string_view kIds[] = {"1", "2", "x", "", "\"", "-3", "1e3", "\xff"};
  static constexpr std::string_view kChanges[] = {"read",  "readAll",   "remove", "clear",
                                                  "clear", "clearRead", "",       "burn"};
  static constexpr int kCodes[] = {1000, 1001, 1006, 1008, 1013, 4001, 4003, 4999};

  static constexpr std::string_view kSendOptions[] = {
      "",
      R"({"expiresInMs":100})",
      R"({"whenFull":"dropOldest"})",
      R"({"key":"k"})",
      R"({"key":"k","whenFull":"dropOldest","expiresInMs":5000})",
      "{}",
      "[",
      R"({"speed":1})"};

  void Frame(const std::string& text) { engine_.SocketFrame(socket_, text, true, now_); }

  // An event of a stream, complete enough to be kept.
  static std::string Event(std::string_view topic, std::uint32_t seq, std::uint8_t more) {
    std::string text = more % 2 == 0
                           ? R"({"type":"bill_update","bill_id":1,"update":{"type":"amendment"},)"
                           : R"({"type":"comment_update","bill_id":1,"action":"created",)";
    text += R"("topic":")" + std::string(topic) + R"(","epoch":")" + (more % 8 == 7 ? "f" : "e") +
            R"(","seq":)" + std::to_string(seq);
    text += more % 3 == 0 ? R"(,"previous":)" + std::to_string(more % 8) : "";
    return text + "}";
  }

  // What the server could say to the newest subscribe.
  void AnswerSubscribe(std::uint32_t start, std::uint8_t more) {
    if (!last_subscribe_.contains("topics")) {
      return;
    }
    std::string topics;
    for (const Json& topic : last_subscribe_["topics"]) {
      topics += topics.empty() ? "" : ",";
      topics += R"({"topic":)" + topic["topic"].dump() + R"(,"epoch":")" +
                (more % 8 == 7 ? "f" : "e") + R"(","seq":)" + std::to_string(start + more % 4) +
                R"(,"start":)" + std::to_string(start) + "}";
    }
    Frame(R"({"type":"subscribed","messageId":)" + last_subscribe_["messageId"].dump() +
          R"(,"topics":[)" + topics + "]}");
  }

  // Every command of a page has one result at most.
  void CheckResults(PageId page, const PageModel& model) {
    for (const Happening& result : model.Of(wire_number::kCommandResult)) {
      Require(settled_.insert({page, result.key}).second, "a command with two results");
    }
  }

  void Remember(const std::string& text) {
    const Json message = ParseJson(text);
    // A page may send what it likes, also a type that is no text.
    const auto type = message.find("type");
    if (type != message.end() && *type == "subscribe") {
      last_subscribe_ = message;
    } else if (message.contains("messageId")) {
      last_message_id_ = message["messageId"].dump();
    }
  }

  static EngineConfig ConfigOf(std::uint8_t options) {
    EngineConfig config;
    config.session.url = "wss://bills.example/ws";
    config.session.auth = static_cast<AuthMode>(options % 3);
    config.session.token_on_demand = (options & 4U) != 0;
    config.store.bill_updates = (options & 8U) != 0 ? 3 : 50;
    config.store.cache_bytes = (options & 16U) != 0 ? 5000 : 1U << 20U;
    config.store.cell_bytes = (options & 32U) != 0 ? 300 : 1U << 20U;
    config.event_queue_bytes = (options & 64U) != 0 ? 500 : 1U << 20U;
    config.linger_ms = (options & 128U) != 0 ? 0 : 2000;
    config.outbox_messages = 4;
    config.batching = {(options & 1U) != 0, 3, 1000};
    config.notifications = {(options & 2U) != 0 ? 3U : 100U, 2000};
    config.max_frame_bytes = 4096;
    config.deflates = (options & 64U) != 0;
    return config;
  }

  void AddPage() {
    if (last_page_ < 4) {
      last_page_ = engine_.AddPage(now_);
      pages_[last_page_];
    }
  }

  void OpenSocket(std::string_view protocol) {
    if (wanted_socket_ != kNoSocket) {
      socket_ = wanted_socket_;
      wanted_socket_ = kNoSocket;
      engine_.SocketOpened(socket_, protocol, now_);
    }
  }

  void CloseSocket(int code) {
    const SocketId socket = wanted_socket_ != kNoSocket ? wanted_socket_ : socket_;
    wanted_socket_ = kNoSocket;
    socket_ = kNoSocket;
    engine_.SocketClosed(socket, code, "because", now_);
  }

  void Pass(DurationMs duration) {
    const TimeMs end = now_ + duration;
    for (int times = 0; engine_.NextDeadline() <= end; ++times) {
      Require(times < 10'000, "the deadline does not move");
      now_ = std::max(now_, engine_.NextDeadline());
      engine_.Advance(now_);
      Settle();
    }
    now_ = end;
  }

  void Drain(PageId page) {
    const std::span<const char> bundle = engine_.DrainBundle(page, now_);
    if (!bundle.empty()) {
      const std::string fault = pages_[page].Apply(bundle);
      Require(fault.empty(), fault);
      CheckTexts(pages_[page]);
      CheckResults(page, pages_[page]);
      pages_[page].happenings.clear();
    }
    Require(engine_.StateOf(page) == BundleState::kNothing, "something waits after a bundle");
  }

  // Every text is JSON: nothing that is not may reach a page.
  static void CheckTexts(const PageModel& page) {
    for (const Happening& happening : page.happenings) {
      Require(happening.text.empty() || !happening.json().is_discarded(), "a text is no JSON");
    }
    for (const std::string_view topic : kTopics) {
      for (const CellKind kind : kCellKinds) {
        for (const std::string& record : page.List(std::string(topic), kind)) {
          Require(!ParseJson(record).is_discarded(), "a record is no JSON");
        }
      }
    }
  }

  void Settle() {
    Action action;
    while (engine_.PollAction(&action)) {
      switch (action.kind) {
        case Action::Kind::kOpenSocket:
          Require(socket_ == kNoSocket, "a second socket while one is open");
          wanted_socket_ = action.socket;
          break;
        case Action::Kind::kCloseSocket:
          Require(action.code == 1000 || (action.code >= 3000 && action.code <= 4999),
                  "close code");
          Require(action.text.size() <= 123, "close reason");
          wanted_socket_ = wanted_socket_ == action.socket ? kNoSocket : wanted_socket_;
          socket_ = socket_ == action.socket ? kNoSocket : socket_;
          break;
        case Action::Kind::kSendText:
        case Action::Kind::kSendDeflated:
          Require(action.socket != kNoSocket && action.socket == socket_,
                  "sent into a socket that is not open");
          Require(action.text.find('\0') == std::string::npos, "a NUL in a text frame");
          Require(ParseJson(action.text).is_object(), "sent something that is no JSON object");
          Remember(action.text);
          break;
      }
    }
    PageId page = 0;
    bool urgent = false;
    while (engine_.PollWake(&page, &urgent)) {
      Require(engine_.StateOf(page) != BundleState::kNothing, "woken for nothing");
    }
    const TimeMs deadline = engine_.NextDeadline();
    Require(!std::isnan(deadline) && deadline > 0, "a deadline that is no time");
  }

  TimeMs now_ = 1'700'000'000'000.0;
  Engine engine_;
  std::map<PageId, PageModel> pages_;
  PageId last_page_ = 0;
  std::uint32_t last_command_ = 0;
  std::set<std::pair<PageId, std::uint32_t>> settled_;
  Json last_subscribe_ = Json::object();
  std::string last_message_id_ = R"("none")";
  SocketId socket_ = kNoSocket;         // open
  SocketId wanted_socket_ = kNoSocket;  // the engine waits for it to open
};

}  // namespace
}  // namespace civic

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  civic::Script script(data, size);
  civic::Play play(script.Byte());
  while (!script.AtEnd()) {
    play.Step(script);
  }
  play.Finish();
  return 0;
}
