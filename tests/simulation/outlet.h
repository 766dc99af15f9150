// The server's way to one client, with what can go wrong behind the socket: a fan-out that loses,
// repeats and overtakes, and something in between that damages frames.
//
// TCP and TLS lose, repeat and reorder nothing within a connection, so that happens here, after an
// event got its place in the stream. Damage is of a kind that shows: a frame that ends early or
// holds a control character is no JSON. That text turns into other valid text is what the
// checksums below prevent; no client could tell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>

#include "civic/engine/random.h"
#include "event_queue.h"
#include "frame.h"
#include "link.h"

namespace civic::simulation {

// What the next frames of one client suffer, on whichever connection.
struct OutletFaults {
  int drop = 0;
  int duplicate = 0;
  DurationMs duplicate_after_ms = 0;
  int reorder = 0;
  int reorder_behind = 0;
  int truncate = 0;
  int corrupt = 0;

  void Clear() { *this = {}; }
};

class Outlet {
 public:
  // `faults` must outlive the outlet. `is_reliable`: events are neither lost nor repeated nor
  // overtaken, as in a dialect that could not tell.
  Outlet(EventQueue& queue, Link& link, OutletFaults& faults, bool is_reliable, std::uint64_t seed)
      : queue_(queue), link_(link), faults_(faults), is_reliable_(is_reliable), random_(seed) {}
  Outlet(const Outlet&) = delete;
  Outlet& operator=(const Outlet&) = delete;

  void Send(Frame frame);
  void SendEvent(Frame event);
  // Events until EndBatch() leave as one frame.
  void BeginBatch() { is_batching_ = true; }
  void EndBatch();
  // What was late or was to be repeated of the stream belongs to a subscription that has ended.
  void EndSubscription(int stream);
  void Close() { is_closed_ = true; }

 private:
  struct Held {
    int behind;  // so many events
    Frame frame;
  };

  void Pass(Frame event);
  void ReleaseAll();

  EventQueue& queue_;
  Link& link_;
  OutletFaults& faults_;
  bool is_reliable_;
  Random random_;
  bool is_closed_ = false;
  bool is_batching_ = false;
  Frame batch_;
  std::deque<Held> held_;
  std::map<int, int> subscriptions_ended_;  // by stream
};

}  // namespace civic::simulation
