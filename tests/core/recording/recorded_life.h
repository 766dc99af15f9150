// An engine that does what engines do, at random, while it records: connections come and go, people
// write, a server of either dialect answers, is silent, or sends what nobody can read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/random.h"
#include "support/engine_world.h"

namespace civic {

struct LifeOptions {
  std::uint64_t seed = 1;
  std::size_t max_bytes = 16U << 20U;
  bool is_v2 = true;
  std::size_t steps = 600;
  std::size_t longest_text = 300;
};

class RecordedLife {
 public:
  // In everything people write, in every token, and in nothing else.
  static constexpr std::string_view kPrivate = "Geheimnis";
  static constexpr std::string_view kToken = "eyJhbGciOi.token-of-\"Ada\"/äöü+Lovelace==";
  static constexpr std::string_view kOtherToken = "eyJhbGciOi.token-of-Grace-Hopper";
  static constexpr std::string_view kPassword = "opensesame123";

  explicit RecordedLife(const LifeOptions& options)
      : options_(options), random_(options.seed), world(ConfigOf(options), options.seed) {
    world.protocol = options.is_v2 ? "civic-engagement-v2" : "civic-engagement-v1";
    world.answers_pings = !options.is_v2;
    world.confirms_subscriptions = !options.is_v2;
    world.Listen(0xffe);
  }

  void Run() {
    for (std::size_t step = 0; step < options_.steps; ++step) {
      Step();
      Answer();
    }
  }

  std::string Export(bool has_payloads = true) {
    return world.engine.ExportRecording({has_payloads});
  }

 private:
  static std::string ConfigJson(const LifeOptions& options) {
    const std::string number = std::to_string(options.max_bytes);
    const bool on_demand = options.seed % 3 == 0;
    return R"({"url":"wss://ada:)" + std::string(kPassword) +
           R"(@bills.example/ws?v=2","protocols":["civic-engagement-v1","civic-engagement-v2"],)" +
           R"("auth":)" + (options.seed % 2 == 0 ? R"("query")" : R"("message")") +
           R"(,"tokenOnDemand":)" + (on_demand ? "true" : "false") +
           R"(,"lingerMs":500,"outboxMessages":8,"maxFrameBytes":200000,)"
           R"("reconnect":{"maxAttempts":-1},"batching":{"enabled":true,"size":3,"intervalMs":700},)"
           R"("deflate":true,"recording":{"enabled":true,"maxBytes":)" +
           number + "}}";
  }

  static EngineConfig ConfigOf(const LifeOptions& options) {
    EngineConfig config;
    const ConfigProblem problem = ReadEngineConfig(ConfigJson(options), &config);
    EXPECT_TRUE(problem.empty()) << problem.field << ": " << problem.allowed;
    return config;
  }

  std::string_view OtherToken() {
    was_given_ = true;
    return kOtherToken;
  }
  std::uint64_t Pick(std::uint64_t count) { return random_.Next() % count; }
  bool Chance(std::uint64_t percent) { return Pick(100) < percent; }
  std::string Writing() {
    std::string text = std::string(kPrivate) + " \\\"" + std::to_string(Pick(1000)) + "\\u00e9ü";
    text.append(Pick(options_.longest_text), static_cast<char>('a' + Pick(26)));
    return text;
  }
  std::string Topic() {
    static constexpr std::string_view kTopics[] = {"bill:", "discussion:", "community:", "expert:"};
    switch (Pick(10)) {
      case 0:
        return "user_notifications";
      case 1:
        return "*";
      case 2:
        return "local:engagement";
      default:
        return std::string(kTopics[Pick(4)]) + std::to_string(Pick(5));
    }
  }
  PageId Page() { return 1 + static_cast<PageId>(Pick(last_page_)); }

