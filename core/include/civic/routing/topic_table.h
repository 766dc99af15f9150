// Who wants which topic: topics, the pages that watch them, their subscriptions, and when the last
// one to go is really gone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/time.h"
#include "civic/routing/page_id.h"
#include "civic/routing/subscription.h"
#include "civic/routing/topic_index.h"
#include "civic/routing/topic_traffic.h"

namespace civic {

// One page's view of one topic.
struct Watch {
  PageId page = 0;
  std::uint32_t references = 0;
  TimeMs close_at = kNever;  // set while no subscription refers to it
  // Records of each cell that have crossed to the page, by the cell's own count.
  std::array<std::uint64_t, kCellKindCount> delivered = {};
  std::uint64_t conflated = 0;  // records that were overwritten before they crossed
  std::uint64_t dropped = 0;    // messages the page's full queue refused

  // Not recorded: references (counted), delivered, conflated, dropped (what readers see).
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("page", page)("closeAt", close_at, kNever);
  }
};

// Walked in TopicTable. Not recorded: hash (of the name).
struct Topic {
  std::string name;
  std::uint64_t hash = 0;
  std::uint32_t key = 0;  // as pages know the topic; unlike the handle it is never used again
  TopicTraffic traffic;
  std::vector<Watch> watches;
  std::vector<const Subscription*> subscriptions;  // in the order they came

  // A topic of the engine's own, of which no server hears.
  bool is_local() const { return name.starts_with("local:"); }
};

// What happened to topics, in order, for the engine to act upon.
struct RoutingChange {
  enum class Kind : std::uint8_t {
    kWatchOpened,    // page starts to see the topic
    kWatchClosed,    // page sees it no more
    kTopicOpened,    // the first page came: the server must know
    kTopicIdle,      // nobody refers to it, it lingers
    kTopicWanted,    // somebody refers to it again while it lingered
    kTopicClosed,    // nobody is left: tell the server, then Release()
    kFilterChanged,  // FilterOnWire() is another one
  };

  Kind kind;
  TopicId topic;
  PageId page;
};

// Owns topics and subscriptions. Copies no payload, sends nothing. Finding a topic by name is O(1)
// and allocates nothing; everything else happens at the pace of a person.
class TopicTable {
 public:
  static constexpr TopicId kNone = TopicIndex::kNone;
  // The topic that receives everything.
  static constexpr std::string_view kWildcard = "*";

  explicit TopicTable(DurationMs linger_ms) : linger_ms_(linger_ms) {}

  // By a name given in two parts: Find("bill:", "123").
  TopicId Find(std::string_view prefix, std::string_view rest = {}) const;
  TopicId wildcard() const { return wildcard_; }

  // False if the page already has a subscription with this handle.
  bool Subscribe(PageId page, std::uint32_t handle, std::string_view topic, Filter filter,
                 Priority priority, bool deliver);
  // False if there is none. The watch, and then the topic, close `linger_ms` later.
  bool Unsubscribe(PageId page, std::uint32_t handle, TimeMs now);
  // Takes everything of a page away, at once.
  void RemovePage(PageId page);

  void Advance(TimeMs now);
  TimeMs NextDeadline() const;

  // The filter the server may apply for everybody: the common one of all subscriptions, or none
  // ("").
  const std::string& FilterOnWire(TopicId topic) const;

  // Changes since the last call; the caller clears them.
  std::vector<RoutingChange>& changes() { return changes_; }
  // Frees the handle of a closed topic.
  void Release(TopicId topic);

  Topic& topic(TopicId id) { return topics_[id]; }
  // Null when the page does not watch the topic.
  Watch* FindWatch(TopicId id, PageId page);
  const Topic& topic(TopicId id) const { return topics_[id]; }
  bool InUse(TopicId id) const { return id < topics_.size() && !topics_[id].name.empty(); }
  // Upper bound of handles in use, for walking over all of them.
  TopicId handle_bound() const { return static_cast<TopicId>(topics_.size()); }
  std::size_t topic_count() const { return index_.size(); }
  std::size_t subscription_count() const { return subscriptions_.size(); }
  const Subscription* FindSubscription(PageId page, std::uint32_t handle) const;

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  // Not recorded: linger_ms_ (given), index_, subscriptions_, wildcard_ (of the topics), changes_
  // (handed out by then).
  template <typename Archive>
  void Walk(Archive& archive) {
    archive.Objects("topics", topics_.size(),
                    [&](Archive& each, std::size_t id) { WalkTopic(each, id); });
    archive("free", free_)("lingering", lingering_)("lastKey", last_key_);
    if constexpr (Archive::kReads) {
      archive.Check(FinishReading(), "topics and subscriptions do not fit together");
    }
  }

 private:
  struct Lingering {
    TimeMs due;
    TopicId topic;
    std::uint32_t key;
    PageId page;

    template <typename Archive>
    void Walk(Archive& archive) {
      archive("due", due)("topic", topic)("key", key)("page", page);
    }
  };

  static std::uint64_t Key(PageId page, std::uint32_t handle) {
    return (static_cast<std::uint64_t>(page) << 32U) | handle;
  }
  template <typename Archive>
  void WalkTopic(Archive& archive, std::size_t id) {
    if constexpr (Archive::kReads) {
      topics_.emplace_back();
    }
    Topic& topic = topics_[id];
    archive("name", topic.name)("key", topic.key)("watches", topic.watches);
    topic.traffic.Walk(archive);
    archive.Objects("subscriptions", topic.subscriptions.size(),
                    [&](Archive& each, std::size_t index) {
                      Subscription subscription;
                      if constexpr (!Archive::kReads) {
                        subscription = *topic.subscriptions[index];
                      }
                      subscription.Walk(each);
                      if constexpr (Archive::kReads) {
                        subscription.topic = static_cast<TopicId>(id);
                        each.Check(Take(std::move(subscription)), "it is there already");
                      }
                    });
  }
  // Of a state that is read.
  bool Take(Subscription subscription);
  bool FinishReading();
  TopicId Obtain(std::string_view name);
  static bool IsReferenced(const Topic& topic);
  void DropSubscription(const Subscription& subscription);
  void CloseWatch(TopicId id, PageId page);
  void NoteFilter(TopicId id, const std::string& before);
  void Report(RoutingChange::Kind kind, TopicId topic, PageId page = 0) {
    changes_.push_back({kind, topic, page});
  }

  DurationMs linger_ms_;
  TopicIndex index_;
  std::deque<Topic> topics_;  // by handle; addresses are stable
  std::vector<TopicId> free_;
  std::map<std::uint64_t, Subscription> subscriptions_;  // addresses are stable
  std::list<Lingering> lingering_;                       // by due time
  std::vector<RoutingChange> changes_;
  TopicId wildcard_ = kNone;
  std::uint32_t last_key_ = 0;
};

}  // namespace civic
