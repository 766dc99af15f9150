#include "civic/engine/error_code.h"

#include <array>
#include <cstddef>

namespace civic {
namespace {

struct ErrorText {
  std::string_view name;
  std::string_view sentence;
};

constexpr std::array<ErrorText, kErrorCodeCount> kErrorTexts = {{
    {"ok", "Done."},
    {"invalid-config", "The configuration is not valid."},
    {"invalid-argument", "An argument is not valid."},
    {"malformed-frame",
     "The server sent a frame that is not one valid JSON object; it was ignored."},
    {"frame-too-large", "The server sent a frame over the size limit; it was ignored."},
    {"invalid-message",
     "The server sent a message that misses something it needs; it was ignored."},
    {"nested-too-deep",
     "The server nested batches deeper than the protocol allows; it was ignored."},
    {"message-too-large", "The message is over the size limit and was not sent."},
    {"not-connected", "The message was not sent: there is no connection."},
    {"outbox-full", "The message was not sent: too many messages wait for a connection."},
    {"socket-failed", "The WebSocket could not be opened."},
    {"connection-lost", "The connection was lost."},
    {"connection-refused", "The server closed the connection and asked not to come back."},
    {"attempts-exhausted", "Every allowed attempt to reconnect failed."},
    {"heartbeat-timeout", "The server did not answer a ping in time; the connection was given up."},
    {"token-unavailable", "getToken gave no token; trying again later."},
    {"token-rejected", "The server refused the token twice in a row."},
    {"server-error", "The server answered with an error."},
    {"subscription-refused", "The server refused a subscription."},
    {"record-too-large", "An update is larger than one topic may keep; it was not stored."},
    {"events-dropped", "Listeners fell too far behind; messages for them were dropped."},
    {"message-expired", "The message was not acknowledged in the time it had."},
    {"message-superseded", "The message was not sent: a newer one took its place."},
    {"message-rejected", "The server refused the message."},
}};

}  // namespace

std::string_view ErrorName(ErrorCode code) {
  return kErrorTexts[static_cast<std::size_t>(code)].name;
}

std::string_view ErrorSentence(ErrorCode code) {
  return kErrorTexts[static_cast<std::size_t>(code)].sentence;
}

}  // namespace civic
