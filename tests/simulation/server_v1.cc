// Dialect v1: what deployed servers do.
#include <algorithm>

#include "server.h"

namespace civic::simulation {
namespace {

constexpr int kTokenRefused = 4001;

}  // namespace

void Server::ReceiveV1(ServerConnection& connection, const Json& message, std::string_view type) {
  const std::string message_id = TextOf(message, "messageId");
  const auto reply = [&](const char* kind) {
    Json answer = {{"type", kind}, {"messageId", message_id}};
    return answer;
  };
  const auto data = message.find("data");
  if (type == "auth") {
    const std::string token = data == message.end() ? "" : TextOf(*data, "token");
    const bool is_good = CheckToken(connection, token);
    Json answer = reply("auth_confirmation");
    answer["data"]["authenticated"] = is_good;
    connection.is_greeted = is_good;
    connection.outlet.Send({PrintJson(answer), Frame::Kind::kOther, {}});
    if (!is_good) {
      CloseConnection(connection, kTokenRefused, "token refused");
    }
    return;
  }
  if (!connection.is_greeted) {
    Violate(connection, "sends " + std::string(type) + " before it is let in");
    return;
  }
  if (type == "ping") {
    connection.outlet.Send({PrintJson(reply("pong")), Frame::Kind::kOther, {}});
  } else if (type == "subscribe" || type == "unsubscribe") {
    const std::string topic = TextOf(message, "topic");
    // A view of a stream counts as the stream: several views bring every event once.
    const int stream = catalog_.StreamOf(topic);
    const auto is_view = [&](const std::string& one) { return catalog_.StreamOf(one) == stream; };
    if (topic == "*") {
      connection.has_wildcard = type == "subscribe";
    } else if (stream < 0) {
      Violate(connection, topic + " is no topic");
    } else if (type == "subscribe") {
      connection.topics.insert(topic);
      if (connection.Find(stream) == nullptr) {
        connection.subscriptions.push_back({stream});
      }
    } else if (connection.topics.erase(topic) == 0) {
      Violate(connection, "unsubscribes " + topic + ", which it is not subscribed to");
    } else if (std::none_of(connection.topics.begin(), connection.topics.end(), is_view)) {
      std::erase_if(connection.subscriptions,
                    [&](const ServerSubscription& one) { return one.stream == stream; });
    }
    const char* kind = type == "subscribe" ? "subscribe_confirmation" : "unsubscribe_confirmation";
    connection.outlet.Send({PrintJson(reply(kind)), Frame::Kind::kOther, {}});
  } else if (type == "batch") {
    if (setup_.refuses_batches != 0) {
      Refuse(connection, message, "no batches here");
      return;
    }
    for (const Json& one : ListOf(message, "messages")) {
      ReceiveV1(connection, one, TextOf(one, "type"));
    }
  } else if (data != message.end() && data->contains("k")) {
    ledger_.TakeAnonymous(connection.client,
                          {static_cast<int>(NumberOf(*data, "k")), connection.number});
  }
}

}  // namespace civic::simulation
