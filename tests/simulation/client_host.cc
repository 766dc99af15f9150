// The engine's host: performs actions, tells what happened on sockets.
#include <utility>

#include "client.h"
#include "server.h"
#include "support/json.h"

namespace civic::simulation {

void Client::Settle() {
  Action action;
  bool has_sent = true;
  while (has_sent) {
    has_sent = false;
    while (engine_->PollAction(&action)) {
      has_sent = has_sent || action.kind == Action::Kind::kSendText;
      Perform(action);
    }
    if (has_sent) {
      TellBacklog();
    }
  }
  ArmTimer();
  PageId page = 0;
  bool is_urgent = false;
  while (engine_->PollWake(&page, &is_urgent)) {
    if (Page* woken = Find(page); woken != nullptr) {
      PlanDrain(*woken, is_urgent);
    }
  }
}

void Client::Perform(const Action& action) {
  digest_.Add(static_cast<std::uint64_t>(action.kind));
  switch (action.kind) {
    case Action::Kind::kOpenSocket:
      Open(action);
      break;
    case Action::Kind::kCloseSocket:
      CheckLeak(action.text, "the reason of a close");
      if (live_ != nullptr && live_->socket() == action.socket) {
        ++self_inflicted_closes_;
        live_->up.Close(action.code, action.text);
        live_ = nullptr;
      }
      break;
    case Action::Kind::kSendText:
    case Action::Kind::kSendDeflated:
      SendFrame(action);
      break;
  }
}

void Client::Open(const Action& action) {
  ++opened_;
  is_v2_ = false;
  is_welcome_ = false;
  asked_.clear();
  told_backlog_ = 0;
  const auto auth = static_cast<AuthKind>(around_.setup.auth);
  if (auth != AuthKind::kQuery) {
    CheckLeak(action.url, "a URL");
  }
  for (const std::string& protocol : action.protocols) {
    if (auth != AuthKind::kSubprotocol) {
      CheckLeak(protocol, "a subprotocol");
    }
  }
  const SocketId socket = action.socket;
  live_ = around_.open({index_, visit_, action.url, action.protocols}, socket);
  if (live_ == nullptr) {
    constexpr int kAbnormalClosure = 1006;
    around_.queue.After(1, [this, socket] {
      Post([this, socket] { engine_->SocketClosed(socket, kAbnormalClosure, "", Now()); });
    });
  }
}

void Client::SendFrame(const Action& action) {
  digest_.Add(action.text);
  constexpr std::string_view kSubscribe = R"({"type":"subscribe")";
  constexpr std::string_view kHello = R"({"type":"hello")";
  const std::string_view text = action.text;
  const bool may_tell = text.starts_with(kHello) || text.starts_with(R"({"type":"auth")");
  if (!may_tell) {
    CheckLeak(text, "a frame");
  }
  if (live_ == nullptr || live_->socket() != action.socket) {
    Fault("sends into a socket that it does not have");
    return;
  }
  if (is_v2_ && text.starts_with(kSubscribe)) {
    NoteSubscribe(action.text);
  } else if (is_v2_ && !is_welcome_ && !text.starts_with(kHello) &&
             !text.starts_with(R"({"type":"unsubscribe")")) {
    Fault("does not wait for welcome: " + action.text.substr(0, 60));
  }
  live_->up.Send({action.text, Frame::Kind::kOther, {}});
}

void Client::NoteSubscribe(const std::string& text) {
  const Json message = ParseJson(text);
  for (const Json& topic : ListOf(message, "topics")) {
    asked_[around_.catalog.StreamOf(TextOf(topic, "topic"))] = TextOf(message, "messageId");
  }
}

void Client::TellBacklog() {
  if (live_ == nullptr) {
    return;
  }
  const std::size_t bytes = live_->up.BufferedBytes();
  if (bytes != 0 || told_backlog_ != 0) {
    told_backlog_ = bytes;
    engine_->SocketBacklog(live_->socket(), bytes, Now());
  }
}

void Client::LinkOpened(Link& link, const std::string& protocol) {
  Post([this, &link, protocol] {
    if (&link != live_) {
      return;
    }
    if (static_cast<Dialect>(around_.setup.dialect) == Dialect::kMixed) {
      BreakReadings();
    }
    is_v2_ = protocol == "civic-engagement-v2";
    engine_->SocketOpened(link.socket(), protocol, Now());
  });
}

void Client::FrameArrived(Link& link, Frame frame) {
  Post([this, &link, frame = std::move(frame)] {
    if (&link != live_) {
      return;
    }
    if (frame.is_readable) {
      switch (frame.kind) {
        case Frame::Kind::kEvents:
          NoteArrivals(frame);
          break;
        case Frame::Kind::kSubscribed:
          NoteGrants(frame);
          break;
        case Frame::Kind::kWelcome:
          is_welcome_ = true;
          break;
        case Frame::Kind::kOpen:
        case Frame::Kind::kOther:
          break;
      }
    }
    engine_->SocketFrame(link.socket(), frame.text, true, Now());
  });
}

void Client::LinkClosed(Link& link, int code, const std::string& reason) {
  Post([this, &link, code, reason] {
    if (&link == live_) {
      live_ = nullptr;
      engine_->SocketClosed(link.socket(), code, reason, Now());
    }
  });
}

// Dialect v1 promises what arrives.
void Client::NoteArrivals(const Frame& frame) {
  if (is_v2_) {
    return;
  }
  for (const Frame::Mention& mention : frame.mentions) {
    for (Reading& reading : readings_) {
      if (reading.is_open && Suits(reading, mention.stream, mention.number)) {
        reading.arrived.push_back(mention.number);
      }
    }
  }
}

// Dialect v2 promises what follows the place where the server begins.
void Client::NoteGrants(const Frame& frame) {
  for (const Frame::Mention& mention : frame.mentions) {
    const auto asked = asked_.find(mention.stream);
    if (asked == asked_.end() || asked->second != frame.answers) {
      continue;
    }
    for (Reading& reading : readings_) {
      const TopicShape& topic = around_.catalog.topics()[static_cast<std::size_t>(reading.topic)];
      if (reading.is_open && topic.stream == mention.stream && !reading.owed_after &&
          !reading.has_company) {
        reading.owed_after = mention.number;
      }
    }
  }
}

bool Client::Suits(const Reading& reading, int stream, std::int64_t number) const {
  const TopicShape& topic = around_.catalog.topics()[static_cast<std::size_t>(reading.topic)];
  if (topic.stream != stream && topic.stream != TopicShape::kEveryStream) {
    return false;
  }
  const Traits& traits = around_.log.event(stream, number).traits;
  return (reading.kind == 0 || reading.kind == traits.kind) &&
         (topic.expert == 0 || topic.expert == traits.expert);
}

void Client::CheckLeak(std::string_view text, const char* where) {
  if (text.find(TokenAuthority::kMark) != std::string_view::npos ||
      text.find(TokenAuthority::kMarkInBase64) != std::string_view::npos) {
    ++leaks_;
    Fault(std::string("shows a token in ") + where);
  }
}

void Client::Fault(std::string what) {
  faults_.push_back("client " + std::to_string(index_) + ": " + std::move(what));
}

}  // namespace civic::simulation
