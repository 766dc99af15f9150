#include "civic/engine/page_set.h"

namespace civic {

PageId PageSet::Add() {
  const auto id = static_cast<PageId>(pages_.size() + 1);
  pages_.push_back({std::make_unique<Page>(id, queue_bytes_), BundleState::kNothing, false});
  return id;
}

void PageSet::Remove(PageId id) {
  pages_[id - 1] = {};
  UpdateListenMask();
}

void PageSet::Touch(Page& page) {
  Place& place = pages_[page.id() - 1];
  const BundleState state = page.State();
  if (state > place.announced && !place.is_woken) {
    place.is_woken = true;
    woken_.push_back(page.id());
  }
  // A page that hides wants nothing any more and is announced again when it is back.
  place.announced = state;
}

bool PageSet::PollWake(PageId* page, bool* urgent) {
  while (!woken_.empty()) {
    const PageId id = woken_.back();
    woken_.pop_back();
    pages_[id - 1].is_woken = false;
    const Page* woken = Find(id);
    if (woken == nullptr || woken->State() == BundleState::kNothing) {
      continue;
    }
    *page = id;
    *urgent = woken->State() == BundleState::kUrgent;
    return true;
  }
  return false;
}

void PageSet::UpdateListenMask() {
  listen_mask_ = 0;
  ForEach([&](const Page& page) { listen_mask_ |= page.listen_mask(); });
}

}  // namespace civic
