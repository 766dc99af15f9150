// Notifications and their counts as JSON.
#include <algorithm>

#include "civic/store/json_text.h"
#include "civic/store/notification_table.h"

namespace civic {
namespace {

constexpr std::string_view kOtherTypes = "other";

void AppendCount(std::string_view name_json, std::uint32_t count, std::string* out) {
  if (out->back() != '{') {
    *out += ',';
  }
  *out += name_json;
  *out += ':';
  AppendInteger(count, out);
}

}  // namespace

void NotificationTable::WriteList(std::string* out) const {
  *out += '[';
  for (const Entry& entry : entries_) {
    if (&entry != &entries_.front()) {
      *out += ',';
    }
    entry.record.Write(entry.is_read, entry.arrival, out);
  }
  *out += ']';
}

void NotificationTable::WriteCounts(std::string* out) const {
  *out += '{';
  AppendCount(R"("total")", size(), out);
  AppendCount(R"("unread")", unread_, out);
  *out += R"(,"byType":{)";
  std::list<const TypeCounts::value_type*> listed;
  std::uint32_t others = 0;
  for (const auto& type : by_type_) {
    if (by_type_.size() > kMostListedTypes && type.first == kOtherTypes) {
      others += type.second.count;
    } else {
      listed.push_back(&type);
    }
  }
  if (listed.size() > kMostListedTypes) {
    // Equal ones stay in the order of their names.
    listed.sort(
        [](const auto* one, const auto* other) { return one->second.count > other->second.count; });
    for (; listed.size() > kMostListedTypes; listed.pop_back()) {
      others += listed.back()->second.count;
    }
  }
  for (const auto* type : listed) {
    AppendCount(type->second.json, type->second.count, out);
  }
  if (others > 0) {
    AppendCount(R"("other")", others, out);
  }
  *out += R"(},"byPriority":{)";
  for (std::size_t i = 0; i < kNotificationPriorityCount; ++i) {
    const auto priority = static_cast<NotificationPriority>(i);
    AppendCount('"' + std::string(PriorityName(priority)) + '"', CountOf(priority), out);
  }
  *out += "}}";
}

bool NotificationTable::WriteRecord(std::string_view id, std::string* out) const {
  const auto found = index_.find(id);
  if (found == index_.end()) {
    return false;
  }
  found->second->record.Write(found->second->is_read, found->second->arrival, out);
  return true;
}

}  // namespace civic
