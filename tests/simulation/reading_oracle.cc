#include "reading_oracle.h"

#include <algorithm>
#include <utility>

namespace civic::simulation {

void ReadingOracle::CheckOrdered(bool is_mixed, Findings* findings) {
  if (reading_.owed_after) {
    position_ = reading_.owed_after;
  } else if (reading_.has_company) {
    position_ = PublishedBefore(reading_.since);
  }
  is_soft_ = true;
  if (is_mixed) {
    // Nobody knows what a connection of the other dialect brought; within one the order holds.
    position_.reset();
  }
  for (std::size_t i = 0; i < reading_.items.size(); ++i) {
    const Item& item = reading_.items[i];
    switch (item.kind) {
      case Item::Kind::kEvent:
        if (!is_mixed || item.is_sequenced) {
          TakeEvent(item, findings);
        }
        break;
      case Item::Kind::kGap:
        TakeGap(i, findings);
        break;
      case Item::Kind::kOverflow:
        position_.reset();
        break;
      case Item::Kind::kBreak:
        position_.reset();
        seen_.clear();
        newest_seen_ = 0;
        lost_.clear();
        break;
    }
  }
  if (reading_.is_open && position_ && !is_mixed) {
    CheckSkipped(log_.count(topic_.stream), FindingKind::kLost, findings);
  }
}

void ReadingOracle::TakeEvent(const Item& item, Findings* findings) {
  const std::int64_t number = item.number;
  if (!seen_.insert(number).second) {
    findings->Add(FindingKind::kDuplicated, who_ + " saw " + Name(number) + " twice");
    return;
  }
  if (number < newest_seen_) {
    findings->Add(FindingKind::kReordered,
                  who_ + " saw " + Name(number) + " after " + Name(newest_seen_));
    return;
  }
  if (IsDeclaredLost(number)) {
    findings->Add(FindingKind::kFalseGap,
                  who_ + " saw " + Name(number) + " after it was declared lost");
  }
  if (!IsMeant(number)) {
    findings->Add(FindingKind::kWrongState,
                  who_ + " saw " + Name(number) + ", which its filter leaves out");
  }
  newest_seen_ = number;
  if (position_ && number > *position_) {
    CheckSkipped(number - 1, FindingKind::kUnsignalledGap, findings);
  }
  position_ = std::exchange(is_soft_, false) ? number : std::max(position_.value_or(0), number);
}

void ReadingOracle::TakeGap(std::size_t index, Findings* findings) {
  const Item& gap = reading_.items[index];
  if (gap.is_recovered) {
    return;  // the replay brings everything, and if not, it is missed
  }
  const Range range = RangeOf(index);
  if (gap.to && range.after >= range.upto) {
    findings->Add(FindingKind::kFalseGap, who_ + " was told of a gap from " +
                                              std::to_string(gap.from) + " to " +
                                              std::to_string(*gap.to) + " of " +
                                              EpochText(gap.epoch) + ", where nothing is");
    return;
  }
  if (position_ && !is_soft_ && range.after < *position_) {
    findings->Add(FindingKind::kFalseGap, who_ + " was told that " + Name(range.after + 1) +
                                              " is lost, though it came or was declared lost "
                                              "before");
  }
  if (position_ && range.after > *position_) {
    CheckSkipped(range.after, FindingKind::kUnsignalledGap, findings);
  }
  lost_.push_back(range);
  position_ = std::max(position_.value_or(0), range.upto);
}

// A gap names positions of its epoch. One without an end, as when the epoch changes, goes as far as
// what comes next.
ReadingOracle::Range ReadingOracle::RangeOf(std::size_t index) const {
  const Item& gap = reading_.items[index];
  if (gap.to) {
    return {log_.NumberAt(topic_.stream, {gap.epoch, gap.from - 1}),
            log_.NumberAt(topic_.stream, {gap.epoch, *gap.to})};
  }
  const std::int64_t after = position_.value_or(newest_seen_);
  for (std::size_t next = index + 1; next < reading_.items.size(); ++next) {
    const Item& item = reading_.items[next];
    if (item.kind == Item::Kind::kEvent) {
      return {after, std::max(after, item.number - 1)};
    }
    if (item.kind == Item::Kind::kGap) {
      // Where this one ended, in its epoch, the next begins.
      const Position begin{gap.epoch, item.from - 1};
      return {after, std::max(after, log_.NumberAt(topic_.stream, begin))};
    }
    if (item.kind == Item::Kind::kBreak) {
      break;
    }
  }
  // Nothing came after it: what the epoch before had is lost, and of the new one as much as was
  // there when the page was told.
  return {after, std::max(after, PublishedBefore(gap.at))};
}

void ReadingOracle::CheckSkipped(std::int64_t upto, FindingKind kind, Findings* findings) {
  for (std::int64_t number = *position_ + 1; number <= upto; ++number) {
    if (IsMeant(number)) {
      findings->Add(kind, who_ + " never saw " + Name(number));
    }
  }
}

void ReadingOracle::CheckArrived(Findings* findings) const {
  std::vector<std::int64_t> seen;
  bool has_overflowed = false;
  for (const Item& item : reading_.items) {
    has_overflowed = has_overflowed || item.kind == Item::Kind::kOverflow;
    if (item.kind == Item::Kind::kEvent) {
      seen.push_back(item.number);
    }
  }
  auto expected = reading_.arrived.begin();
  for (const std::int64_t number : seen) {
    const auto found = std::find(expected, reading_.arrived.end(), number);
    if (found == reading_.arrived.end()) {
      const bool is_again = std::count(seen.begin(), seen.end(), number) > 1;
      findings->Add(is_again ? FindingKind::kDuplicated : FindingKind::kReordered,
                    who_ + " saw " + Name(number) + " out of its turn");
      continue;
    }
    if (found != expected && !has_overflowed) {
      findings->Add(FindingKind::kLost, who_ + " never saw " + Name(*expected) + ", which arrived");
    }
    expected = found + 1;
  }
  if (expected != reading_.arrived.end() && !has_overflowed) {
    findings->Add(FindingKind::kLost, who_ + " never saw " + Name(*expected) + ", which arrived");
  }
}

void ReadingOracle::CheckNewest(Findings* findings) const {
  std::int64_t newest = log_.count(topic_.stream);
  while (newest > 0 && !IsMeant(newest)) {
    --newest;
  }
  const bool has_overflowed =
      !reading_.items.empty() && reading_.items.back().kind == Item::Kind::kOverflow;
  const bool has_come = std::any_of(
      reading_.items.begin(), reading_.items.end(),
      [&](const Item& item) { return item.kind == Item::Kind::kEvent && item.number == newest; });
  if (reading_.is_open && newest > 0 && !has_come && !has_overflowed) {
    findings->Add(FindingKind::kLost, who_ + " never saw the newest, " + Name(newest));
  }
}

bool ReadingOracle::IsMeant(std::int64_t number) const {
  const Traits& traits = log_.event(topic_.stream, number).traits;
  return (reading_.kind == 0 || reading_.kind == traits.kind) &&
         (topic_.expert == 0 || topic_.expert == traits.expert);
}

bool ReadingOracle::IsDeclaredLost(std::int64_t number) const {
  return std::any_of(lost_.begin(), lost_.end(), [&](const Range& range) {
    return number > range.after && number <= range.upto;
  });
}

std::int64_t ReadingOracle::PublishedBefore(TimeMs time) const {
  std::int64_t number = log_.count(topic_.stream);
  while (number > 0 && log_.event(topic_.stream, number).at > time) {
    --number;
  }
  return number;
}

std::string ReadingOracle::Name(std::int64_t number) const {
  if (number < 1 || number > log_.count(topic_.stream)) {
    return "event " + std::to_string(number);
  }
  const Position& position = log_.event(topic_.stream, number).position;
  return "event " + std::to_string(number) + " (" + EpochText(position.epoch) + ", seq " +
         std::to_string(position.seq) + ")";
}

}  // namespace civic::simulation
