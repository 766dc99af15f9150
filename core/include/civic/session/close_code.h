// What a WebSocket close code means for the session: one table, one row per range of codes.
//
// Meanings of 1000 to 1015: RFC 6455, section 7.4.1, and the IANA WebSocket Close Code Number
// Registry; 3000 to 4999 as docs/protocol.md gives them.
#pragma once

#include <cstdint>
#include <span>

namespace civic {

enum class CloseAction : std::uint8_t {
  kStay,        // Finished: stay disconnected.
  kRetry,       // Lost: reconnect with the usual backoff.
  kRetryLater,  // Overloaded: reconnect, but not before kOverloadedDelayMs or what the server asked
                // for.
  kRefreshToken,  // The token is no good: get a fresh one once, then reconnect; twice in a row is
                  // the end.
  kFail,          // Trying again is useless.
};

struct CloseRule {
  int first;
  int last;  // Inclusive.
  CloseAction action;
  const char* meaning;
};

inline constexpr double kOverloadedDelayMs = 5000;

// Codes this side gives to close(). A browser accepts 1000 and 3000 to 4999.
inline constexpr int kCloseNormal = 1000;
inline constexpr int kCloseTokenRefused = 4001;
inline constexpr int kCloseTimeout = 4408;

// Ascending, without overlaps.
std::span<const CloseRule> CloseRules();

// Codes without a row count as a lost connection: a server that wants to be left alone says so with
// a code that has one.
CloseAction ActionForClose(int code);

}  // namespace civic
