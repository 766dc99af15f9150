// One reader of the engine: what it listens to and what waits for it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "civic/engine/bundle_format.h"
#include "civic/engine/entry_queue.h"
#include "civic/engine/error_code.h"
#include "civic/routing/page_id.h"
#include "civic/store/cell_store.h"

namespace civic {

// How soon a page wants its bundle.
enum class BundleState : std::uint8_t {
  kNothing = 0,
  kNextFrame = 1,
  kUrgent = 2,
};

class Page {
 public:
  Page(PageId id, std::size_t queue_bytes) : id_(id), queue_bytes_(queue_bytes) {}

  PageId id() const { return id_; }

  void SetVisible(bool visible) { visible_ = visible; }
  bool visible() const { return visible_; }
  void SetListenMask(std::uint32_t mask) { listen_mask_ = mask; }
  std::uint32_t listen_mask() const { return listen_mask_; }

  // A cell of a watched topic changed; it is found again through the store's order of changes.
  // An urgent change does not wait for a frame.
  void NoteCellChange(bool is_urgent) {
    cells_dirty_ = true;
    urgent_ = urgent_ || is_urgent;
  }
  // A topic opened or closed for the page. An opened topic's cells cross whole.
  // `key` is what the page calls it.
  void NoteTopicOpened(TopicId topic, std::uint32_t key, std::string_view name);
  void NoteTopicClosed(TopicId topic, std::uint32_t key);

  // Something that happened, in order. Events and deliveries are refused, and counted as dropped,
  // when the queue is full; false then. Everything else is few and always taken.
  bool QueueEvent(std::uint32_t kind, std::uint32_t topic_key, std::string_view text);
  bool QueueDelivery(std::uint32_t subscription, std::string_view text, bool urgent);
  // Whether every event of the topic comes, or its absence is told; see EntryKind.
  void QueueGuarantee(std::uint32_t topic_key, bool is_ordered) {
    happenings_.Add(EntryKind::kGuarantee, topic_key, is_ordered ? 1 : 0, {});
  }
  void QueueUrgent(EntryKind kind, std::uint32_t key, std::uint32_t a, std::string_view text);
  // Errors of one code within one bundle are one entry with a count: where CountError() finds the
  // entry, nobody has to find words again.
  bool CountError(ErrorCode code);
  void QueueError(ErrorCode code, std::string_view text);

  BundleState State() const;

  // For the bundle writer.

  const EntryQueue& topics() const { return topics_; }
  const EntryQueue& happenings() const { return happenings_; }
  const std::vector<TopicId>& opened() const { return opened_; }
  std::uint64_t cursor() const { return cursor_; }
  // Everything up to `cursor` in the order of changes has crossed.
  void Drained(std::uint64_t cursor);

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  // Not recorded: id_ (its place), queue_bytes_ (given), cells_dirty_, urgent_, cursor_, topics_,
  // happenings_, opened_, error_entries_ (what waits for a bundle).
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("visible", visible_)("events", listen_mask_);
  }

 private:
  bool HasRoomFor(std::string_view text);

  PageId id_;
  std::size_t queue_bytes_;
  bool visible_ = true;
  bool cells_dirty_ = false;
  bool urgent_ = false;
  std::uint32_t listen_mask_ = 0;
  std::uint64_t cursor_ = 0;
  EntryQueue topics_;
  EntryQueue happenings_;
  std::vector<TopicId> opened_;
  // Position of each code's entry in happenings_, plus one.
  std::array<std::uint32_t, kErrorCodeCount> error_entries_ = {};
};

}  // namespace civic
