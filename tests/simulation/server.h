// The server, as docs/protocol.md has it, in both dialects: it publishes, replays, gives up what
// nobody can get any more, acknowledges, checks tokens, restarts. Behaves well, whatever happens to
// it; what goes wrong on its way to a client is the outlet's.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/random.h"
#include "event_log.h"
#include "event_queue.h"
#include "link.h"
#include "message_ledger.h"
#include "outlet.h"
#include "server_connection.h"
#include "setup.h"
#include "support/json.h"
#include "token_authority.h"
#include "topic_catalog.h"

namespace civic::simulation {

class Server {
 public:
  Server(EventQueue& queue, const Setup& setup, const TopicCatalog& catalog, std::uint64_t seed);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The network's side. A link that reaches the server is answered, or is not while it is down.
  void Accept(Link& link);

  // What people and fate do. Nothing is published while the server is down.

  void Publish(int stream, int count, const Traits& traits, int bytes);
  void Whisper(int stream);
  // `code` 0: connections break without a word.
  void Restart(DurationMs down_ms, bool keeps_history, int code, DurationMs retry_after_ms);
  void Close(int client, int code, DurationMs retry_after_ms);
  void Ping(int client);
  void Trim(int stream, int stay) { log_.Trim(stream, stay); }
  void ExpireToken(int client);
  OutletFaults& faults(int client) { return faults_[static_cast<std::size_t>(client)]; }
  // Nothing goes wrong any more.
  void Heal();

  // For the oracle.

  const EventLog& log() const { return log_; }
  MessageLedger& ledger() { return ledger_; }
  TokenAuthority& authority() { return authority_; }
  // What clients did that the protocol forbids.
  const std::vector<std::string>& violations() const { return violations_; }
  // How often the client came with a token that was no good.
  int refusals(int client) const { return refusals_[static_cast<std::size_t>(client)]; }
  std::vector<Link*> LinksOf(int client) const;
  bool is_up() const { return queue_.now() >= up_at_; }

 private:
  // The connection's life: server.cc.
  Dialect ChooseDialect(const Handshake& handshake);
  std::string TokenOf(const Handshake& handshake) const;
  bool CheckToken(ServerConnection& connection, const std::string& token);
  void WatchToken(ServerConnection& connection);
  void WatchSilence(ServerConnection& connection);
  void CloseConnection(ServerConnection& connection, int code, const std::string& reason);
  void End(ServerConnection& connection);
  void Refuse(ServerConnection& connection, const Json& message, const std::string& reason);
  void Violate(const ServerConnection& connection, const std::string& what);
  void Receive(ServerConnection& connection, const Frame& frame);

  // Events: server_events.cc.
  void FanOut(ServerConnection& connection, int stream, const Published& event);
  void SendEvent(ServerConnection& connection, int stream, const Published& event,
                 std::int64_t previous, bool is_history);
  bool IsSlow(const ServerConnection& connection) const;
  void CatchUp(ServerConnection& connection);
  void TellGaps(ServerConnection& connection);
  void Replay(ServerConnection& connection, ServerSubscription& subscription, const Position& start,
              bool is_history);

  // Dialect v2: server_v2.cc.
  void ReceiveV2(ServerConnection& connection, const Json& message, std::string_view type);
  void Greet(ServerConnection& connection, const Json& message);
  void Subscribe(ServerConnection& connection, const Json& message);
  Position StartOf(ServerConnection& connection, int stream, const Json& request, bool* recovered,
                   bool* is_history);
  void Unsubscribe(ServerConnection& connection, const Json& message);
  void Pong(ServerConnection& connection, const Json& message);
  void RenewToken(ServerConnection& connection, const Json& message);
  void Take(ServerConnection& connection, const Json& message, std::string_view type);
  void Acknowledge(ServerConnection& connection);

  // Dialect v1: server_v1.cc.
  void ReceiveV1(ServerConnection& connection, const Json& message, std::string_view type);

  EventQueue& queue_;
  const Setup& setup_;
  const TopicCatalog& catalog_;
  Random random_;
  EventLog log_;
  MessageLedger ledger_;
  TokenAuthority authority_;
  std::vector<OutletFaults> faults_;                            // by client
  std::vector<int> refusals_;                                   // by client
  std::vector<std::map<int, std::string>> client_names_;        // by visit
  std::vector<std::unique_ptr<ServerConnection>> connections_;  // all there ever were
  std::vector<ServerConnection*> open_;
  TimeMs up_at_ = 0;
  std::vector<std::string> violations_;
};

// A member that is a string; "" if there is none.
std::string TextOf(const Json& object, const char* member);
std::int64_t NumberOf(const Json& object, const char* member);
// A member that is a list; an empty one if there is none.
const Json& ListOf(const Json& object, const char* member);

}  // namespace civic::simulation
