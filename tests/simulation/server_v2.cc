// Dialect v2: docs/protocol.md, "Dialect v2".
#include <algorithm>

#include "server.h"

namespace civic::simulation {
namespace {

constexpr int kTokenRefused = 4001;
constexpr int kMostInFlight = 64;

std::string MessageIdOf(const Json& message) { return TextOf(message, "messageId"); }

}  // namespace

void Server::ReceiveV2(ServerConnection& connection, const Json& message, std::string_view type) {
  if (type == "hello") {
    Greet(connection, message);
    return;
  }
  if (!connection.is_greeted) {
    Violate(connection, "the first frame is no hello but " + std::string(type));
    return;
  }
  if (type == "subscribe") {
    Subscribe(connection, message);
  } else if (type == "unsubscribe") {
    Unsubscribe(connection, message);
  } else if (type == "ping") {
    Pong(connection, message);
  } else if (type == "auth") {
    RenewToken(connection, message);
  } else if (type == "batch") {
    if (setup_.refuses_batches != 0) {
      Refuse(connection, message, "no batches here");
      return;
    }
    for (const Json& one : ListOf(message, "messages")) {
      Take(connection, one, TextOf(one, "type"));
    }
  } else if (type != "pong" && type != "typing_start" && type != "typing_stop") {
    Take(connection, message, type);
  }
}

void Server::Greet(ServerConnection& connection, const Json& message) {
  if (connection.is_greeted) {
    Violate(connection, "a second hello");
    return;
  }
  const auto data = message.find("data");
  const std::string name = data == message.end() ? "" : TextOf(*data, "client");
  std::string& known =
      client_names_[static_cast<std::size_t>(connection.client)][connection.link.handshake().visit];
  if (name.empty() || (!known.empty() && known != name)) {
    Violate(connection, "calls itself " + name + ", and before " + known);
  }
  known = name;
  const bool is_told = data != message.end() && data->contains("token");
  const bool must_tell = static_cast<AuthKind>(setup_.auth) == AuthKind::kMessage;
  if (is_told && !must_tell) {
    Violate(connection, "hello with a token that is no business of a message");
  }
  if (must_tell && !(is_told && CheckToken(connection, TextOf(*data, "token")))) {
    refusals_[static_cast<std::size_t>(connection.client)] += is_told ? 0 : 1;
    CloseConnection(connection, kTokenRefused,
                    setup_.echoes_token != 0 && is_told ? "no good: " + TextOf(*data, "token")
                                                        : "token refused");
    return;
  }
  connection.is_greeted = true;
  Json welcome = {{"type", "welcome"}, {"messageId", MessageIdOf(message)}};
  Json& said = welcome["data"];
  said["session"] = "s" + std::to_string(connections_.size());
  if (setup_.heartbeat_ms > 0) {
    said["heartbeatIntervalMs"] = setup_.heartbeat_ms;
  }
  if (setup_.max_message_kib > 0) {
    said["maxMessageBytes"] = setup_.max_message_kib * 1024;
  }
  if (setup_.max_in_flight > 0) {
    said["maxInFlight"] = setup_.max_in_flight;
  }
  if (setup_.tells_expiry != 0 && connection.token_good_until != kNever) {
    said["tokenExpiresInMs"] = connection.token_good_until - queue_.now();
  }
  connection.outlet.Send({PrintJson(welcome), Frame::Kind::kWelcome, {}});
}

void Server::Subscribe(ServerConnection& connection, const Json& message) {
  struct Granted {
    int stream;
    Position start;
    bool is_history;
  };
  Frame answer{"", Frame::Kind::kSubscribed, {}, MessageIdOf(message)};
  Json body = {{"type", "subscribed"}, {"messageId", MessageIdOf(message)}};
  body["topics"] = Json::array();
  std::vector<Granted> granted;
  for (const Json& request : ListOf(message, "topics")) {
    const std::string topic = TextOf(request, "topic");
    if (topic == "*") {
      connection.has_wildcard = true;
      body["topics"].push_back({{"topic", "*"}});
      continue;
    }
    const int stream = catalog_.StreamOf(topic);
    if (stream < 0 || catalog_.streams()[static_cast<std::size_t>(stream)].name != topic) {
      Violate(connection, topic + " is no stream");
      body["topics"].push_back({{"topic", topic}, {"error", "no such stream"}});
      continue;
    }
    bool recovered = false;
    bool is_history = false;
    const Position start = StartOf(connection, stream, request, &recovered, &is_history);
    connection.outlet.EndSubscription(stream);
    std::erase_if(connection.subscriptions,
                  [&](const ServerSubscription& one) { return one.stream == stream; });
    ServerSubscription subscription;
    subscription.stream = stream;
    if (const auto filters = request.find("filters"); filters != request.end()) {
      const std::string kind = TextOf(*filters, "kind");
      subscription.kind = kind.empty() ? '\0' : kind.front();
    }
    connection.subscriptions.push_back(subscription);
    const Position newest = log_.Newest(stream);
    body["topics"].push_back({{"topic", topic},
                              {"epoch", EpochText(newest.epoch)},
                              {"seq", newest.seq},
                              {"start", start.seq},
                              {"recovered", recovered}});
    answer.mentions.push_back({stream, log_.NumberAt(stream, start)});
    granted.push_back({stream, start, is_history});
  }
  answer.text = PrintJson(body);
  connection.outlet.Send(std::move(answer));
  for (const Granted& one : granted) {
    Replay(connection, *connection.Find(one.stream), one.start, one.is_history);
  }
}

Position Server::StartOf(ServerConnection& connection, int stream, const Json& request,
                         bool* recovered, bool* is_history) {
  const Position newest = log_.Newest(stream);
  const Position begin = log_.HistoryBegin(stream);
  const auto since = request.find("since");
  if (since == request.end()) {
    *is_history = true;
    const std::int64_t first = log_.count(stream) - setup_.initial_history + 1;
    if (first > log_.count(stream)) {
      return newest;
    }
    const bool is_all = first <= 1 || log_.event(stream, first - 1).position <= begin;
    return is_all ? begin : log_.event(stream, first - 1).position;
  }
  const Position position{ReadEpoch(TextOf(*since, "epoch")), NumberOf(*since, "seq")};
  if (position.epoch <= 0 || position.seq < 0 || position > newest) {
    Violate(connection, "asks since a position that nobody gave it: " + since->dump());
  }
  if (position.epoch != newest.epoch) {
    *is_history = true;
    return begin;
  }
  *recovered = position.seq >= begin.seq;
  return *recovered ? std::min(position, newest) : begin;
}

void Server::Unsubscribe(ServerConnection& connection, const Json& message) {
  for (const Json& topic : ListOf(message, "topics")) {
    const auto* name = topic.get_ptr<const std::string*>();
    if (name != nullptr && *name == "*") {
      connection.has_wildcard = false;
      continue;
    }
    const int stream = name == nullptr ? -1 : catalog_.StreamOf(*name);
    const std::size_t gone =
        std::erase_if(connection.subscriptions,
                      [&](const ServerSubscription& one) { return one.stream == stream; });
    if (gone == 0) {
      Violate(connection, "unsubscribes " + topic.dump() + ", which it is not subscribed to");
    }
  }
  const Json answer = {{"type", "unsubscribed"}, {"messageId", MessageIdOf(message)}};
  connection.outlet.Send({PrintJson(answer), Frame::Kind::kOther, {}});
}

void Server::Pong(ServerConnection& connection, const Json& message) {
  if (!IsSlow(connection)) {
    TellGaps(connection);
  }
  Json pong = {{"type", "pong"}, {"messageId", MessageIdOf(message)}};
  pong["positions"] = Json::array();
  for (ServerSubscription& subscription : connection.subscriptions) {
    if (std::exchange(subscription.is_noted, false)) {
      pong["positions"].push_back(
          {{"topic", catalog_.streams()[static_cast<std::size_t>(subscription.stream)].name},
           {"epoch", EpochText(log_.Newest(subscription.stream).epoch)},
           {"seq", subscription.sent_seq}});
    }
  }
  connection.outlet.Send({PrintJson(pong), Frame::Kind::kOther, {}});
}

void Server::RenewToken(ServerConnection& connection, const Json& message) {
  const auto data = message.find("data");
  const std::string token = data == message.end() ? "" : TextOf(*data, "token");
  const bool is_good = CheckToken(connection, token);
  Json answer = {{"type", "auth_confirmation"}, {"messageId", MessageIdOf(message)}};
  answer["data"]["authenticated"] = is_good;
  if (is_good && setup_.tells_expiry != 0 && connection.token_good_until != kNever) {
    answer["data"]["tokenExpiresInMs"] = connection.token_good_until - queue_.now();
  }
  connection.outlet.Send({PrintJson(answer), Frame::Kind::kOther, {}});
  if (!is_good) {
    CloseConnection(connection, kTokenRefused, "token refused");
  }
}

void Server::Take(ServerConnection& connection, const Json& message, std::string_view type) {
  const std::string id = MessageIdOf(message);
  const auto data = message.find("data");
  const std::int64_t number = data == message.end() ? -1 : NumberOf(*data, "k");
  if (id.empty() || number < 0) {
    Violate(connection, "a " + std::string(type) + " without an id or a number");
    return;
  }
  if (setup_.max_message_kib > 0 &&
      message.dump().size() > static_cast<std::size_t>(setup_.max_message_kib) * 1024) {
    Violate(connection, "a message of " + std::to_string(message.dump().size()) + " bytes");
  }
  const MessageLedger::Outcome outcome = ledger_.Take(
      connection.client, id, {static_cast<int>(number), connection.number}, queue_.now());
  if (outcome == MessageLedger::Outcome::kRefused) {
    Refuse(connection, message, "not allowed");
    return;
  }
  std::vector<std::string>& unacknowledged = connection.unacknowledged;
  if (std::find(unacknowledged.begin(), unacknowledged.end(), id) == unacknowledged.end()) {
    unacknowledged.push_back(id);
  }
  // The page may have heard of what was acknowledged before.
  connection.under_way += outcome == MessageLedger::Outcome::kApplied ? 1 : 0;
  const int allowed =
      setup_.max_in_flight > 0 ? std::min(setup_.max_in_flight, kMostInFlight) : kMostInFlight;
  if (connection.under_way > allowed) {
    Violate(connection, std::to_string(connection.under_way) +
                            " messages are under way, allowed are " + std::to_string(allowed));
  }
  if (setup_.ack_delay_ms == 0) {
    Acknowledge(connection);
  } else if (!connection.is_acknowledging) {
    connection.is_acknowledging = true;
    queue_.After(setup_.ack_delay_ms, [this, &connection] { Acknowledge(connection); });
  }
}

void Server::Acknowledge(ServerConnection& connection) {
  connection.is_acknowledging = false;
  if (!connection.is_open || connection.unacknowledged.empty()) {
    return;
  }
  Json ack = {{"type", "ack"}};
  if (connection.unacknowledged.size() == 1) {
    ack["messageId"] = connection.unacknowledged.front();
  } else {
    ack["messageIds"] = connection.unacknowledged;
  }
  connection.unacknowledged.clear();
  connection.under_way = 0;
  connection.outlet.Send({PrintJson(ack), Frame::Kind::kOther, {}});
}

}  // namespace civic::simulation
