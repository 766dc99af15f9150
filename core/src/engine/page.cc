#include "civic/engine/page.h"

#include <algorithm>

namespace civic {

void Page::NoteTopicOpened(TopicId topic, std::uint32_t key, std::string_view name) {
  topics_.Add(EntryKind::kTopicOpened, key, 0, name);
  opened_.push_back(topic);
}

void Page::NoteTopicClosed(TopicId topic, std::uint32_t key) {
  topics_.Add(EntryKind::kTopicClosed, key, 0, {});
  std::erase(opened_, topic);
}

bool Page::QueueEvent(std::uint32_t kind, std::uint32_t topic_key, std::string_view text) {
  if (!HasRoomFor(text)) {
    return false;
  }
  happenings_.Add(EntryKind::kEvent, kind, topic_key, text);
  return true;
}

bool Page::QueueDelivery(std::uint32_t subscription, std::string_view text, bool urgent) {
  if (!HasRoomFor(text)) {
    return false;
  }
  happenings_.Add(EntryKind::kDelivery, subscription, 0, text);
  urgent_ = urgent_ || urgent;
  return true;
}

void Page::QueueUrgent(EntryKind kind, std::uint32_t key, std::uint32_t a, std::string_view text) {
  happenings_.Add(kind, key, a, text);
  urgent_ = true;
}

bool Page::CountError(ErrorCode code) {
  const std::uint32_t entry = error_entries_[static_cast<std::size_t>(code)];
  if (entry == 0) {
    return false;
  }
  ++happenings_.at(entry - 1).count;
  return true;
}

void Page::QueueError(ErrorCode code, std::string_view text) {
  // Which topics were refused is worth a word each, and there are no more of them than topics.
  if (code != ErrorCode::kSubscriptionRefused && CountError(code)) {
    return;
  }
  QueueUrgent(EntryKind::kError, 0, static_cast<std::uint32_t>(code), text);
  error_entries_[static_cast<std::size_t>(code)] =
      static_cast<std::uint32_t>(happenings_.entries().size());
  CountError(code);
}

BundleState Page::State() const {
  if (urgent_) {
    return BundleState::kUrgent;
  }
  const bool waits = !happenings_.empty() || (visible_ && (cells_dirty_ || !topics_.empty()));
  return waits ? BundleState::kNextFrame : BundleState::kNothing;
}

void Page::Drained(std::uint64_t cursor) {
  cursor_ = cursor;
  cells_dirty_ = false;
  urgent_ = false;
  topics_.Clear();
  happenings_.Clear();
  opened_.clear();
  error_entries_ = {};
}

bool Page::HasRoomFor(std::string_view text) {
  return happenings_.bytes() + text.size() <= queue_bytes_;
}

}  // namespace civic
