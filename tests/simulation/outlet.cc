#include "outlet.h"

#include <iterator>
#include <utility>

namespace civic::simulation {
namespace {

// An event that nothing overtakes is late by so much.
constexpr DurationMs kLongestHold = 400;

}  // namespace

void Outlet::Send(Frame frame) {
  if (is_closed_) {
    return;
  }
  if (faults_.truncate > 0) {
    --faults_.truncate;
    frame.text.resize(random_.Next() % frame.text.size());
    frame.is_readable = false;
  } else if (faults_.corrupt > 0) {
    --faults_.corrupt;
    frame.text.insert(random_.Next() % frame.text.size(), 1, '\x01');
    frame.is_readable = false;
  }
  link_.down.Send(std::move(frame));
}

void Outlet::SendEvent(Frame event) {
  if (is_reliable_) {
    Pass(std::move(event));
    return;
  }
  if (faults_.drop > 0) {
    --faults_.drop;
    return;
  }
  if (faults_.duplicate > 0) {
    --faults_.duplicate;
    const int stream = event.mentions.front().stream;
    queue_.After(faults_.duplicate_after_ms,
                 [this, stream, ended = subscriptions_ended_[stream], again = event] {
                   if (subscriptions_ended_[stream] == ended) {
                     Pass(again);
                   }
                 });
  }
  if (faults_.reorder > 0) {
    --faults_.reorder;
    held_.push_back({faults_.reorder_behind, std::move(event)});
    queue_.After(kLongestHold, [this] { ReleaseAll(); });
    return;
  }
  Pass(std::move(event));
  for (Held& held : held_) {
    --held.behind;
  }
  while (!held_.empty() && held_.front().behind <= 0) {
    Frame late = std::move(held_.front().frame);
    held_.pop_front();
    Pass(std::move(late));
  }
}

void Outlet::EndSubscription(int stream) {
  ++subscriptions_ended_[stream];
  std::erase_if(held_,
                [&](const Held& held) { return held.frame.mentions.front().stream == stream; });
}

void Outlet::EndBatch() {
  is_batching_ = false;
  if (batch_.text.empty()) {
    return;
  }
  batch_.text = R"({"type":"batch","messages":[)" + batch_.text + "]}";
  batch_.kind = Frame::Kind::kEvents;
  Send(std::exchange(batch_, {}));
}

void Outlet::Pass(Frame event) {
  if (!is_batching_) {
    Send(std::move(event));
    return;
  }
  batch_.text += batch_.text.empty() ? "" : ",";
  batch_.text += event.text;
  batch_.mentions.insert(batch_.mentions.end(), event.mentions.begin(), event.mentions.end());
}

void Outlet::ReleaseAll() {
  for (Held& held : std::exchange(held_, {})) {
    Pass(std::move(held.frame));
  }
}

}  // namespace civic::simulation
