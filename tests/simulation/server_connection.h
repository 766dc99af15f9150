// What the server knows of one connection.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "civic/engine/time.h"
#include "link.h"
#include "outlet.h"
#include "setup.h"

namespace civic::simulation {

struct ServerSubscription {
  int stream = 0;
  char kind = 0;               // only events of this kind; 0: all
  std::int64_t sent_seq = 0;   // of the newest event this client was sent, or would have been
  bool is_noted = false;       // something was published since the last pong
  std::int64_t lost_from = 0;  // the client was too slow for events from here …
  std::int64_t lost_to = 0;    // … to here, and was not told yet; 0: for none

  bool Wants(char event_kind) const { return kind == 0 || kind == event_kind; }
};

struct ServerConnection {
  ServerConnection(EventQueue& queue, Link& its_link, OutletFaults& faults, Dialect its_dialect,
                   std::uint64_t seed)
      : link(its_link),
        outlet(queue, its_link, faults, its_dialect == Dialect::kV1, seed),
        client(its_link.handshake().client),
        dialect(its_dialect) {}

  Link& link;
  Outlet outlet;
  int client;
  int number = 0;  // of the server's connections, in the order in which they came
  Dialect dialect;
  bool is_open = true;
  bool is_greeted = false;  // may subscribe and send
  std::string token;
  TimeMs token_good_until = kNever;
  TimeMs heard_at = 0;
  std::vector<ServerSubscription> subscriptions;
  std::set<std::string> topics;  // dialect v1: several may be views of one stream
  bool has_wildcard = false;
  std::vector<std::string> unacknowledged;  // messageIds that took effect, each once
  int under_way = 0;                        // of them, those that were new
  bool is_acknowledging = false;            // it is planned
  bool is_catching_up = false;              // gaps are to be told when there is room

  ServerSubscription* Find(int stream) {
    for (ServerSubscription& subscription : subscriptions) {
      if (subscription.stream == stream) {
        return &subscription;
      }
    }
    return nullptr;
  }
};

}  // namespace civic::simulation
