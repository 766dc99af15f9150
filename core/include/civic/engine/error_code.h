// Every error the engine can report, with the sentence a person reads.
#pragma once

#include <cstdint>
#include <string_view>

namespace civic {

// The numbers are part of the boundary to JavaScript: append, never renumber.
enum class ErrorCode : std::uint8_t {
  kOk = 0,                    // Done.
  kInvalidConfig = 1,         // The configuration is not valid.
  kInvalidArgument = 2,       // An argument of a command is not valid.
  kMalformedFrame = 3,        // A frame is not one valid JSON object.
  kFrameTooLarge = 4,         // A frame is larger than the limit.
  kInvalidMessage = 5,        // A message misses a field it needs, or the field has the wrong type.
  kNestedTooDeep = 6,         // Batches are nested deeper than the protocol allows.
  kMessageTooLarge = 7,       // An outgoing message is larger than the limit.
  kNotConnected = 8,          // The message could not be kept until there is a connection.
  kOutboxFull = 9,            // The queue of messages that wait for a connection is full.
  kSocketFailed = 10,         // The WebSocket could not be opened.
  kConnectionLost = 11,       // The connection broke; the engine reconnects.
  kConnectionRefused = 12,    // The server closed with a code after which trying again is useless.
  kAttemptsExhausted = 13,    // Every allowed attempt to reconnect failed.
  kHeartbeatTimeout = 14,     // The server did not answer a ping in time.
  kTokenUnavailable = 15,     // getToken gave no token.
  kTokenRejected = 16,        // The server refused the token twice in a row.
  kServerError = 17,          // The server answered with an error message.
  kSubscriptionRefused = 18,  // The server refused a subscription.
  kRecordTooLarge = 19,       // An update is larger than one bill may keep.
  kEventsDropped = 20,        // Listeners were too slow; queued messages were dropped.
  kMessageExpired = 21,       // The message was not acknowledged in the time it had.
  kMessageSuperseded = 22,    // A newer message took the place of this one.
  kMessageRejected = 23,      // The server refused the message.
};

inline constexpr int kErrorCodeCount = 24;

// The name JavaScript sees as `error.code`, such as "malformed-frame".
std::string_view ErrorName(ErrorCode code);

// One sentence that says what happened, without the particulars.
std::string_view ErrorSentence(ErrorCode code);

}  // namespace civic
