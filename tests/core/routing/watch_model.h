// Who watches what, kept in the plainest way: the rules of docs/architecture.md, "Pages", on maps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "civic/engine/time.h"
#include "civic/routing/page_id.h"

namespace civic {

class WatchModel {
 public:
  explicit WatchModel(DurationMs linger_ms) : linger_ms_(linger_ms) {}

  bool Subscribe(PageId page, std::uint32_t handle, const std::string& topic) {
    if (!subscriptions_.try_emplace({page, handle}, topic).second) {
      return false;
    }
    Watch& watch = topics_[topic][page];
    ++watch.references;
    watch.close_at = kNever;
    return true;
  }

  bool Unsubscribe(PageId page, std::uint32_t handle, TimeMs now) {
    const auto found = subscriptions_.find({page, handle});
    if (found == subscriptions_.end()) {
      return false;
    }
    Watch& watch = topics_[found->second][page];
    if (--watch.references == 0) {
      watch.close_at = now + linger_ms_;
    }
    subscriptions_.erase(found);
    return true;
  }

  void RemovePage(PageId page) {
    std::erase_if(subscriptions_, [&](const auto& each) { return each.first.first == page; });
    for (auto& [topic, watches] : topics_) {
      watches.erase(page);
    }
    Sweep();
  }

  void Advance(TimeMs now) {
    for (auto& [topic, watches] : topics_) {
      std::erase_if(watches, [&](const auto& each) { return each.second.close_at <= now; });
    }
    Sweep();
  }

  bool IsOpen(const std::string& topic) const { return topics_.contains(topic); }
  bool Watches(PageId page, const std::string& topic) const {
    const auto found = topics_.find(topic);
    return found != topics_.end() && found->second.contains(page);
  }
  std::size_t topic_count() const { return topics_.size(); }
  std::size_t subscription_count() const { return subscriptions_.size(); }
  // By page and handle.
  const std::map<std::pair<PageId, std::uint32_t>, std::string>& subscriptions() const {
    return subscriptions_;
  }
  std::size_t References(const std::string& topic, PageId page) const {
    return Watches(page, topic) ? topics_.at(topic).at(page).references : 0;
  }
  // Closed since the last call.
  std::set<std::string> TakeClosed() { return std::exchange(closed_, {}); }

 private:
  struct Watch {
    std::size_t references = 0;
    TimeMs close_at = kNever;
  };

  void Sweep() {
    std::erase_if(topics_, [&](const auto& each) {
      if (each.second.empty()) {
        closed_.insert(each.first);
      }
      return each.second.empty();
    });
  }

  DurationMs linger_ms_;
  std::map<std::string, std::map<PageId, Watch>> topics_;
  std::map<std::pair<PageId, std::uint32_t>, std::string> subscriptions_;
  std::set<std::string> closed_;
};

}  // namespace civic