  void Step() {
    RecordedEngine& engine = world.engine;
    const TimeMs now = world.now();
    const auto handle = static_cast<std::uint32_t>(Pick(12));
    switch (Pick(22)) {
      case 0:
        world.Connect(Page(), Chance(50) ? kToken : Chance(50) ? OtherToken() : "");
        break;
      case 1:
        if (Chance(15)) {
          world.Disconnect(Page());
        }
        break;
      case 2:
      case 3:
      case 4:
        world.Subscribe(handle, Topic(),
                        Chance(20)   ? R"({"filters":{"type":["amendment","status"]}})"
                        : Chance(50) ? R"({"priority":"high"})"
                                     : "",
                        Page());
        break;
      case 5:
        world.Unsubscribe(handle, Page());
        break;
      case 6:
      case 7:
        world.Send(++command_,
                   R"({"type":"new_comment","bill_id":)" + std::to_string(Pick(5)) +
                       R"(,"data":{"text":")" + Writing() + R"("}})",
                   Page(), Chance(30) ? R"({"key":"draft","whenFull":"dropOldest"})" : "");
        break;
      case 8:
        world.StartTyping("bill-" + std::to_string(Pick(3)), Chance(50) ? "" : "7", Page());
        break;
      case 9:
        world.StopTyping("bill-" + std::to_string(Pick(3)), Chance(50) ? "" : "7", Page());
        break;
      case 10:
        engine.SetVisible(Page(), Chance(60), now);
        break;
      case 11:
        engine.SetOnline(Page(), Chance(80), now);
        break;
      case 12:
        engine.Resumed(Page(), now);
        break;
      case 13:
        if (Chance(20) && last_page_ < 4) {
          last_page_ = world.AddPage();
        } else if (Chance(5) && last_page_ > 1) {
          engine.RemovePage(Page(), now);
        }
        break;
      case 14:
        world.server_up = Chance(80);
        if (world.open_socket() != kNoSocket && Chance(30)) {
          world.Drop(static_cast<int>(Chance(70)   ? 1006
                                      : Chance(50) ? 1013
                                                   : 4001),
                     "bad token " + std::string(kToken.substr(0, 20)));
        }
        break;
      case 15:
        engine.ProvideToken(1, static_cast<std::uint32_t>(Pick(6)), Chance(70) ? OtherToken() : "",
                            now);
        break;
      case 16:
        engine.ChangeNotifications(Page(), Chance(50) ? "readAll" : "clearRead", "", now);
        break;
      case 17:
        engine.RestoreOutbox(1,
                             R"([{"messageId":"old-)" + std::to_string(Pick(9)) +
                                 R"(","message":"{\"type\":\"vote\",\"data\":{\"why\":\")" +
                                 std::string(kPrivate) +
                                 R"(\"}}","expiresAt":1800000000000,"whenFull":"dropOldest"}])",
                             now);
        break;
      case 18:
        engine.SocketBacklog(world.open_socket(), Chance(20) ? 1U << 20U : 0, now);
        break;
      case 19:
        engine.NoteDeflated(Chance(50), Pick(1000), 2000);
        engine.Inject(Page(), Update(Pick(5)), now);
        break;
      case 20:
        world.Drain(1);
        engine.ReportFigures(Page(), Pick(1U << 30U), now);
        break;
      default:
        world.RunFor(Chance(50)   ? static_cast<double>(Pick(300))
                     : Chance(80) ? static_cast<double>(Pick(5'000))
                                  : static_cast<double>(Pick(60'000)));
        break;
    }
    world.RunFor(static_cast<double>(Pick(100)) + random_.NextUnit());
  }

  std::string Update(std::uint64_t bill, const std::string& position = "") {
    return R"({"type":"bill_update","topic":"bill:)" + std::to_string(bill) + R"(","bill_id":)" +
           std::to_string(bill) + position +
           R"(,"update":{"type":"status_change","data":{"note":")" + Writing() +
           R"("}},"timestamp":1700000000000})";
  }

  void Frame(const std::string& text) {
    if (world.open_socket() != kNoSocket) {
      world.Frame(text);
    }
  }

  // What the server says, to what it was sent and of itself.
  void Answer() {
    for (; answered_ < world.sent.size() && world.open_socket() != kNoSocket; ++answered_) {
      const EngineWorld::SentFrame frame = world.sent[answered_];
      if (options_.is_v2) {
        AnswerV2(frame);
      } else if (frame.type() == "batch" && Chance(20)) {
        Frame(R"({"type":"error","data":{"error":"no batches","originalType":"batch"}})");
      }
    }
    if (world.open_socket() == kNoSocket) {
      return;
    }
    const std::uint64_t bill = Pick(5);
    switch (Pick(12)) {
      case 0:
        Frame(Update(bill, Position(bill)).substr(0, 60));
        break;
      case 1:
        Frame(R"({"type":"notification","id":"n)" + std::to_string(Pick(9)) + R"(","title":")" +
              Writing() + R"(","message":")" + Writing() + R"(","priority":"high"})");
        break;
      case 2:
        Frame(R"({"type":"comment_update","bill_id":)" + std::to_string(bill) +
              R"(,"comment_id":"c1","action":"add","user_id":"u1","data":{"text":")" + Writing() +
              R"("}})");
        break;
      case 3:
        Frame(R"({"type":"error","data":{"error":"no good token )" +
              std::string(was_given_ ? kOtherToken : "") + R"("},"note":")" + Writing() + "\"}");
        break;
      case 4:
        world.Frame("\x01\x02" + std::string(kPrivate), false);
        break;
      case 5:
        Frame(R"({"type":"batch","messages":[)" + Update(bill, Position(bill)) + "," +
              Update(bill, Position(bill)) + "]}");
        break;
      case 6:
        Frame(R"({"type":"typing_indicator","bill_id":)" + std::to_string(bill) +
              R"(,"user_id":"u2","is_typing":true,"data":{"text":")" + Writing() + R"("}})");
        break;
      default:
        Frame(Update(bill, Position(bill)));
        break;
    }
  }

  std::string Position(std::uint64_t bill) {
    if (!options_.is_v2) {
      return "";
    }
    std::uint64_t& seq = seqs_[bill];
    const std::uint64_t previous = seq;
    seq += Chance(95) ? 1 : 2;
    return R"(,"epoch":"e1","seq":)" + std::to_string(seq) + R"(,"previous":)" +
           std::to_string(Chance(95) ? previous : previous + 1);
  }

  void AnswerV2(const EngineWorld::SentFrame& frame) {
    const std::string id = frame.json.value("messageId", "");
    const std::string type = frame.type();
    if (Chance(10)) {
      return;  // lost
    }
    if (type == "hello") {
      Frame(R"({"type":"welcome","messageId":")" + id +
            R"(","data":{"heartbeatIntervalMs":20000,"maxInFlight":3,"tokenExpiresInMs":90000,)"
            R"("compression":"deflate-raw"}})");
    } else if (type == "ping") {
      Frame(R"({"type":"pong","messageId":")" + id + R"(","positions":[]})");
    } else if (type == "auth") {
      Frame(R"({"type":"auth_confirmation","messageId":")" + id +
            R"(","data":{"authenticated":true,"tokenExpiresInMs":90000}})");
    } else if (type == "subscribe" && frame.json.contains("topics")) {
      if (Chance(10)) {
        Frame(R"({"type":"error","messageId":")" + id + R"(","data":{"error":"refused"}})");
        return;
      }
      Json answer = {{"type", "subscribed"}, {"messageId", id}, {"topics", Json::array()}};
      for (const Json& topic : frame.json["topics"]) {
        const std::string name = topic["topic"].get<std::string>();
        std::uint64_t seq = 0;
        if (name.starts_with("bill:")) {
          seq = seqs_[static_cast<std::uint64_t>(name.back() - '0')];
        }
        answer["topics"].push_back({{"topic", name},
                                    {"epoch", "e1"},
                                    {"seq", seq},
                                    {"start", seq},
                                    {"recovered", topic.contains("since") && Chance(70)}});
      }
      Frame(answer.dump());
    } else if (!id.empty() && Chance(70)) {
      Frame(R"({"type":"ack","messageIds":[")" + id + R"("]})");
    } else if (!id.empty() && Chance(20)) {
      Frame(R"({"type":"error","messageId":")" + id + R"(","data":{"error":")" + Writing() +
            R"("}})");
    }
  }

  LifeOptions options_;
  Random random_;
  PageId last_page_ = 1;
  std::uint32_t command_ = 0;
  bool was_given_ = false;  // the other token, of which the server cannot know before
  std::size_t answered_ = 0;
  std::map<std::uint64_t, std::uint64_t> seqs_;

 public:
  EngineWorld world;
};

}  // namespace civic
