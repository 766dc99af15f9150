// Compares what one subscription was told with what was published.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "event_log.h"
#include "findings.h"
#include "reading.h"
#include "topic_catalog.h"

namespace civic::simulation {

// With dialect v2: the published events in order, except ranges that exactly one gap event declares
// lost. With dialect v1: what arrived, in order.
class ReadingOracle {
 public:
  ReadingOracle(const TopicCatalog& catalog, const EventLog& log, const Reading& reading,
                std::string who)
      : log_(log),
        reading_(reading),
        topic_(catalog.topics()[static_cast<std::size_t>(reading.topic)]),
        who_(std::move(who)) {}

  // `is_mixed`: of a fleet of both dialects.
  void CheckOrdered(bool is_mixed, Findings* findings);
  void CheckArrived(Findings* findings) const;
  // The newest event that was published for it has come, or was declared lost.
  void CheckNewest(Findings* findings) const;

 private:
  // Numbers of events that were declared lost: those after `after` up to `upto`.
  struct Range {
    std::int64_t after;
    std::int64_t upto;
  };

  void TakeEvent(const Item& item, Findings* findings);
  void TakeGap(std::size_t index, Findings* findings);
  Range RangeOf(std::size_t index) const;
  void CheckSkipped(std::int64_t upto, FindingKind kind, Findings* findings);
  bool IsMeant(std::int64_t number) const;
  bool IsDeclaredLost(std::int64_t number) const;
  std::int64_t PublishedBefore(TimeMs time) const;
  std::string Name(std::int64_t number) const;

  const EventLog& log_;
  const Reading& reading_;
  const TopicShape& topic_;
  std::string who_;

  // Everything up to here is accounted for; none while nothing is owed.
  std::optional<std::int64_t> position_;
  bool is_soft_ = false;  // older events may still come
  std::set<std::int64_t> seen_;
  std::int64_t newest_seen_ = 0;
  std::vector<Range> lost_;
};

}  // namespace civic::simulation
