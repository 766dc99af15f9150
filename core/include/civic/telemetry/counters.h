// Counters of one engine. Every bundle carries them all, so reading one costs the page nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace civic {

// The order is part of the boundary: append, never reorder.
enum class Counter : std::uint8_t {
  kFramesReceived,
  kBytesReceived,
  kMessagesReceived,  // batches count by what they hold
  kMessagesSent,
  kBytesSent,
  kMalformedFrames,
  kOversizedFrames,
  kInvalidMessages,
  kUnknownMessages,
  kUnroutedMessages,  // for topics nobody subscribed to
  kRecordsStored,
  kRecordsConflated,  // overwritten before a page's bundle took them
  kRecordsRefused,    // larger than a cell may be
  kTopicsEvicted,
  kEventsQueued,
  kEventsDropped,
  kBundlesDrained,
  kBytesDrained,
  kTopicsActive,
  kSubscriptionsActive,
  kCacheBytes,
  kReconnects,
  kPingsSent,
  kRoundTripMs,  // newest measurement, 0 before the first
  kServerErrors,
  kNotificationsDropped,  // to keep to the limits
  kBillsNotAnalysed,      // messages of bills over the number whose rates are kept
  kDuplicatesDropped,     // events of a stream that had been taken before
  kEventsAwaited,         // events left out because their stream's replay will bring them
  kGaps,                  // holes that were told
  kGapsRecovered,         // of these, filled by a replay
  kStreamsResumed,        // streams that went on from their position
  kResyncs,               // a frame could not be read: everything was asked for again
  kMessagesAcknowledged,
  kMessagesResent,
  kOutboxMessages,  // that wait to be sent or acknowledged
  kOutboxBytes,     // of these
  kBacklogBytes,    // handed to the socket, not yet to the network
  kDeflatedFramesSent,
  kDeflatedBytesSent,      // on the wire
  kDeflatedTextBytesSent,  // before
  kDeflatedFramesReceived,
  kDeflatedBytesReceived,      // on the wire
  kDeflatedTextBytesReceived,  // after
};

inline constexpr std::size_t kCounterCount = 44;

// The name the page sees, such as "framesReceived".
std::string_view CounterName(Counter counter);

class Counters {
 public:
  void Add(Counter counter, double amount = 1) { values_[Index(counter)] += amount; }
  void Set(Counter counter, double value) { values_[Index(counter)] = value; }
  double Get(Counter counter) const { return values_[Index(counter)]; }
  const std::array<double, kCounterCount>& values() const { return values_; }

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("values", values_);
  }

 private:
  static constexpr std::size_t Index(Counter counter) { return static_cast<std::size_t>(counter); }

  std::array<double, kCounterCount> values_ = {};
};

}  // namespace civic
