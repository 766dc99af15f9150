#include "support/engine_world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace civic {

EngineConfig EngineWorld::DefaultConfig() {
  EngineConfig config;
  config.session.url = "wss://bills.example/ws";
  config.session.protocols = {"civic-engagement-v1", "civic-engagement-v2"};
  return config;
}

EngineWorld::EngineWorld(const EngineConfig& config, std::uint64_t seed) : engine(config, seed) {
  AddPage();
}

PageId EngineWorld::AddPage() {
  const PageId page = engine.AddPage(now_);
  models_[page] = {};
  Settle();
  return page;
}

void EngineWorld::RemovePage(PageId page) {
  engine.RemovePage(page, now_);
  models_.erase(page);
  Settle();
}

void EngineWorld::Connect(PageId page, std::string_view token) {
  engine.Connect(page, token, now_);
  Settle();
}

void EngineWorld::Disconnect(PageId page) {
  engine.Disconnect(page, now_);
  Settle();
}

void EngineWorld::Subscribe(std::uint32_t subscription, std::string_view topic,
                            std::string_view options, PageId page) {
  engine.Subscribe(page, subscription, topic, options, now_);
  Settle();
}

void EngineWorld::Unsubscribe(std::uint32_t subscription, PageId page) {
  engine.Unsubscribe(page, subscription, now_);
  Settle();
}

void EngineWorld::Send(std::uint32_t command, std::string_view message, PageId page,
                       std::string_view options) {
  engine.Send(page, command, message, options, now_);
  Settle();
}

void EngineWorld::StartTyping(std::string_view bill, std::string_view parent, PageId page) {
  engine.StartTyping(page, bill, parent, now_);
  Settle();
}

void EngineWorld::StopTyping(std::string_view bill, std::string_view parent, PageId page) {
  engine.StopTyping(page, bill, parent, now_);
  Settle();
}

void EngineWorld::Listen(std::uint32_t mask, PageId page) {
  engine.Listen(page, mask, now_);
  Settle();
}

void EngineWorld::SetVisible(bool visible, PageId page) {
  engine.SetVisible(page, visible, now_);
  Settle();
}

Json EngineWorld::Figures(PageId page) {
  engine.ReportFigures(page, 1U << 20U, now_);
  Settle();
  Drain(page);
  return models_[page].Of(wire_number::kFigures).back().json();
}

bool EngineWorld::Drain(PageId page) {
  const std::span<const char> bundle = engine.DrainBundle(page, now_);
  if (bundle.empty()) {
    return false;
  }
  last_bundle_.assign(bundle.begin(), bundle.end());
  PageModel& model = models_[page];
  EXPECT_EQ(model.Apply(bundle), "");
  EXPECT_EQ(model.page, page);
  EXPECT_EQ(model.now, now_);
  EXPECT_EQ(engine.StateOf(page), BundleState::kNothing);
  return true;
}

void EngineWorld::DrainAll() {
  for (const auto& [page, model] : models_) {
    Drain(page);
  }
}

void EngineWorld::Frame(std::string_view text, bool is_text) {
  ASSERT_NE(open_socket_, kNoSocket);
  // Bytes of exactly this size, so that a sanitizer sees every read outside of them.
  const std::vector<char> bytes(text.begin(), text.end());
  engine.SocketFrame(open_socket_, {bytes.data(), bytes.size()}, is_text, now_);
  Settle();
}

void EngineWorld::Drop(int code, std::string_view reason) {
  ASSERT_NE(open_socket_, kNoSocket);
  const SocketId socket = std::exchange(open_socket_, kNoSocket);
  engine.SocketClosed(socket, code, reason, now_);
  Settle();
}

void EngineWorld::BringUp() {
  Connect();
  EXPECT_TRUE(
      RunUntil([&] { return engine.connection_state() == ConnectionState::kConnected; }, 1000));
}

void EngineWorld::RunFor(DurationMs duration) {
  Settle();
  const TimeMs end = now_ + duration;
  int at_once = 0;
  while (true) {
    const TimeMs timer = engine.NextDeadline();
    EXPECT_FALSE(std::isnan(timer));
    const TimeMs event = events_.empty() ? kNever : events_.begin()->first;
    const TimeMs next = std::min(timer, event);
    if (next > end) {
      break;
    }
    at_once = next > now_ ? 0 : at_once + 1;
    ASSERT_LT(at_once, 1000) << "the deadline does not move";
    now_ = std::max(now_, next);
    if (event <= timer) {
      const auto happen = std::move(events_.begin()->second);
      events_.erase(events_.begin());
      happen();
    } else {
      engine.Advance(now_);
    }
    Settle();
  }
  now_ = end;
}

