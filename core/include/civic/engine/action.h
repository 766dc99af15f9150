// What the engine wants its host to do to sockets.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "civic/session/session_types.h"

namespace civic {

// Members that a kind does not name are empty.
struct Action {
  enum class Kind : std::uint8_t {
    kOpenSocket,    // socket, url, protocols; both may hold the token: not for logs
    kCloseSocket,   // socket, code (1000 or 3000–4999), text = reason of at most 123 bytes
    kSendText,      // socket, text = one JSON object; holds no NUL
    kSendDeflated,  // the same, to be sent as 0x01 and the text deflated (RFC 1951), in its turn
  };

  Kind kind = Kind::kSendText;
  SocketId socket = kNoSocket;
  int code = 0;
  std::string text;
  std::string url;
  std::vector<std::string> protocols;
};

}  // namespace civic
