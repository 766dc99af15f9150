// What a session tells the outside: states, actions to perform, changes to report.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/error_code.h"
#include "civic/engine/time.h"

namespace civic {

enum class ConnectionState : std::uint8_t {
  kDisconnected,  // Nobody asked for a connection, or it is finished.
  kConnecting,    // The first attempt after Connect().
  kConnected,     // Messages can be sent.
  kReconnecting,  // An attempt failed or the connection broke: waiting for, or making, the next
                  // attempt.
  kFailed,        // Given up; the change that led here says why.
};

enum class ConnectionQuality : std::uint8_t { kDisconnected, kPoor, kGood, kExcellent };

// As in the public API: "disconnected", "connecting", …
std::string_view ConnectionStateName(ConnectionState state);
std::string_view ConnectionQualityName(ConnectionQuality quality);

// Identifies one attempt to have a socket. Grows by one with every socket; 0 is no socket.
using SocketId = std::uint32_t;
inline constexpr SocketId kNoSocket = 0;

// What is spoken on a connection; docs/protocol.md.
enum class Dialect : std::uint8_t { kV1, kV2 };

inline constexpr std::string_view kProtocolV2 = "civic-engagement-v2";

// Something the host must do, in the order given. Members that a kind does not name are empty.
struct SessionAction {
  enum class Kind : std::uint8_t {
    kOpenSocket,   // socket, url, protocols. `url` and `protocols` may hold the token: do not log
                   // them.
    kCloseSocket,  // socket, code, reason. Nothing that happens to this socket matters any more.
    kSendPing,     // socket, message_id.
    kSendAuth,     // socket, message_id, token.
    kSendHello,    // socket, message_id, token (maybe ""); streams are asked for right after it.
    kWantToken,    // request_id, to be answered with ProvideToken().
  };

  Kind kind = Kind::kOpenSocket;
  SocketId socket = kNoSocket;
  std::string url;
  std::vector<std::string> protocols;
  int code = 0;
  std::string reason;
  std::string message_id;
  std::string token;
  std::uint32_t request_id = 0;
};

// Reported when the state or the quality changes, when an attempt fails, and when the next one
// starts. Never holds a token.
struct ConnectionChange {
  ConnectionState state = ConnectionState::kDisconnected;
  ConnectionState previous = ConnectionState::kDisconnected;
  ConnectionQuality quality = ConnectionQuality::kDisconnected;
  int attempt =
      0;  // Which attempt since the connection was last stable; 0 for the first and when connected.
  int code = 0;        // Close code that led here; 0 if none did.
  std::string reason;  // Its reason.
  std::optional<DurationMs>
      retry_in_ms;  // Until the next attempt; empty if none is scheduled or one is running.
  ErrorCode error = ErrorCode::kOk;
};

}  // namespace civic
