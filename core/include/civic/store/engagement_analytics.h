// The rates of all bills, and which of them move most.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/time.h"
#include "civic/store/engagement_measure.h"
#include "civic/store/engagement_rates.h"

namespace civic {

// Names a bill for as long as it is not forgotten; the handle of its topic.
using BillKey = std::uint32_t;

// Owns the rates of every bill observed, up to a limit of bills: memory is at most the limit times
// 6 KiB. Nothing is written unless asked for. Call Refresh when NextDeadline says so and only while
// somebody watches, then write what it says has changed.
//
// Observing is O(log bills); a refresh is O(bills), and allocates nothing unless there are more
// bills than ever before.
class EngagementAnalytics {
 public:
  static constexpr DurationMs kRefreshMs = 1000;
  static constexpr std::size_t kMostMovers = 10;
  static constexpr EngagementWindow kMoversWindow = EngagementWindow::kQuarterHour;

  explicit EngagementAnalytics(std::size_t bill_limit = 2000) : bill_limit_(bill_limit) {}

  // Takes the counts of a bill. `id` is canonical; another id than before makes it another bill.
  // False when the bill is new and there is no room for it.
  bool Observe(BillKey key, std::string_view id, const EngagementCounts& counts, TimeMs now);
  void Forget(BillKey key);
  void Clear();

  // When to refresh at the latest: kRefreshMs after the last time while something moves (decay
  // included), was observed or was forgotten; otherwise never.
  TimeMs NextDeadline() const;

  // Brings everything to `now` and ranks the bills.
  void Refresh(TimeMs now);
  // Bills whose readings may differ from those before the last refresh, by key.
  std::span<const BillKey> changed() const { return changed_; }
  bool movers_changed() const { return movers_changed_; }

  // Both append what is true as of the latest time.
  //   {"billId":N,"windows":{…},"timestamp":ms}
  // False when nothing has been observed under the key.
  bool WriteBill(BillKey key, std::string* out) const;
  //   [{"billId":N,"score":x,"perMinute":{"views":…,…}},…]
  // The bills with the highest scores as of the last refresh, none with score 0. Of equal scores
  // the shorter id comes first, of equally long ones the one whose bytes come first: whole numbers
  // are in their order.
  void WriteMovers(std::string* out) const;

  std::size_t bill_count() const { return bills_.size(); }

 private:
  struct Bill {
    std::string id;
    EngagementRates rates;
    bool is_due = true;  // differs, or may, from what the last refresh said
  };
  using Bills = std::map<BillKey, Bill>;  // in an order that is the same everywhere

  struct Mover {
    double score = 0;
    const Bill* bill = nullptr;
  };

  void Rank(const Bill& bill);

  std::size_t bill_limit_;
  Bills bills_;
  std::vector<BillKey> changed_;
  std::array<Mover, kMostMovers> movers_;
  std::size_t mover_count_ = 0;
  TimeMs now_ = 0;
  TimeMs next_refresh_ = 0;
  bool is_due_ = false;         // some bill is, or `has_forgotten_`
  bool has_forgotten_ = false;  // since the last refresh
  bool movers_changed_ = false;
};

}  // namespace civic
