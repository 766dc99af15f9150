#include "server.h"

#include <algorithm>
#include <utility>

namespace civic::simulation {
namespace {

constexpr int kTokenRefused = 4001;
constexpr int kGoingAway = 1001;
constexpr int kAbnormalClosure = 1006;
// A client that says nothing for so long is gone. Longer than any heartbeat that a browser lets
// through once a minute.
constexpr DurationMs kSilenceMs = 150'000;

std::string Unescape(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      result += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

std::string FromBase64Url(std::string_view text) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string result;
  unsigned bits = 0;
  unsigned bit_count = 0;
  for (const char c : text) {
    bits = (bits << 6U) | static_cast<unsigned>(kDigits.find(c) & 63U);
    bit_count += 6;
    if (bit_count >= 8) {
      bit_count -= 8;
      result += static_cast<char>((bits >> bit_count) & 255U);
    }
  }
  return result;
}

}  // namespace

std::string TextOf(const Json& object, const char* member) {
  if (!object.is_object()) {
    return {};
  }
  const auto found = object.find(member);
  const auto* text = found == object.end() ? nullptr : found->get_ptr<const std::string*>();
  return text == nullptr ? std::string() : *text;
}

std::int64_t NumberOf(const Json& object, const char* member) {
  if (!object.is_object()) {
    return -1;
  }
  const auto found = object.find(member);
  return found == object.end() || !found->is_number_integer() ? -1 : found->get<std::int64_t>();
}

const Json& ListOf(const Json& object, const char* member) {
  static const Json kNone = Json::array();
  const auto found = object.find(member);
  return found == object.end() || !found->is_array() ? kNone : *found;
}

Server::Server(EventQueue& queue, const Setup& setup, const TopicCatalog& catalog,
               std::uint64_t seed)
    : queue_(queue),
      setup_(setup),
      catalog_(catalog),
      random_(seed),
      log_(catalog),
      ledger_(setup.clients),
      authority_(setup.token_lifetime_ms, random_.Next()),
      faults_(static_cast<std::size_t>(setup.clients)),
      refusals_(static_cast<std::size_t>(setup.clients)),
      client_names_(static_cast<std::size_t>(setup.clients)) {}

void Server::Accept(Link& link) {
  if (!is_up()) {
    link.down.Close(kAbnormalClosure, "");
    return;
  }
  const Dialect dialect = ChooseDialect(link.handshake());
  const int client = link.handshake().client;
  connections_.push_back(std::make_unique<ServerConnection>(
      queue_, link, faults_[static_cast<std::size_t>(client)], dialect, random_.Next()));
  ServerConnection& connection = *connections_.back();
  connection.number = static_cast<int>(connections_.size());
  const auto auth = static_cast<AuthKind>(setup_.auth);
  const bool is_in_handshake = auth == AuthKind::kQuery || auth == AuthKind::kSubprotocol;
  const std::string token = is_in_handshake ? TokenOf(link.handshake()) : "";
  const bool is_good = !is_in_handshake || CheckToken(connection, token);
  if (!is_good && setup_.refuses_early != 0) {
    connection.is_open = false;
    link.down.Close(kAbnormalClosure, "");
    return;
  }
  open_.push_back(&connection);
  link.down.Send({dialect == Dialect::kV1 ? "civic-engagement-v1" : "civic-engagement-v2",
                  Frame::Kind::kOpen,
                  {}});
  if (!is_good) {
    CloseConnection(connection, kTokenRefused,
                    setup_.echoes_token != 0 ? "no good: " + token : "token refused");
    return;
  }
  connection.is_greeted = dialect == Dialect::kV1 && auth != AuthKind::kMessage;
  connection.heard_at = queue_.now();
  WatchSilence(connection);
  link.up.SetReceiver({[this, &connection](const Frame& frame) { Receive(connection, frame); },
                       [this, &connection](int, const std::string&) { End(connection); }});
}

Dialect Server::ChooseDialect(const Handshake& handshake) {
  const auto offers = [&](std::string_view protocol) {
    return std::find(handshake.protocols.begin(), handshake.protocols.end(), protocol) !=
           handshake.protocols.end();
  };
  auto dialect = static_cast<Dialect>(setup_.dialect);
  if (dialect == Dialect::kMixed) {
    dialect = random_.Next() % 2 == 0 ? Dialect::kV1 : Dialect::kV2;
  }
  if (!offers(dialect == Dialect::kV1 ? "civic-engagement-v1" : "civic-engagement-v2")) {
    violations_.emplace_back("a dialect is not offered");
  }
  return dialect;
}

std::string Server::TokenOf(const Handshake& handshake) const {
  if (static_cast<AuthKind>(setup_.auth) == AuthKind::kQuery) {
    constexpr std::string_view kParameter = "token=";
    const std::size_t at = handshake.url.find(kParameter);
    return at == std::string::npos ? "" : Unescape(handshake.url.substr(at + kParameter.size()));
  }
  constexpr std::string_view kBearer = "bearer.";
  for (const std::string& protocol : handshake.protocols) {
    if (protocol.starts_with(kBearer)) {
      return FromBase64Url(std::string_view(protocol).substr(kBearer.size()));
    }
  }
  return {};
}

bool Server::CheckToken(ServerConnection& connection, const std::string& token) {
  const TimeMs good_until = authority_.GoodUntil(token, connection.client, queue_.now());
  if (good_until == -kNever) {
    ++refusals_[static_cast<std::size_t>(connection.client)];
    return false;
  }
  connection.token = token;
  connection.token_good_until = good_until;
  WatchToken(connection);
  return true;
}

void Server::WatchToken(ServerConnection& connection) {
  if (connection.token_good_until == kNever) {
    return;
  }
  queue_.At(connection.token_good_until, [this, &connection] {
    if (connection.is_open && queue_.now() >= connection.token_good_until) {
      ++refusals_[static_cast<std::size_t>(connection.client)];
      CloseConnection(connection, kTokenRefused,
                      setup_.echoes_token != 0 ? "expired: " + connection.token : "token expired");
    }
  });
}

void Server::WatchSilence(ServerConnection& connection) {
  queue_.At(connection.heard_at + kSilenceMs, [this, &connection] {
    if (!connection.is_open) {
      return;
    }
    if (queue_.now() >= connection.heard_at + kSilenceMs) {
      CloseConnection(connection, kGoingAway, "silent");
    } else {
      WatchSilence(connection);
    }
  });
}

void Server::CloseConnection(ServerConnection& connection, int code, const std::string& reason) {
  if (connection.is_open) {
    connection.link.down.Close(code, reason);
    End(connection);
  }
}

void Server::End(ServerConnection& connection) {
  connection.is_open = false;
  connection.outlet.Close();
  std::erase(open_, &connection);
}

void Server::Receive(ServerConnection& connection, const Frame& frame) {
  if (!connection.is_open) {
    return;
  }
  connection.heard_at = queue_.now();
  const Json message = ParseJson(frame.text);
  const std::string type = TextOf(message, "type");
  if (type.empty()) {
    Violate(connection, "a frame is no message: " + frame.text.substr(0, 100));
  } else if (connection.dialect == Dialect::kV1) {
    ReceiveV1(connection, message, type);
  } else {
    ReceiveV2(connection, message, type);
  }
}

void Server::Refuse(ServerConnection& connection, const Json& message, const std::string& reason) {
  Json answer = {{"type", "error"}, {"messageId", TextOf(message, "messageId")}};
  answer["data"]["error"] =
      setup_.echoes_token != 0 ? reason + " (" + connection.token + ")" : reason;
  answer["data"]["originalType"] = TextOf(message, "type");
  connection.outlet.Send({PrintJson(answer), Frame::Kind::kOther, {}});
}

void Server::Violate(const ServerConnection& connection, const std::string& what) {
  violations_.push_back("client " + std::to_string(connection.client) + ": " + what);
}

void Server::Restart(DurationMs down_ms, bool keeps_history, int code, DurationMs retry_after_ms) {
  for (int client = 0; client < setup_.clients; ++client) {
    if (code != 0) {
      Close(client, code, retry_after_ms);
    }
  }
  for (ServerConnection* connection : std::vector<ServerConnection*>(open_)) {
    connection->link.Cut();
    End(*connection);
  }
  up_at_ = std::max(up_at_, queue_.now() + down_ms);
  if (!keeps_history) {
    log_.BeginEpoch();
  }
}

void Server::Close(int client, int code, DurationMs retry_after_ms) {
  for (ServerConnection* connection : std::vector<ServerConnection*>(open_)) {
    if (connection->client != client) {
      continue;
    }
    if (retry_after_ms > 0) {
      const Json notice = {{"type", "error"},
                           {"data", {{"error", "try again later"}}},
                           {"retryAfter", retry_after_ms}};
      connection->outlet.Send({PrintJson(notice), Frame::Kind::kOther, {}});
    }
    CloseConnection(*connection, code, "closed by the server");
  }
}

void Server::Ping(int client) {
  for (ServerConnection* connection : open_) {
    if (connection->client == client) {
      connection->outlet.Send({R"({"type":"ping","messageId":"server"})", Frame::Kind::kOther, {}});
    }
  }
}

void Server::ExpireToken(int client) {
  authority_.Revoke(client);
  for (ServerConnection* connection : std::vector<ServerConnection*>(open_)) {
    if (connection->client == client && !connection->token.empty()) {
      ++refusals_[static_cast<std::size_t>(client)];
      CloseConnection(*connection, kTokenRefused, "token revoked");
    }
  }
}

void Server::Heal() {
  up_at_ = queue_.now();
  for (OutletFaults& faults : faults_) {
    faults.Clear();
  }
  authority_.StopExpiring(queue_.now());
  for (ServerConnection* connection : open_) {
    connection->token_good_until = kNever;
  }
}

std::vector<Link*> Server::LinksOf(int client) const {
  std::vector<Link*> links;
  for (const ServerConnection* connection : open_) {
    if (connection->client == client) {
      links.push_back(&connection->link);
    }
  }
  return links;
}

}  // namespace civic::simulation
