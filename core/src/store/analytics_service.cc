#include "civic/store/analytics_service.h"

#include "civic/store/bill_records.h"

namespace civic {

void AnalyticsService::Forget(TopicId topic) {
  if (topic == topic_) {
    topic_ = kNoTopic;
    analytics_.Clear();
  } else if (topic_ != kNoTopic) {
    analytics_.Forget(topic);
  }
}

void AnalyticsService::Observe(TopicId bill, std::string_view id, std::string_view record,
                               TimeMs now) {
  if (topic_ != kNoTopic && !analytics_.Observe(bill, id, CountsOf(record), now)) {
    counters_.Add(Counter::kBillsNotAnalysed);
  }
}

void AnalyticsService::Advance(TimeMs now, std::vector<TopicId>* changed) {
  if (now < NextDeadline()) {
    return;
  }
  analytics_.Refresh(now);
  for (const TopicId bill : analytics_.changed()) {
    text_.clear();
    if (analytics_.WriteBill(bill, &text_) && store_.Put(bill, CellKind::kBillAnalytics, text_)) {
      changed->push_back(bill);
    }
  }
  if (analytics_.movers_changed()) {
    text_.clear();
    analytics_.WriteMovers(&text_);
    if (store_.Put(topic_, CellKind::kMovers, text_)) {
      changed->push_back(topic_);
    }
  }
}

}  // namespace civic
