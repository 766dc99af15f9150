#include "pipe.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace civic::simulation {

void Pipe::Send(Frame frame) {
  if (is_closed_) {
    return;
  }
  if (spy_) {
    spy_("sent " + frame.text);
  }
  Add({0, 0, std::move(frame), false, 0, {}});
}

void Pipe::Close(int code, std::string reason) {
  if (is_closed_) {
    return;
  }
  is_closed_ = true;
  if (spy_) {
    spy_("sent close " + std::to_string(code) + " " + reason);
  }
  Add({0, 0, {}, true, code, std::move(reason)});
}

void Pipe::Break(int code) {
  if (!is_closed_) {
    items_.clear();
    Close(code, "");
  }
}

void Pipe::Stall(TimeMs until) { stalled_until_ = std::max(stalled_until_, until); }

std::size_t Pipe::BufferedBytes() const {
  const bool is_stalled = stalled_until_ > queue_.now();
  std::size_t bytes = 0;
  for (auto item = items_.rbegin(); item != items_.rend(); ++item) {
    if (!is_stalled && item->leaves <= queue_.now()) {
      break;
    }
    bytes += item->frame.text.size();
  }
  return bytes;
}

void Pipe::SetPace(const Pace& pace) {
  const bool is_another_speed = pace.bytes_per_ms != pace_.bytes_per_ms;
  pace_ = pace;
  if (!is_another_speed || stalled_until_ == kNever) {
    return;
  }
  const auto waiting = std::find_if(items_.begin(), items_.end(),
                                    [&](const Item& item) { return item.leaves > queue_.now(); });
  if (waiting == items_.end()) {
    return;
  }
  last_leaves_ = queue_.now();
  last_arrives_ = waiting == items_.begin() ? queue_.now() : std::prev(waiting)->arrives;
  std::for_each(waiting, items_.end(), [this](Item& item) { Time(&item); });
  is_planned_ = false;  // what was planned finds nothing to do, or something
  Plan();
}

void Pipe::Add(Item item) {
  Time(&item);
  items_.push_back(std::move(item));
  Plan();
}

void Pipe::Time(Item* item) {
  item->leaves = std::max({queue_.now(), last_leaves_, stalled_until_}) +
                 static_cast<double>(item->frame.text.size()) / pace_.bytes_per_ms;
  const DurationMs latency = pace_.latency_ms + pace_.jitter_ms * random_.NextUnit();
  item->arrives = std::max(item->leaves + latency, last_arrives_);
  last_leaves_ = item->leaves;
  last_arrives_ = item->arrives;
}

void Pipe::Plan() {
  if (is_planned_ || items_.empty() || stalled_until_ == kNever) {
    return;
  }
  is_planned_ = true;
  queue_.At(std::max(items_.front().arrives, stalled_until_), [this] {
    is_planned_ = false;
    Deliver();
    Plan();
  });
}

void Pipe::Deliver() {
  if (items_.empty() || queue_.now() < std::max(items_.front().arrives, stalled_until_)) {
    return;
  }
  Item item = std::move(items_.front());
  items_.pop_front();
  if (spy_) {
    spy_(item.is_close ? "arrived: close " + std::to_string(item.code)
                       : "arrived: " + item.frame.text);
  }
  if (item.is_close) {
    receiver_.close(item.code, item.reason);
  } else {
    receiver_.frame(std::move(item.frame));
  }
}

}  // namespace civic::simulation
