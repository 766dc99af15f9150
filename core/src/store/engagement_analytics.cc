#include "civic/store/engagement_analytics.h"

#include <algorithm>

#include "civic/store/json_text.h"
#include "civic/wire/json_writer.h"

namespace civic {

bool EngagementAnalytics::Observe(BillKey key, std::string_view id, const EngagementCounts& counts,
                                  TimeMs now) {
  now_ = std::max(now_, now);
  auto found = bills_.find(key);
  if (found != bills_.end() && found->second.id != id) {
    Forget(key);
    found = bills_.end();
  }
  if (found == bills_.end()) {
    if (bills_.size() >= bill_limit_) {
      return false;
    }
    found = bills_.try_emplace(key).first;
    found->second.id = id;
  }
  found->second.rates.Observe(counts, now_);
  found->second.is_due = true;
  is_due_ = true;
  return true;
}

void EngagementAnalytics::Forget(BillKey key) {
  const auto found = bills_.find(key);
  if (found == bills_.end()) {
    return;
  }
  const auto is_bill = [&](const Mover& mover) { return mover.bill == &found->second; };
  const auto end = movers_.begin() + static_cast<std::ptrdiff_t>(mover_count_);
  mover_count_ =
      static_cast<std::size_t>(std::remove_if(movers_.begin(), end, is_bill) - movers_.begin());
  bills_.erase(found);
  has_forgotten_ = true;
  is_due_ = true;
}

void EngagementAnalytics::Clear() {
  has_forgotten_ |= !bills_.empty();
  is_due_ = has_forgotten_;
  mover_count_ = 0;
  changed_.clear();
  bills_.clear();
}

TimeMs EngagementAnalytics::NextDeadline() const {
  return is_due_ ? std::max(next_refresh_, now_) : kNever;
}

void EngagementAnalytics::Refresh(TimeMs now) {
  now_ = std::max(now_, now);
  next_refresh_ = now_ + kRefreshMs;
  is_due_ = false;
  changed_.clear();
  mover_count_ = 0;
  for (auto& [key, bill] : bills_) {
    if (!bill.is_due) {
      continue;
    }
    bill.rates.AdvanceTo(now_);
    // Once more after it has come to rest, to say so.
    changed_.push_back(key);
    bill.is_due = bill.rates.Moves();
    is_due_ |= bill.is_due;
    Rank(bill);
  }
  movers_changed_ = has_forgotten_ || !changed_.empty();
  has_forgotten_ = false;
}

void EngagementAnalytics::Rank(const Bill& bill) {
  const double score = bill.rates.Score(kMoversWindow);
  if (score <= 0) {
    return;
  }
  const auto is_before = [](const Mover& one, const Mover& other) {
    if (one.score != other.score) {
      return one.score > other.score;
    }
    if (one.bill->id.size() != other.bill->id.size()) {
      return one.bill->id.size() < other.bill->id.size();
    }
    return one.bill->id < other.bill->id;
  };
  const Mover mover{score, &bill};
  const auto end = movers_.begin() + static_cast<std::ptrdiff_t>(mover_count_);
  const auto place = std::upper_bound(movers_.begin(), end, mover, is_before);
  if (place == movers_.end()) {
    return;
  }
  mover_count_ = std::min(mover_count_ + 1, kMostMovers);
  const auto new_end = movers_.begin() + static_cast<std::ptrdiff_t>(mover_count_);
  std::move_backward(place, new_end - 1, new_end);
  *place = mover;
}

bool EngagementAnalytics::WriteBill(BillKey key, std::string* out) const {
  const auto found = bills_.find(key);
  if (found == bills_.end()) {
    return false;
  }
  *out += R"({"billId":)";
  AppendId(found->second.id, out);
  *out += R"(,"windows":)";
  found->second.rates.WriteWindows(out);
  *out += R"(,"timestamp":)";
  AppendInteger(static_cast<std::uint64_t>(now_), out);
  *out += '}';
  return true;
}

void EngagementAnalytics::WriteMovers(std::string* out) const {
  *out += '[';
  for (std::size_t i = 0; i < mover_count_; ++i) {
    *out += i > 0 ? R"(,{"billId":)" : R"({"billId":)";
    AppendId(movers_[i].bill->id, out);
    *out += R"(,"score":)";
    AppendRounded(movers_[i].score, out);
    *out += R"(,"perMinute":{)";
    for (std::size_t measure = 0; measure < kMeasureCount; ++measure) {
      const auto reading =
          movers_[i].bill->rates.Read(kMoversWindow, static_cast<EngagementMeasure>(measure));
      *out += measure > 0 ? ",\"" : "\"";
      *out += kMeasures[measure].name;
      *out += "\":";
      AppendRounded(reading.per_minute, out);
    }
    *out += "}}";
  }
  *out += ']';
}

}  // namespace civic
