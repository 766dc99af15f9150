#include "civic/store/bill_service.h"

namespace civic {
namespace {

ServiceOutcome TooLarge() {
  ServiceOutcome outcome;
  outcome.too_large = true;
  return outcome;
}

}  // namespace

bool BillService::Handles(MessageKind kind) {
  return kind == MessageKind::kBillUpdate || kind == MessageKind::kEngagementMetrics;
}

std::string_view BillService::FindFault(const MessageView& message, MessageKind kind) {
  if (kind == MessageKind::kEngagementMetrics) {
    return FindEngagementCounts(message) == nullptr
               ? "metrics must hold at least one of view_count, save_count, comment_count, "
                 "share_count as a number"
               : std::string_view();
  }
  const JsonEntry* update = message.Find(Field::kUpdate);
  if (update != nullptr && update->kind != JsonKind::kObject) {
    return "update must be an object";
  }
  return update == nullptr && message.Find(Field::kData) == nullptr ? "update or data is missing"
                                                                    : std::string_view();
}

ServiceOutcome BillService::Apply(const MessageView& message, MessageKind kind, bool is_element,
                                  const BillId& id, TopicId topic, TimeMs now) {
  if (kind == MessageKind::kEngagementMetrics) {
    const CellStore::Cell* cell = store_.Find(topic, CellKind::kBillEngagement);
    // A copy: reserving space may move or drop the record before this one.
    previous_.assign(cell != nullptr && cell->log.size() > 0 ? cell->log.Newest(1)
                                                             : std::string_view());
    char* out = store_.Reserve(topic, CellKind::kBillEngagement,
                               EngagementRecordBound(message, id, previous_));
    if (out == nullptr) {
      return TooLarge();
    }
    return Finish(
        topic, CellKind::kBillEngagement,
        WriteEngagementRecord(message, *FindEngagementCounts(message), id, previous_, now, out));
  }
  const BillUpdateParts parts = FindBillUpdateParts(message, is_element);
  char* out =
      store_.Reserve(topic, CellKind::kBillUpdates, BillUpdateRecordBound(message, parts, id));
  if (out == nullptr) {
    return TooLarge();
  }
  return Finish(topic, CellKind::kBillUpdates, WriteBillUpdateRecord(message, parts, id, now, out));
}

std::string_view BillService::RecordOf(const MessageView& message, MessageKind kind,
                                       bool is_element, const BillId& id, TimeMs now) {
  if (kind == MessageKind::kEngagementMetrics) {
    unkept_.resize(EngagementRecordBound(message, id, {}));
    unkept_.resize(WriteEngagementRecord(message, *FindEngagementCounts(message), id, {}, now,
                                         unkept_.data()));
  } else {
    const BillUpdateParts parts = FindBillUpdateParts(message, is_element);
    unkept_.resize(BillUpdateRecordBound(message, parts, id));
    unkept_.resize(WriteBillUpdateRecord(message, parts, id, now, unkept_.data()));
  }
  return unkept_;
}

ServiceOutcome BillService::Finish(TopicId topic, CellKind kind, std::size_t size) {
  store_.Commit(topic, kind, size);
  counters_.Add(Counter::kRecordsStored);
  ServiceOutcome outcome;
  outcome.is_changed = true;
  outcome.record = store_.Find(topic, kind)->log.Newest(1);
  return outcome;
}

}  // namespace civic
