// How one virtual world is made: numbers with names, so that a script can hold them.
#pragma once

#include <span>
#include <string_view>

namespace civic::simulation {

enum class Dialect : int { kV1 = 1, kV2 = 2, kMixed = 3 };
enum class AuthKind : int { kNone = 0, kQuery = 1, kMessage = 2, kSubprotocol = 3 };

// The values given here are the plainest world; a shrunk script names only what differs.
struct Setup {
  int clients = 1;
  int bills = 1;
  int dialect = 2;
  // The network.
  int latency_ms = 20;
  int jitter_ms = 0;
  // The server.
  int seq_holes = 0;        // 1: numbers of a stream have holes
  int history = 1000;       // events of a stream that can be replayed
  int initial_history = 0;  // events it repeats for whoever has no position
  int buffer_kib = 1024;    // that may wait for one client
  int slow_closes = 0;      // 1: a slow client is closed, 0: it gets a `gap`
  int ack_delay_ms = 0;     // acknowledgements are collected so long
  int max_in_flight = 0;    // told in `welcome`; 0: not told
  int max_message_kib = 0;  // told in `welcome`; 0: not told
  int heartbeat_ms = 0;     // told in `welcome`; 0: not told
  int batches = 0;          // 1: events published together travel in one `batch`
  int refuses_batches = 0;  // 1: answers batches of the page with an error
  // Tokens.
  int auth = 0;               // an AuthKind
  int token_lifetime_ms = 0;  // 0: for ever
  int tells_expiry = 1;       // 1: `welcome` says when the token expires
  int refuses_early = 0;      // 1: a bad token fails the handshake, 0: it closes with 4001
  int echoes_token = 0;       // 1: the server repeats the token where it should not
  // The engines.
  int pages = 1;  // at the beginning
  int linger_ms = 2000;
  int cell_records = 50;
  int cache_kib = 32768;
  int queue_kib = 8192;  // events that wait for a page
  int outbox = 256;      // messages
  int batching = 0;
  int idle_probe = 1;  // 0: pings only every heartbeat interval

  bool operator==(const Setup&) const = default;
};

struct SettingShape {
  std::string_view name;
  int Setup::*value;
};

// Every setting, in the order of a script.
std::span<const SettingShape> Settings();

}  // namespace civic::simulation
