// What travels over a connection: text, and what the world knows about it without reading it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace civic::simulation {

struct Frame {
  enum class Kind : std::uint8_t {
    kOther,
    kOpen,        // the handshake and its answer: text is the protocol the server selected
    kEvents,      // mentions: the events in it
    kSubscribed,  // mentions: the last event before those that follow, of each stream granted
    kWelcome,
  };

  // An event of a stream by its place in the log, counted from 1.
  struct Mention {
    int stream = 0;
    std::int64_t number = 0;
  };

  std::string text;
  Kind kind = Kind::kOther;
  std::vector<Mention> mentions;
  std::string answers = {};  // the messageId of what this is the answer to
  bool is_readable = true;   // false once it is damaged
};

}  // namespace civic::simulation
