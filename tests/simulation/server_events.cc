// How events reach clients.
#include <algorithm>

#include "server.h"

namespace civic::simulation {
namespace {

constexpr int kOverloaded = 1013;
constexpr DurationMs kCatchUpMs = 250;

}  // namespace

void Server::Publish(int stream, int count, const Traits& traits, int bytes) {
  if (!is_up()) {
    return;
  }
  const bool is_batch = setup_.batches != 0 && count > 1;
  const std::vector<ServerConnection*> receivers = open_;
  if (is_batch) {
    for (ServerConnection* connection : receivers) {
      connection->outlet.BeginBatch();
    }
  }
  for (int i = 0; i < count; ++i) {
    const int step = setup_.seq_holes == 0 ? 1 : 1 + static_cast<int>(random_.Next() % 3);
    const Published& event = log_.Append(stream, traits, step, bytes, queue_.now());
    log_.Trim(stream, setup_.history);
    for (ServerConnection* connection : receivers) {
      FanOut(*connection, stream, event);
    }
  }
  if (is_batch) {
    for (ServerConnection* connection : receivers) {
      connection->outlet.EndBatch();
    }
  }
}

void Server::Whisper(int stream) {
  const StreamShape& shape = catalog_.streams()[static_cast<std::size_t>(stream)];
  if (!is_up() || shape.form != StreamForm::kDiscussion) {
    return;
  }
  const std::string id = std::to_string(shape.id);
  for (ServerConnection* connection : open_) {
    if (connection->is_greeted && connection->Find(stream) != nullptr) {
      connection->outlet.Send({R"({"type":"typing_indicator","topic":")" + shape.name +
                                   R"(","user_id":"u1","bill_id":)" + id + "}",
                               Frame::Kind::kOther,
                               {}});
    }
  }
}

void Server::FanOut(ServerConnection& connection, int stream, const Published& event) {
  if (!connection.is_open) {
    return;
  }
  ServerSubscription* subscription = connection.Find(stream);
  if (subscription == nullptr) {
    if (connection.has_wildcard) {
      SendEvent(connection, stream, event, event.position.seq - 1, false);
    }
    return;
  }
  if (!subscription->Wants(event.traits.kind)) {
    return;
  }
  if (connection.dialect == Dialect::kV2) {
    if (IsSlow(connection) && setup_.slow_closes != 0) {
      CloseConnection(connection, kOverloaded, "too slow");
      return;
    }
    if (IsSlow(connection) || subscription->lost_to != 0) {
      if (subscription->lost_to == 0) {
        subscription->lost_from = subscription->sent_seq + 1;
      }
      subscription->lost_to = event.position.seq;
      CatchUp(connection);
      return;
    }
  }
  SendEvent(connection, stream, event, subscription->sent_seq, false);
  subscription->sent_seq = event.position.seq;
  subscription->is_noted = true;
}

void Server::SendEvent(ServerConnection& connection, int stream, const Published& event,
                       std::int64_t previous, bool is_history) {
  std::string text = "{" + event.members;
  if (connection.dialect == Dialect::kV2) {
    text += R"(,"topic":")" + catalog_.streams()[static_cast<std::size_t>(stream)].name +
            R"(","epoch":")" + EpochText(event.position.epoch) + R"(","seq":)" +
            std::to_string(event.position.seq);
    // Where it is missing it is seq - 1; half of the servers say it all the same.
    if (previous != event.position.seq - 1 || setup_.seq_holes != 0) {
      text += R"(,"previous":)" + std::to_string(previous);
    }
    if (is_history) {
      text += R"(,"history":true)";
    }
  } else if (catalog_.streams()[static_cast<std::size_t>(stream)].form == StreamForm::kUnknown) {
    text += R"(,"topic":")" + catalog_.streams()[static_cast<std::size_t>(stream)].name + "\"";
  }
  text += "}";
  connection.outlet.SendEvent({std::move(text), Frame::Kind::kEvents, {{stream, event.number}}});
}

bool Server::IsSlow(const ServerConnection& connection) const {
  return connection.link.down.BufferedBytes() > static_cast<std::size_t>(setup_.buffer_kib) * 1024;
}

// Looks again and again until there is room to say what was lost.
void Server::CatchUp(ServerConnection& connection) {
  if (connection.is_catching_up) {
    return;
  }
  connection.is_catching_up = true;
  queue_.After(kCatchUpMs, [this, &connection] {
    connection.is_catching_up = false;
    if (!connection.is_open) {
      return;
    }
    if (IsSlow(connection)) {
      CatchUp(connection);
    } else {
      TellGaps(connection);
    }
  });
}

void Server::TellGaps(ServerConnection& connection) {
  for (ServerSubscription& subscription : connection.subscriptions) {
    if (subscription.lost_to == 0) {
      continue;
    }
    const Position newest = log_.Newest(subscription.stream);
    const Json gap = {
        {"type", "gap"},
        {"topic", catalog_.streams()[static_cast<std::size_t>(subscription.stream)].name},
        {"epoch", EpochText(newest.epoch)},
        {"from", subscription.lost_from},
        {"to", subscription.lost_to}};
    connection.outlet.Send({PrintJson(gap), Frame::Kind::kOther, {}});
    subscription.sent_seq = subscription.lost_to;
    subscription.lost_to = 0;
    subscription.is_noted = true;
  }
}

void Server::Replay(ServerConnection& connection, ServerSubscription& subscription,
                    const Position& start, bool is_history) {
  const int stream = subscription.stream;
  subscription.sent_seq = start.seq;
  for (std::int64_t number = log_.NumberAt(stream, start) + 1; number <= log_.count(stream);
       ++number) {
    const Published& event = log_.event(stream, number);
    if (event.position.epoch == start.epoch && subscription.Wants(event.traits.kind)) {
      SendEvent(connection, stream, event, subscription.sent_seq, is_history);
      subscription.sent_seq = event.position.seq;
      subscription.is_noted = true;
    }
  }
}

}  // namespace civic::simulation
