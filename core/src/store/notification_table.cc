#include "civic/store/notification_table.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "civic/wire/id.h"
#include "record_writer.h"

namespace civic {
namespace {

constexpr std::array<std::string_view, 5> kChangeNames = {"read", "readAll", "remove", "clear",
                                                          "clearRead"};

// The member of a `notification_read` or `notification_clear`, or of its `data`.
const JsonEntry* FindChangeMember(const MessageView& message, Field field) {
  const JsonEntry* member = message.Find(field);
  const JsonEntry* data = message.Find(Field::kData);
  return member == nullptr && IsObject(data) ? message.FindIn(*data, field) : member;
}

bool MeansAll(const MessageView& message) {
  const JsonEntry* all = FindChangeMember(message, Field::kClearAll);
  return all != nullptr && all->kind == JsonKind::kTrue;
}

std::optional<std::string_view> ChangedId(const MessageView& message, IdBuffer& buffer) {
  for (const Field field : {Field::kNotificationId, Field::kId}) {
    const JsonEntry* member = FindChangeMember(message, field);
    if (member != nullptr) {
      return ReadId(message.text(), *member, buffer);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<NotificationChange> FindNotificationChange(std::string_view name) {
  const std::string_view* end = kChangeNames.data() + kChangeNames.size();
  const std::string_view* found = std::find(kChangeNames.data(), end, name);
  return found == end ? std::nullopt
                      : std::optional(static_cast<NotificationChange>(found - kChangeNames.data()));
}

std::string_view NotificationTable::FindFault(const MessageView& message, MessageKind kind) {
  if (kind == MessageKind::kNotification) {
    return NotificationRecord::FindFault(message, NotificationRecord::Source::kServer);
  }
  IdBuffer buffer;
  return MeansAll(message) || ChangedId(message, buffer)
             ? std::string_view()
             : "notification_id must be a string of 1 to 128 bytes or an integer, or clear_all "
               "must be true";
}

NotificationTable::Outcome NotificationTable::Apply(const MessageView& message, TimeMs now,
                                                    double arrival) {
  record_.clear();
  NotificationRecord record(message, NotificationRecord::Source::kServer, now);
  Outcome outcome;
  const auto known = index_.find(record.id());
  const bool is_known = known != index_.end();
  if (record.expires_at() <= now) {
    outcome.result = Result::kExpired;
    outcome.is_changed = is_known;
    if (is_known) {
      Erase(known->second);
      FindDeadline();
    }
    return outcome;
  }
  if (!Fits(record)) {
    outcome.result = Result::kTooLarge;
    return outcome;
  }
  bool is_read = record.says_read();
  outcome.result = Result::kStored;
  if (is_known) {
    Entry& earlier = *known->second;
    if (record.Repeats(earlier.record)) {
      outcome.is_changed = is_read && MarkRead(earlier) > 0;
      outcome.result = outcome.is_changed ? Result::kMarkedRead : Result::kUnchanged;
      return outcome;
    }
    is_read = is_read || (earlier.is_read && record.LooksLike(earlier.record));
    outcome.result = Result::kReplaced;
    Erase(known->second);
  }
  const Entry& newest = *Insert(entries_.begin(), {std::move(record), arrival, is_read});
  outcome.is_changed = true;
  outcome.is_urgent = newest.record.priority() >= NotificationPriority::kHigh;
  outcome.dropped = KeepToLimits(&newest);
  FindDeadline();
  newest.record.Write(is_read, arrival, &record_);
  return outcome;
}

std::uint32_t NotificationTable::ApplyChange(const MessageView& message, MessageKind kind) {
  const bool is_read = kind == MessageKind::kNotificationRead;
  if (MeansAll(message)) {
    return Change(is_read ? NotificationChange::kReadAll : NotificationChange::kClear, {});
  }
  IdBuffer buffer;
  const auto id = ChangedId(message, buffer);
  return id ? Change(is_read ? NotificationChange::kRead : NotificationChange::kRemove, *id) : 0;
}

std::uint32_t NotificationTable::Change(NotificationChange change, std::string_view id) {
  const auto found = index_.find(id);
  switch (change) {
    case NotificationChange::kRead:
      return found == index_.end() ? 0 : MarkRead(*found->second);
    case NotificationChange::kReadAll: {
      const std::uint32_t changed = unread_;
      std::for_each(entries_.begin(), entries_.end(), [this](Entry& entry) { MarkRead(entry); });
      return changed;
    }
    case NotificationChange::kRemove:
      if (found == index_.end()) {
        return 0;
      }
      Erase(found->second);
      FindDeadline();
      return 1;
    case NotificationChange::kClear:
      return EraseIf([](const Entry&) { return true; });
    case NotificationChange::kClearRead:
      return EraseIf([](const Entry& entry) { return entry.is_read; });
  }
  return 0;
}

std::uint32_t NotificationTable::Advance(TimeMs now) {
  return now < next_deadline_
             ? 0
             : EraseIf([&](const Entry& entry) { return entry.record.expires_at() <= now; });
}

std::uint32_t NotificationTable::CountOfType(std::string_view type) const {
  const auto found = by_type_.find(type);
  return found == by_type_.end() ? 0 : found->second.count;
}

bool NotificationTable::Fits(const NotificationRecord& record) const {
  return record.text_bytes() <= std::min(kMostRecordBytes, limits_.bytes);
}

NotificationTable::Entries::iterator NotificationTable::Insert(Entries::iterator before,
                                                               Entry entry) {
  const auto inserted = entries_.insert(before, std::move(entry));
  const NotificationRecord& record = inserted->record;
  index_.emplace(record.id(), inserted);
  TypeCount& type = by_type_[record.type()];
  if (++type.count == 1) {
    type.json = record.type_json();
  }
  ++by_priority_[static_cast<std::size_t>(record.priority())];
  unread_ += inserted->is_read ? 0 : 1;
  used_bytes_ += record.text_bytes();
  next_deadline_ = std::min(next_deadline_, record.expires_at());
  return inserted;
}

NotificationTable::Entries::iterator NotificationTable::Erase(Entries::iterator entry) {
  const NotificationRecord& record = entry->record;
  index_.erase(record.id());
  const auto type = by_type_.find(record.type());
  if (--type->second.count == 0) {
    by_type_.erase(type);
  }
  --by_priority_[static_cast<std::size_t>(record.priority())];
  unread_ -= entry->is_read ? 0 : 1;
  used_bytes_ -= record.text_bytes();
  deadline_is_stale_ |= record.expires_at() == next_deadline_ && next_deadline_ != kNever;
  return entries_.erase(entry);
}

std::uint32_t NotificationTable::MarkRead(Entry& entry) {
  if (entry.is_read) {
    return 0;
  }
  entry.is_read = true;
  --unread_;
  return 1;
}

template <typename Condition>
std::uint32_t NotificationTable::EraseIf(const Condition& condition) {
  std::uint32_t erased = 0;
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    const bool is_out = condition(*entry);
    erased += is_out ? 1 : 0;
    entry = is_out ? Erase(entry) : std::next(entry);
  }
  FindDeadline();
  return erased;
}

std::uint32_t NotificationTable::KeepToLimits(const Entry* spared) {
  const auto is_over = [this] {
    return entries_.size() > limits_.count || used_bytes_ > limits_.bytes;
  };
  std::uint32_t dropped = 0;
  for (auto entry = entries_.end(); is_over() && entry != entries_.begin();) {
    --entry;
    if (entry->is_read && &*entry != spared) {
      entry = Erase(entry);
      ++dropped;
    }
  }
  for (; is_over(); ++dropped) {
    Erase(std::prev(entries_.end()));
  }
  return dropped;
}

void NotificationTable::FindDeadline() {
  if (!deadline_is_stale_) {
    return;
  }
  deadline_is_stale_ = false;
  next_deadline_ = kNever;
  for (const Entry& entry : entries_) {
    next_deadline_ = std::min(next_deadline_, entry.record.expires_at());
  }
}

}  // namespace civic
