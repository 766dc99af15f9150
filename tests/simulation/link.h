// One connection between a client and the server, from the attempt to its end.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "civic/session/session_types.h"
#include "pipe.h"

namespace civic::simulation {

// What a client asks for when it opens a socket.
struct Handshake {
  int client = 0;
  int visit = 0;  // how often the client was reloaded before
  std::string url;
  std::vector<std::string> protocols;
};

class Link {
 public:
  Link(EventQueue& queue, std::uint64_t seed, Handshake handshake, SocketId socket)
      : up(queue, seed), down(queue, seed + 1), handshake_(std::move(handshake)), socket_(socket) {}

  Pipe up;    // from the client
  Pipe down;  // to the client

  const Handshake& handshake() const { return handshake_; }
  SocketId socket() const { return socket_; }

  void SetPace(const Pipe::Pace& pace) {
    up.SetPace(pace);
    down.SetPace(pace);
  }
  // It breaks, and both sides see it.
  void Cut() {
    constexpr int kAbnormalClosure = 1006;
    up.Break(kAbnormalClosure);
    down.Break(kAbnormalClosure);
  }
  // Both sides still believe in it, but nothing arrives any more.
  void HalfOpen() {
    up.Stall(kNever);
    down.Stall(kNever);
  }

 private:
  Handshake handshake_;
  SocketId socket_;
};

}  // namespace civic::simulation
