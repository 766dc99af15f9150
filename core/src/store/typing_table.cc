#include "civic/store/typing_table.h"

#include <algorithm>

#include "civic/wire/json_writer.h"

namespace civic {

bool TypingTable::Begin(const Place& place, std::string_view record, TimeMs now) {
  next_ = std::min(next_, now + lifetime_ms_);
  Entries& entries = topics_[place.topic];
  const auto known = Find(entries, place);
  if (known != entries.end()) {
    known->expires_at = now + lifetime_ms_;
    return false;
  }
  if (entries.size() == kMostPerTopic) {
    return false;
  }
  entries.push_back({std::string(place.user), std::string(place.parent), std::string(record),
                     now + lifetime_ms_});
  return true;
}

bool TypingTable::End(const Place& place) {
  const auto topic = topics_.find(place.topic);
  if (topic == topics_.end()) {
    return false;
  }
  Entries& entries = topic->second;
  const auto known = Find(entries, place);
  if (known == entries.end()) {
    return false;
  }
  entries.erase(known);
  if (entries.empty()) {
    topics_.erase(topic);
  }
  return true;
}

void TypingTable::Advance(TimeMs now, std::vector<Ended>* ended) {
  if (now < next_) {
    return;
  }
  next_ = kNever;
  for (auto topic = topics_.begin(); topic != topics_.end();) {
    Entries& entries = topic->second;
    const auto due = [&](const Entry& entry) { return entry.expires_at <= now; };
    for (Entry& entry : entries) {
      if (due(entry)) {
        ended->push_back({topic->first, std::move(entry.record)});
      }
    }
    std::erase_if(entries, due);
    for (const Entry& entry : entries) {
      next_ = std::min(next_, entry.expires_at);
    }
    topic = entries.empty() ? topics_.erase(topic) : std::next(topic);
  }
}

void TypingTable::Write(TopicId topic, std::string* out) const {
  out->assign("{");
  const auto found = topics_.find(topic);
  if (found != topics_.end()) {
    const Entries& entries = found->second;
    for (auto first = entries.begin(); first != entries.end(); ++first) {
      const auto same_parent = [&](const Entry& entry) { return entry.parent == first->parent; };
      if (std::any_of(entries.begin(), first, same_parent)) {
        continue;
      }
      *out += out->size() == 1 ? "" : ",";
      AppendJsonString(first->parent.empty() ? "root" : first->parent, out);
      *out += ":[";
      bool is_first = true;
      std::for_each(first, entries.end(), [&](const Entry& entry) {
        if (same_parent(entry)) {
          *out += is_first ? "" : ",";
          *out += entry.record;
          is_first = false;
        }
      });
      *out += "]";
    }
  }
  *out += "}";
}

TypingTable::Entries::iterator TypingTable::Find(Entries& entries, const Place& place) {
  return std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) {
    return entry.user == place.user && entry.parent == place.parent;
  });
}

}  // namespace civic
