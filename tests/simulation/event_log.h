// Everything that was ever published: the truth that the oracle compares with, and the history that
// the server replays from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/time.h"
#include "topic_catalog.h"

namespace civic::simulation {

// A place in a stream, as it goes over the wire. `epoch` counts from 1; its text is EpochText().
struct Position {
  int epoch = 0;
  std::int64_t seq = 0;

  auto operator<=>(const Position&) const = default;
};

std::string EpochText(int epoch);
// 0 for a text that names no epoch.
int ReadEpoch(std::string_view text);

// What filters and topics look at.
struct Traits {
  char kind = 'a';  // data.kind
  int expert = 1;   // of expert activity
};

struct Published {
  std::int64_t number = 0;  // in its stream, from 1, through all epochs: data.n
  Position position;
  Traits traits;
  TimeMs at = 0;
  std::string members;  // of the message, without its position
};

class EventLog {
 public:
  explicit EventLog(const TopicCatalog& catalog) : catalog_(catalog) {
    streams_.resize(catalog.streams().size());
  }

  const Published& Append(int stream, const Traits& traits, int seq_step, int bytes, TimeMs now);
  // The history is lost: what is published from now on belongs to a new epoch.
  void BeginEpoch();
  // Only the newest `count` events of the epoch can be replayed.
  void Trim(int stream, int count);

  // The newest position; seq 0 when nothing was published in this epoch.
  Position Newest(int stream) const;
  // The position before the oldest event that can be replayed.
  Position HistoryBegin(int stream) const;
  // The number of the last event at or before a position; 0 if there is none.
  std::int64_t NumberAt(int stream, const Position& position) const;
  // Numbers count from 1.
  const Published& event(int stream, std::int64_t number) const {
    return streams_[static_cast<std::size_t>(stream)].events[static_cast<std::size_t>(number - 1)];
  }
  std::int64_t count(int stream) const {
    return static_cast<std::int64_t>(streams_[static_cast<std::size_t>(stream)].events.size());
  }

 private:
  struct Stream {
    std::vector<Published> events;
    int epoch = 1;
    std::int64_t seq = 0;           // the newest of the epoch
    std::int64_t first_number = 1;  // of what can be replayed
    std::int64_t begin_seq = 0;     // before it
  };

  const TopicCatalog& catalog_;
  std::vector<Stream> streams_;
};

}  // namespace civic::simulation
