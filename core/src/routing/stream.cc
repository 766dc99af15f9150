#include "civic/routing/stream.h"

#include <algorithm>
#include <utility>

namespace civic {

void Stream::Ask(std::string message_id, TimeMs now) {
  state_ = State::kAsked;
  message_id_ = std::move(message_id);
  asked_at_ = now;
}

void Stream::ConnectionDown() {
  state_ = State::kSilent;
  message_id_.clear();
}

void Stream::ForgetPosition() {
  position_.reset();
  hole_.reset();
  replays_ = 0;
}

StreamVerdict Stream::Judge(const EventPosition& event, std::optional<ClosedHole>* closed) {
  switch (state_) {
    case State::kSilent:
      return StreamVerdict::kForeign;
    case State::kAsked:
      return StreamVerdict::kAwaited;
    case State::kLive:
      break;
  }
  if (!position_) {
    return StreamVerdict::kTake;
  }
  if (event.epoch != position_->epoch) {
    if (MayReplay()) {
      return OpenHole(std::nullopt);
    }
    *closed = Skip(event.epoch, std::nullopt);
  } else if (event.seq <= position_->seq) {
    return StreamVerdict::kDuplicate;
  } else if (event.previous > position_->seq) {
    if (MayReplay()) {
      return OpenHole(event.previous);
    }
    *closed = Skip(event.epoch, event.previous);
  }
  MoveTo(event.seq, closed);
  return StreamVerdict::kTake;
}

StreamVerdict Stream::OpenHole(std::optional<std::uint64_t> to) {
  if (!hole_) {
    hole_ = Hole{position_->seq + 1, to};
  } else if (hole_->to && to) {
    hole_->to = std::max(*hole_->to, *to);
  }
  ++replays_;
  return StreamVerdict::kHole;
}

ClosedHole Stream::Skip(std::string_view epoch, std::optional<std::uint64_t> to) {
  ClosedHole skipped{std::string(epoch), position_->seq + 1, to, false};
  hole_.reset();
  position_->epoch = epoch;
  return skipped;
}

void Stream::MoveTo(std::uint64_t seq, std::optional<ClosedHole>* closed) {
  replays_ = 0;
  position_->seq = seq;
  if (hole_ && hole_->to && *hole_->to <= seq) {
    *closed = ClosedHole{position_->epoch, hole_->from, hole_->to, true};
    hole_.reset();
  }
}

std::optional<ClosedHole> Stream::Answer(const SubscribedStream& answer) {
  state_ = State::kLive;
  message_id_.clear();
  if (!answer.newest) {
    ForgetPosition();
    return std::nullopt;
  }
  const Position start{answer.newest->epoch, answer.start};
  if (!position_) {
    position_ = start;
    return std::nullopt;
  }
  // A server that knows less than before in the same epoch has lost what this side has seen of it.
  const bool is_lost = position_->epoch != start.epoch || answer.newest->seq < position_->seq;
  if (is_lost || start.seq > position_->seq) {
    const ClosedHole lost = Skip(start.epoch, is_lost ? std::nullopt : std::optional(start.seq));
    position_ = start;
    replays_ = 0;
    return lost;
  }
  // What the server repeats of the time before will be dropped as duplicates.
  if (hole_) {
    hole_->to = std::min(hole_->to.value_or(answer.newest->seq), answer.newest->seq);
  }
  if (hole_ && *hole_->to <= position_->seq) {
    hole_.reset();  // nothing was missing after all
  }
  return std::nullopt;
}

StreamVerdict Stream::GiveUp(const StreamGap& gap, std::optional<ClosedHole>* closed) {
  switch (state_) {
    case State::kSilent:
      return StreamVerdict::kForeign;
    case State::kAsked:
      return StreamVerdict::kAwaited;
    case State::kLive:
      break;
  }
  if (!position_) {
    return StreamVerdict::kForeign;
  }
  if (gap.epoch == position_->epoch && gap.to <= position_->seq) {
    return StreamVerdict::kDuplicate;
  }
  const bool fits = gap.epoch == position_->epoch && gap.from <= position_->seq + 1;
  if (!fits && MayReplay()) {
    return OpenHole(gap.epoch == position_->epoch ? std::optional(gap.to) : std::nullopt);
  }
  *closed = Skip(gap.epoch, gap.epoch == position_->epoch ? std::optional(gap.to) : std::nullopt);
  position_->seq = gap.to;
  replays_ = 0;
  return StreamVerdict::kTake;
}

StreamVerdict Stream::Compare(const Position& newest, std::optional<ClosedHole>* closed) {
  if (state_ != State::kLive || !position_) {
    return StreamVerdict::kTake;
  }
  const bool is_same_epoch = newest.epoch == position_->epoch;
  if (is_same_epoch && newest.seq <= position_->seq) {
    return StreamVerdict::kTake;
  }
  if (MayReplay()) {
    return OpenHole(is_same_epoch ? std::optional(newest.seq) : std::nullopt);
  }
  *closed = Skip(newest.epoch, is_same_epoch ? std::optional(newest.seq) : std::nullopt);
  position_->seq = newest.seq;
  replays_ = 0;
  return StreamVerdict::kTake;
}

}  // namespace civic
