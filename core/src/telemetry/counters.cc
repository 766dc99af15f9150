#include "civic/telemetry/counters.h"

namespace civic {
namespace {

constexpr std::array<std::string_view, kCounterCount> kCounterNames = {
    "framesReceived",
    "bytesReceived",
    "messagesReceived",
    "messagesSent",
    "bytesSent",
    "malformedFrames",
    "oversizedFrames",
    "invalidMessages",
    "unknownMessages",
    "unroutedMessages",
    "recordsStored",
    "recordsConflated",
    "recordsRefused",
    "topicsEvicted",
    "eventsQueued",
    "eventsDropped",
    "bundlesDrained",
    "bytesDrained",
    "topicsActive",
    "subscriptionsActive",
    "cacheBytes",
    "reconnects",
    "pingsSent",
    "roundTripMs",
    "serverErrors",
    "notificationsDropped",
    "billsNotAnalysed",
    "duplicatesDropped",
    "eventsAwaited",
    "gaps",
    "gapsRecovered",
    "streamsResumed",
    "resyncs",
    "messagesAcknowledged",
    "messagesResent",
    "outboxMessages",
    "outboxBytes",
    "backlogBytes",
    "deflatedFramesSent",
    "deflatedBytesSent",
    "deflatedTextBytesSent",
    "deflatedFramesReceived",
    "deflatedBytesReceived",
    "deflatedTextBytesReceived",
};

}  // namespace

std::string_view CounterName(Counter counter) {
  return kCounterNames[static_cast<std::size_t>(counter)];
}

}  // namespace civic
