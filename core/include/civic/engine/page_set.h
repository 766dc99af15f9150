// All pages of an engine, and which of them have to be told that something waits for them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "civic/engine/page.h"

namespace civic {

class PageSet {
 public:
  explicit PageSet(std::size_t queue_bytes) : queue_bytes_(queue_bytes) {}

  PageId Add();
  void Remove(PageId id);
  // Null when there is no such page.
  Page* Find(PageId id) {
    return id == 0 || id > pages_.size() ? nullptr : pages_[id - 1].page.get();
  }

  // To be called after anything was queued for a page, or its visibility changed: remembers a page
  // whose state rose.
  void Touch(Page& page);
  // A page whose bundle became ready, or urgent, since it was last drained or polled. False when
  // none.
  bool PollWake(PageId* page, bool* urgent);
  void NoteDrained(PageId id) { pages_[id - 1].announced = BundleState::kNothing; }

  template <typename Visit>
  void ForEach(const Visit& visit) {
    for (Place& place : pages_) {
      if (place.page != nullptr) {
        visit(*place.page);
      }
    }
  }

  // What any page listens to.
  std::uint32_t listen_mask() const { return listen_mask_; }
  void UpdateListenMask();

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  // Not recorded: queue_bytes_ (given), woken_ (what waits for a bundle), listen_mask_ (of its
  // pages).
  template <typename Archive>
  void Walk(Archive& archive) {
    archive.Objects("pages", pages_.size(), [&](Archive& each, std::size_t index) {
      bool exists = !Archive::kReads && pages_[index].page != nullptr;
      each("exists", exists);
      if constexpr (Archive::kReads) {
        const PageId id = Add();
        if (!exists) {
          Remove(id);
        }
      }
      if (exists) {
        pages_[index].page->Walk(each);
      }
    });
    UpdateListenMask();
  }

 private:
  // Walked in PageSet. Not recorded: announced, is_woken (what waits for a bundle).
  struct Place {
    std::unique_ptr<Page> page;
    BundleState announced = BundleState::kNothing;
    bool is_woken = false;  // in woken_
  };

  std::size_t queue_bytes_;
  std::vector<Place> pages_;  // by id - 1; ids are never used again
  std::vector<PageId> woken_;
  std::uint32_t listen_mask_ = 0;
};

}  // namespace civic
