// The notifications of the user, newest first.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/time.h"
#include "civic/store/notification_record.h"
#include "civic/wire/message_kind.h"
#include "civic/wire/message_view.h"

namespace civic {

struct NotificationLimits {
  std::uint32_t count = 100;      // at least 1
  std::size_t bytes = 4U << 20U;  // text of all of them together
};

// What a page may do to notifications.
enum class NotificationChange : std::uint8_t { kRead, kReadAll, kRemove, kClear, kClearRead };

// By its name in the `changeNotifications` command: read, readAll, remove, clear, clearRead.
std::optional<NotificationChange> FindNotificationChange(std::string_view name);

// Owns them. Finding one by id, the count of unread ones and those by priority are O(1), counts by
// type O(log types). What drops notifications looks through all of them.
//
// Over a limit the oldest one that has been read goes first, otherwise the oldest; never the one
// that has just come.
class NotificationTable {
 public:
  static constexpr std::size_t kMostRecordBytes = 64U << 10U;
  static constexpr std::size_t kMostListedTypes = 32;

  enum class Result : std::uint8_t {
    kStored,      // a new one
    kReplaced,    // its id was known: it has the new content now and is the newest
    kMarkedRead,  // it was known word for word, except that it has been read
    kUnchanged,   // it was known word for word
    kExpired,     // its time is over: not kept, and one of that id is gone
    kTooLarge,    // over kMostRecordBytes or the limit of bytes: not kept, nothing changed
  };

  struct Outcome {
    Result result = Result::kUnchanged;
    bool is_changed = false;    // the list or the counts are different now
    bool is_urgent = false;     // stored or replaced, and of high or critical priority
    std::uint32_t dropped = 0;  // others that went to keep to the limits
  };

  struct Restored {
    bool is_list = false;     // the text was a JSON array
    std::uint32_t added = 0;  // of which `dropped` did not fit
    std::uint32_t known = 0;  // their ids were there already
    std::uint32_t expired = 0;
    std::uint32_t malformed = 0;
    std::uint32_t dropped = 0;  // notifications that went to keep to the limits
  };

  explicit NotificationTable(const NotificationLimits& limits) : limits_(limits) {}

  // Why a message of this kind is of no use; "" when it is fine. For `notification`,
  // `notification_read` and `notification_clear`.
  static std::string_view FindFault(const MessageView& message, MessageKind kind);

  // Takes a `notification` without fault. A replacement is unread again only if what people see of
  // it changed. `arrival` numbers what is kept.
  Outcome Apply(const MessageView& message, TimeMs now, double arrival);
  // The record of the notification the last Apply stored or replaced, otherwise empty.
  std::string_view record() const { return record_; }

  // Takes a `notification_read` or `notification_clear` without fault, whose `clear_all` means all
  // of them. Both return how many notifications changed.
  std::uint32_t ApplyChange(const MessageView& message, MessageKind kind);
  std::uint32_t Change(NotificationChange change, std::string_view id);

  // Merges the list of an earlier visit, as WriteList wrote it. What is here already comes first,
  // except where a saved one has a later timestamp. `last_arrival` is counted up for each that is
  // added, the oldest first. Needs memory in proportion to the text while it runs.
  Restored Restore(std::string_view json, TimeMs now, double* last_arrival);

  // Drops what has expired and returns how many those were.
  std::uint32_t Advance(TimeMs now);
  TimeMs NextDeadline() const { return next_deadline_; }

  // Appends [N,…], newest first.
  void WriteList(std::string* out) const;
  // Appends {"total":n,"unread":n,"byType":{…},"byPriority":{…}}. All priorities are named; of the
  // types, if there are more than kMostListedTypes, only the most frequent, and the rest together
  // under "other".
  void WriteCounts(std::string* out) const;
  // Appends the notification; false when there is none of this id.
  bool WriteRecord(std::string_view id, std::string* out) const;

  std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }
  std::uint32_t unread_count() const { return unread_; }
  std::uint32_t CountOf(NotificationPriority priority) const {
    return by_priority_[static_cast<std::size_t>(priority)];
  }
  std::uint32_t CountOfType(std::string_view type) const;
  std::size_t used_bytes() const { return used_bytes_; }

 private:
  struct Entry {
    NotificationRecord record;
    double arrival;
    bool is_read;
  };
  struct TypeCount {
    std::string json;
    std::uint32_t count = 0;
  };
  struct Saved {
    NotificationRecord record;
    TimeMs timestamp;
    bool is_read;
  };
  using Entries = std::list<Entry>;
  using TypeCounts = std::map<std::string, TypeCount, std::less<>>;

  bool Fits(const NotificationRecord& record) const;
  Entries::iterator Insert(Entries::iterator before, Entry entry);
  // Follow with FindDeadline.
  Entries::iterator Erase(Entries::iterator entry);
  std::uint32_t MarkRead(Entry& entry);
  template <typename Condition>
  std::uint32_t EraseIf(const Condition& condition);
  std::uint32_t KeepToLimits(const Entry* spared);
  void FindDeadline();
  std::list<Saved> ReadSaved(const MessageView& list, TimeMs now, Restored* restored) const;

  NotificationLimits limits_;
  Entries entries_;
  std::map<std::string_view, Entries::iterator> index_;  // keys are in the entries
  TypeCounts by_type_;
  std::array<std::uint32_t, kNotificationPriorityCount> by_priority_ = {};
  std::uint32_t unread_ = 0;
  std::size_t used_bytes_ = 0;
  TimeMs next_deadline_ = kNever;
  bool deadline_is_stale_ = false;  // what was due then is gone
  std::string record_;
};

}  // namespace civic
