// Who is typing where, and until when that is believed.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/time.h"
#include "civic/store/cell_store.h"

namespace civic {

// One entry per user and parent comment of a topic, in the order in which they began. Bounded per
// topic: whoever begins beyond that is not shown.
class TypingTable {
 public:
  static constexpr std::size_t kMostPerTopic = 200;

  // Where somebody types; `parent` is "" for the discussion itself. Identifiers are canonical.
  struct Place {
    TopicId topic;
    std::string_view user;
    std::string_view parent;
  };
  struct Ended {
    TopicId topic;
    std::string record;
  };

  explicit TypingTable(DurationMs lifetime_ms) : lifetime_ms_(lifetime_ms) {}

  // True when the user was not known to type there; otherwise the entry only lives longer.
  bool Begin(const Place& place, std::string_view record, TimeMs now);
  // False when the user was not typing there.
  bool End(const Place& place);
  void Forget(TopicId topic) { topics_.erase(topic); }

  // Takes out whoever has not been heard of for the lifetime, and appends them to `ended`.
  void Advance(TimeMs now, std::vector<Ended>* ended);
  // At the latest; nothing need be due then.
  TimeMs NextDeadline() const { return next_; }

  // The topic's entries as JSON: {"root":[…],"<parent>":[…]}. Replaces `out`.
  void Write(TopicId topic, std::string* out) const;

 private:
  struct Entry {
    std::string user;
    std::string parent;
    std::string record;
    TimeMs expires_at;
  };
  using Entries = std::vector<Entry>;

  static Entries::iterator Find(Entries& entries, const Place& place);

  DurationMs lifetime_ms_;
  TimeMs next_ = kNever;
  std::map<TopicId, Entries> topics_;  // none of them empty
};

}  // namespace civic
