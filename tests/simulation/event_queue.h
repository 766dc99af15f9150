// Virtual time: what happens next, and when. Time passes only from one event to the next.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "civic/engine/time.h"

namespace civic::simulation {

// Events of the same time happen in the order in which they were planned.
class EventQueue {
 public:
  using Event = std::function<void()>;

  static constexpr TimeMs kBegin = 1'700'000'000'000.0;

  TimeMs now() const { return now_; }
  DurationMs elapsed() const { return now_ - kBegin; }
  std::uint64_t happened() const { return happened_; }

  // A time that is past means now.
  void At(TimeMs time, Event event) {
    heap_.push_back({std::max(time, now_), ++planned_, std::move(event)});
    std::push_heap(heap_.begin(), heap_.end(), IsLater);
  }
  void After(DurationMs delay, Event event) { At(now_ + delay, std::move(event)); }

  // Everything up to and including `end` happens, unless that is more than `limit` events: false
  // then, because a world in which ever more happens does not come to its end.
  bool RunUntil(TimeMs end, std::uint64_t limit) {
    while (!heap_.empty() && heap_.front().time <= end) {
      if (happened_ == limit) {
        return false;
      }
      std::pop_heap(heap_.begin(), heap_.end(), IsLater);
      Entry next = std::move(heap_.back());
      heap_.pop_back();
      now_ = next.time;
      ++happened_;
      next.event();
    }
    now_ = end;
    return true;
  }

 private:
  struct Entry {
    TimeMs time;
    std::uint64_t order;
    Event event;
  };

  static bool IsLater(const Entry& left, const Entry& right) {
    return left.time != right.time ? left.time > right.time : left.order > right.order;
  }

  TimeMs now_ = kBegin;
  std::uint64_t planned_ = 0;
  std::uint64_t happened_ = 0;
  std::vector<Entry> heap_;
};

}  // namespace civic::simulation
