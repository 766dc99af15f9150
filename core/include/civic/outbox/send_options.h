// How a page wants a message to be treated while it waits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "civic/engine/time.h"

namespace civic {

// What gives way when the outbox is full.
enum class WhenFull : std::uint8_t {
  kReject,      // this message is refused
  kDropOldest,  // the oldest message that may be dropped like this one
};

struct SendOptions {
  static constexpr DurationMs kUsualExpiryMs = 60.0 * 60 * 1000;

  DurationMs expires_in_ms = kUsualExpiryMs;
  WhenFull when_full = WhenFull::kReject;
  // A message that waits and has the same key is replaced; "" for none.
  std::string key;

  // {"expiresInMs"?: number, "whenFull"?: "reject"|"dropOldest", "key"?: string}, or "" for
  // defaults. Returns what is wrong as a sentence; "" when all is well.
  std::string Parse(std::string_view json);
};

}  // namespace civic
