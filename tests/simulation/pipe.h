// One direction of a connection, as TCP gives it: in order, late, at a pace, and sometimes not at
// all.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <utility>

#include "civic/engine/random.h"
#include "civic/engine/time.h"
#include "event_queue.h"
#include "frame.h"

namespace civic::simulation {

class Pipe {
 public:
  struct Pace {
    DurationMs latency_ms = 20;
    DurationMs jitter_ms = 0;  // at most so much more, for each frame
    double bytes_per_ms = 1e6;
  };
  struct Receiver {
    std::function<void(Frame)> frame;
    std::function<void(int code, const std::string& reason)> close;
  };

  Pipe(EventQueue& queue, std::uint64_t seed) : queue_(queue), random_(seed) {}
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  // Before anything is sent.
  void SetReceiver(Receiver receiver) { receiver_ = std::move(receiver); }

  // Sees what is sent and what arrives.
  void SetSpy(std::function<void(const std::string&)> spy) { spy_ = std::move(spy); }

  void Send(Frame frame);
  // Arrives after everything that was sent before; nothing can be sent afterwards.
  void Close(int code, std::string reason);
  // Nothing that is under way arrives any more, but the end does.
  void Break(int code);
  // Nothing arrives before `until`, which may be never; nobody is told.
  void Stall(TimeMs until);
  // Also of what was sent and has not left the sender.
  void SetPace(const Pace& pace);

  // What was sent and has not left the sender.
  std::size_t BufferedBytes() const;

 private:
  struct Item {
    TimeMs leaves;
    TimeMs arrives;
    Frame frame;
    bool is_close = false;
    int code = 0;
    std::string reason;
  };

  void Add(Item item);
  void Time(Item* item);
  void Plan();
  void Deliver();

  EventQueue& queue_;
  Random random_;
  Receiver receiver_;
  std::function<void(const std::string&)> spy_;
  Pace pace_;
  std::deque<Item> items_;
  TimeMs last_leaves_ = 0;
  TimeMs last_arrives_ = 0;
  TimeMs stalled_until_ = 0;
  bool is_planned_ = false;
  bool is_closed_ = false;
};

}  // namespace civic::simulation
