// Merging the notifications of an earlier visit into the table.
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include "civic/store/notification_table.h"
#include "civic/wire/json_scanner.h"
#include "record_writer.h"

namespace civic {
namespace {

constexpr double kNoArrival = -1;

// The scanner indexes what is in an array of messages.
constexpr std::string_view kBefore = R"({"messages":)";

}  // namespace

NotificationTable::Restored NotificationTable::Restore(std::string_view json, TimeMs now,
                                                       double* last_arrival) {
  Restored restored;
  const std::string text = std::string(kBefore) + std::string(json) + '}';
  // Too large for the stack of a small target.
  const auto scanner = std::make_unique<JsonScanner>();
  if (!scanner->Scan(text).ok()) {
    return restored;
  }
  const MessageView message(text, scanner->entries(), 0);
  // A text that goes on behind the array would be members of ours.
  const JsonEntry& list = message.entries()[1];
  restored.is_list = list.kind == JsonKind::kArray && list.next == message.object().next;
  if (!restored.is_list) {
    return restored;
  }

  auto place = entries_.begin();
  for (Saved& saved : ReadSaved(message, now, &restored)) {
    if (index_.contains(saved.record.id())) {
      ++restored.known;
      continue;
    }
    while (place != entries_.end() && !(saved.timestamp > place->record.timestamp())) {
      ++place;
    }
    Insert(place, {std::move(saved.record), kNoArrival, saved.is_read});
    ++restored.added;
  }
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    if (entry->arrival == kNoArrival) {
      entry->arrival = ++*last_arrival;
    }
  }
  restored.dropped = KeepToLimits(nullptr);
  FindDeadline();
  return restored;
}

std::list<NotificationTable::Saved> NotificationTable::ReadSaved(const MessageView& list,
                                                                 TimeMs now,
                                                                 Restored* restored) const {
  std::list<Saved> all;
  list.ForEachIn(list.entries()[1], [&](const JsonEntry& element) {
    if (!IsObject(&element)) {
      ++restored->malformed;
      return;
    }
    const MessageView message(list.text(), list.entries(), list.IndexOf(element));
    if (!NotificationRecord::FindFault(message, NotificationRecord::Source::kSaved).empty()) {
      ++restored->malformed;
      return;
    }
    NotificationRecord record(message, NotificationRecord::Source::kSaved, now);
    if (!Fits(record)) {
      ++restored->malformed;
    } else if (record.expires_at() <= now) {
      ++restored->expired;
    } else {
      const bool is_read = record.says_read();
      const TimeMs timestamp = record.timestamp();
      all.push_back({std::move(record), timestamp, is_read});
    }
  });

  // One whose timestamp cannot be read stays behind the one it was saved behind.
  const auto is_readable = [](const Saved& saved) { return !std::isnan(saved.timestamp); };
  const auto first = std::find_if(all.begin(), all.end(), is_readable);
  TimeMs last = first == all.end() ? -std::numeric_limits<double>::infinity() : first->timestamp;
  for (Saved& saved : all) {
    last = is_readable(saved) ? saved.timestamp : last;
    saved.timestamp = last;
  }
  // Equal ones stay in their order.
  all.sort([](const Saved& one, const Saved& other) { return one.timestamp > other.timestamp; });
  return all;
}

}  // namespace civic