bool EngineWorld::RunUntil(const std::function<bool()>& done, DurationMs limit) {
  const TimeMs end = now_ + limit;
  while (!done()) {
    if (now_ >= end) {
      return false;
    }
    RunFor(10);
  }
  return true;
}

std::vector<EngineWorld::SentFrame> EngineWorld::Sent(std::string_view type) const {
  std::vector<SentFrame> found;
  std::copy_if(sent.begin(), sent.end(), std::back_inserter(found),
               [&](const SentFrame& frame) { return frame.type() == type; });
  return found;
}

std::vector<std::string> EngineWorld::Subscriptions(std::size_t from) const {
  std::vector<std::string> found;
  for (std::size_t i = from; i < sent.size(); ++i) {
    const std::string type = sent[i].type();
    if (type == "subscribe" || type == "unsubscribe") {
      found.push_back(type + " " + sent[i].json["topic"].get<std::string>());
    }
  }
  return found;
}

void EngineWorld::After(DurationMs delay, std::function<void()> event) {
  events_.emplace(now_ + delay, std::move(event));
}

void EngineWorld::Settle() {
  Action action;
  while (engine.PollAction(&action)) {
    Perform(action);
  }
  Wake wake{};
  while (engine.PollWake(&wake.page, &wake.urgent)) {
    wakes.push_back(wake);
  }
}

void EngineWorld::Perform(const Action& action) {
  switch (action.kind) {
    case Action::Kind::kOpenSocket:
      opened.push_back(action);
      EXPECT_EQ(open_socket_, kNoSocket);
      After(2 * one_way_ms, [this, socket = action.socket, up = server_up] {
        const bool was_closed = std::any_of(closed.begin(), closed.end(), [&](const Action& close) {
          return close.socket == socket;
        });
        if (was_closed) {
          return;
        }
        if (up) {
          open_socket_ = socket;
          engine.SocketOpened(socket, protocol, now_);
        } else {
          engine.SocketClosed(socket, 1006, "", now_);
        }
      });
      break;
    case Action::Kind::kCloseSocket:
      closed.push_back(action);
      if (action.socket == open_socket_) {
        open_socket_ = kNoSocket;
      }
      break;
    case Action::Kind::kSendText:
    case Action::Kind::kSendDeflated: {
      const SentFrame frame{now_, action.socket, action.text, ParseJson(action.text)};
      EXPECT_TRUE(frame.json.is_object()) << action.text;
      EXPECT_EQ(action.socket, open_socket_) << "sent into a socket that is not open";
      sent.push_back(frame);
      AnswerFrame(frame);
      break;
    }
  }
}

void EngineWorld::AnswerFrame(const SentFrame& frame) {
  const auto type = frame.json.find("type");
  if (type == frame.json.end()) {
    return;
  }
  Json answer;
  if (*type == "ping" && answers_pings) {
    answer["type"] = "pong";
  } else if (*type == "subscribe" && confirms_subscriptions) {
    answer["type"] = "subscribe_confirmation";
  } else if (*type == "auth" && confirms_authentication) {
    answer["type"] = "auth_confirmation";
    answer["data"]["authenticated"] = true;
  } else {
    return;
  }
  answer["messageId"] = frame.json.value("messageId", "");
  FrameLater(answer.dump(), frame.socket);
}

void EngineWorld::FrameLater(std::string text, SocketId socket) {
  After(2 * one_way_ms,
        [this, socket, text = std::move(text)] { engine.SocketFrame(socket, text, true, now_); });
}

std::string BillUpdateText(int bill, int number, std::string_view text) {
  return R"({"type":"bill_update","bill_id":)" + std::to_string(bill) +
         R"(,"update":{"type":"amendment","data":{"number":)" + std::to_string(number) +
         R"(,"text":")" + std::string(text) + R"("}},"timestamp":)" +
         std::to_string(1'700'000'000'000 + number) + "}";
}

std::string BillUpdateRecord(int bill, int number, std::string_view text) {
  return R"({"type":"amendment","data":{"billId":)" + std::to_string(bill) + R"(,"number":)" +
         std::to_string(number) + R"(,"text":")" + std::string(text) + R"("},"timestamp":)" +
         std::to_string(1'700'000'000'000 + number) + "}";
}

}  // namespace civic
