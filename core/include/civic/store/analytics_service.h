// The rates of bills as cells that can be read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/time.h"
#include "civic/store/cell_store.h"
#include "civic/store/engagement_analytics.h"
#include "civic/telemetry/counters.h"

namespace civic {

// On while somebody watches the topic kTopicName, and then costs a refresh a second as long as
// something moves. Off, it costs nothing and knows nothing.
class AnalyticsService {
 public:
  static constexpr std::string_view kTopicName = "local:engagement";

  AnalyticsService(CellStore& store, Counters& counters) : store_(store), counters_(counters) {}

  void Start(TopicId topic) { topic_ = topic; }
  // The topic is about to be used for something else: a bill, or the one that keeps this on.
  void Forget(TopicId topic);

  // A bill's engagement is this record now. `id` is canonical.
  void Observe(TopicId bill, std::string_view id, std::string_view record, TimeMs now);

  // Appends the topics of which a cell changed.
  void Advance(TimeMs now, std::vector<TopicId>* changed);
  TimeMs NextDeadline() const { return topic_ == kNoTopic ? kNever : analytics_.NextDeadline(); }

 private:
  CellStore& store_;
  Counters& counters_;
  EngagementAnalytics analytics_;
  TopicId topic_ = kNoTopic;
  std::string text_;
};

}  // namespace civic
