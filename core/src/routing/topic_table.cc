#include "civic/routing/topic_table.h"

#include <algorithm>
#include <utility>

namespace civic {
namespace {

const std::string kNoFilter;

}  // namespace

TopicId TopicTable::Find(std::string_view prefix, std::string_view rest) const {
  return index_.Find(TopicIndex::Hash(prefix, rest), [&](TopicId id) {
    const std::string_view name = topics_[id].name;
    return name.size() == prefix.size() + rest.size() && name.starts_with(prefix) &&
           name.ends_with(rest);
  });
}

bool TopicTable::Subscribe(PageId page, std::uint32_t handle, std::string_view name, Filter filter,
                           Priority priority, bool deliver) {
  const auto [entry, added] = subscriptions_.try_emplace(Key(page, handle));
  if (!added) {
    return false;
  }
  const TopicId id = Obtain(name);
  Topic& topic = topics_[id];
  const bool was_known = !topic.watches.empty();
  const bool was_idle = was_known && !IsReferenced(topic);
  const std::string filter_before = was_known && !was_idle ? FilterOnWire(id) : std::string();

  Subscription& subscription = entry->second;
  subscription = {page, handle, id, std::move(filter), priority, deliver};
  topic.subscriptions.push_back(&subscription);

  Watch* watch = FindWatch(id, page);
  if (watch == nullptr) {
    topic.watches.push_back({page, 1, kNever, {}, 0, 0});
    Report(RoutingChange::Kind::kWatchOpened, id, page);
  } else {
    ++watch->references;
    watch->close_at = kNever;
  }
  if (!was_known) {
    Report(RoutingChange::Kind::kTopicOpened, id);
  } else {
    if (was_idle) {
      Report(RoutingChange::Kind::kTopicWanted, id);
    }
    NoteFilter(id, filter_before);
  }
  return true;
}

bool TopicTable::Unsubscribe(PageId page, std::uint32_t handle, TimeMs now) {
  const auto entry = subscriptions_.find(Key(page, handle));
  if (entry == subscriptions_.end()) {
    return false;
  }
  const TopicId id = entry->second.topic;
  Topic& topic = topics_[id];
  const std::string filter_before = FilterOnWire(id);
  DropSubscription(entry->second);
  subscriptions_.erase(entry);

  Watch* watch = FindWatch(id, page);
  if (--watch->references == 0) {
    watch->close_at = now + linger_ms_;
    lingering_.push_back({watch->close_at, id, topic.key, page});
  }
  if (IsReferenced(topic)) {
    NoteFilter(id, filter_before);
  } else {
    // The filter on the wire stays what it is: whoever comes back within the linger time has to
    // find the topic as it was, and a new filter would cost a frame.
    Report(RoutingChange::Kind::kTopicIdle, id);
  }
  return true;
}

void TopicTable::RemovePage(PageId page) {
  for (TopicId id = 0; id < topics_.size(); ++id) {
    Topic& topic = topics_[id];
    if (FindWatch(id, page) == nullptr) {
      continue;
    }
    const std::string filter_before = FilterOnWire(id);
    const std::vector<const Subscription*> subscriptions = topic.subscriptions;
    for (const Subscription* subscription : subscriptions) {
      if (subscription->page == page) {
        const std::uint64_t key = Key(page, subscription->handle);
        DropSubscription(*subscription);
        subscriptions_.erase(key);
      }
    }
    CloseWatch(id, page);
    if (!topic.watches.empty()) {
      if (IsReferenced(topic)) {
        NoteFilter(id, filter_before);
      } else {
        Report(RoutingChange::Kind::kTopicIdle, id);
      }
    }
  }
}

void TopicTable::Advance(TimeMs now) {
  while (!lingering_.empty() && lingering_.front().due <= now) {
    const Lingering due = lingering_.front();
    lingering_.pop_front();
    Topic& topic = topics_[due.topic];
    if (topic.name.empty() || topic.key != due.key) {
      continue;
    }
    const Watch* watch = FindWatch(due.topic, due.page);
    if (watch != nullptr && watch->references == 0 && watch->close_at <= now) {
      CloseWatch(due.topic, due.page);
    }
  }
}

TimeMs TopicTable::NextDeadline() const {
  return lingering_.empty() ? kNever : lingering_.front().due;
}

const std::string& TopicTable::FilterOnWire(TopicId id) const {
  const std::vector<const Subscription*>& subscriptions = topics_[id].subscriptions;
  if (subscriptions.empty()) {
    return kNoFilter;
  }
  const std::string& first = subscriptions.front()->filter.json();
  const bool common = std::all_of(
      subscriptions.begin(), subscriptions.end(),
      [&](const Subscription* subscription) { return subscription->filter.json() == first; });
  return common ? first : kNoFilter;
}

void TopicTable::Release(TopicId id) {
  topics_[id] = {};
  free_.push_back(id);
}

const Subscription* TopicTable::FindSubscription(PageId page, std::uint32_t handle) const {
  const auto entry = subscriptions_.find(Key(page, handle));
  return entry == subscriptions_.end() ? nullptr : &entry->second;
}

TopicId TopicTable::Obtain(std::string_view name) {
  TopicId id = Find(name);
  if (id != kNone) {
    return id;
  }
  if (free_.empty()) {
    id = static_cast<TopicId>(topics_.size());
    topics_.emplace_back();
  } else {
    id = free_.back();
    free_.pop_back();
  }
  topics_[id].name = name;
  topics_[id].key = ++last_key_;
  topics_[id].hash = TopicIndex::Hash(name);
  index_.Insert(topics_[id].hash, id);
  if (name == kWildcard) {
    wildcard_ = id;
  }
  return id;
}

Watch* TopicTable::FindWatch(TopicId id, PageId page) {
  for (Watch& watch : topics_[id].watches) {
    if (watch.page == page) {
      return &watch;
    }
  }
  return nullptr;
}

bool TopicTable::IsReferenced(const Topic& topic) { return !topic.subscriptions.empty(); }

void TopicTable::DropSubscription(const Subscription& subscription) {
  std::erase(topics_[subscription.topic].subscriptions, &subscription);
}

void TopicTable::CloseWatch(TopicId id, PageId page) {
  Topic& topic = topics_[id];
  std::erase_if(topic.watches, [&](const Watch& watch) { return watch.page == page; });
  Report(RoutingChange::Kind::kWatchClosed, id, page);
  if (topic.watches.empty()) {
    index_.Erase(topic.hash, id);
    if (id == wildcard_) {
      wildcard_ = kNone;
    }
    Report(RoutingChange::Kind::kTopicClosed, id);
  }
}

void TopicTable::NoteFilter(TopicId id, const std::string& before) {
  if (FilterOnWire(id) != before) {
    Report(RoutingChange::Kind::kFilterChanged, id);
  }
}

bool TopicTable::Take(Subscription subscription) {
  Topic& topic = topics_[subscription.topic];
  const auto [entry, added] =
      subscriptions_.try_emplace(Key(subscription.page, subscription.handle));
  if (added) {
    entry->second = std::move(subscription);
    topic.subscriptions.push_back(&entry->second);
  }
  return added;
}

// Puts together what follows from what was read. False when that cannot be.
bool TopicTable::FinishReading() {
  std::size_t unused = 0;
  for (TopicId id = 0; id < topics_.size(); ++id) {
    Topic& topic = topics_[id];
    if (topic.name.empty() != topic.watches.empty() || Find(topic.name) != kNone) {
      return false;
    }
    for (Watch& watch : topic.watches) {
      const auto is_same_page = [&](const auto& other) { return other.page == watch.page; };
      if (std::count_if(topic.watches.begin(), topic.watches.end(), is_same_page) != 1) {
        return false;
      }
    }
    for (const Subscription* subscription : topic.subscriptions) {
      Watch* watch = FindWatch(id, subscription->page);
      if (watch == nullptr) {
        return false;
      }
      ++watch->references;
    }
    if (topic.name.empty()) {
      ++unused;
      continue;
    }
    topic.hash = TopicIndex::Hash(topic.name);
    index_.Insert(topic.hash, id);
    wildcard_ = topic.name == kWildcard ? id : wildcard_;
  }
  std::vector<TopicId> free = free_;
  std::sort(free.begin(), free.end());
  const bool is_unique = std::adjacent_find(free.begin(), free.end()) == free.end();
  const auto is_free = [&](TopicId id) { return id < topics_.size() && !InUse(id); };
  return is_unique && free.size() == unused && std::all_of(free.begin(), free.end(), is_free) &&
         std::all_of(lingering_.begin(), lingering_.end(),
                     [&](const Lingering& lingering) { return lingering.topic < topics_.size(); });
}

}  // namespace civic
