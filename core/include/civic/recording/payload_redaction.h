// Takes what people wrote out of messages and leaves what decides where they go.
#pragma once

#include <cstdint>
#include <span>

namespace civic {

enum class PayloadKind : std::uint8_t {
  kMessage,  // a message, or anything of which an engine takes it for one
  kOutbox,   // what an earlier visit left in its outbox
  kState,    // an engine's state, in which only messages are hidden
};

// Replaces texts in place by others of the same size. Numbers, names, structure and the members
// that decide where a message goes stay, so that an engine does with the text what it did before; a
// text that is no JSON stays none. A text that is itself JSON is treated as such.
void RedactPayload(std::span<char> text, PayloadKind kind);

}  // namespace civic
