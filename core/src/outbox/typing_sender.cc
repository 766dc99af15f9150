#include "civic/outbox/typing_sender.h"

#include <algorithm>

#include "civic/wire/encoder.h"

namespace civic {

void TypingSender::Start(PageId page, std::string_view bill, std::string_view parent, TimeMs now) {
  auto place = Find(bill, parent);
  if (place == places_.end()) {
    if (places_.size() == kMostPlaces) {
      return;
    }
    places_.push_back({std::string(bill), std::string(parent), now, {}});
    place = std::prev(places_.end());
    Tell("typing_start", *place, now);
  }
  const auto typist = std::find_if(place->typists.begin(), place->typists.end(),
                                   [&](const Typist& one) { return one.page == page; });
  if (typist == place->typists.end()) {
    place->typists.push_back({page, now + timeout_ms_});
  } else {
    typist->stops_at = now + timeout_ms_;
  }
}

void TypingSender::Stop(PageId page, std::string_view bill, std::string_view parent, TimeMs now) {
  Remove(
      [&](const Place& place, const Typist& typist) {
        return typist.page == page && place.bill == bill && place.parent == parent;
      },
      now);
}

void TypingSender::RemovePage(PageId page, TimeMs now) {
  Remove([&](const Place&, const Typist& typist) { return typist.page == page; }, now);
}

void TypingSender::Advance(TimeMs now) {
  Remove([&](const Place&, const Typist& typist) { return typist.stops_at <= now; }, now);
  for (Place& place : places_) {
    if (place.told_at + timeout_ms_ <= now) {
      place.told_at = now;
      Tell("typing_start", place, now);
    }
  }
}

TimeMs TypingSender::NextDeadline() const {
  TimeMs next = kNever;
  for (const Place& place : places_) {
    next = std::min(next, place.told_at + timeout_ms_);
    for (const Typist& typist : place.typists) {
      next = std::min(next, typist.stops_at);
    }
  }
  return next;
}

std::vector<TypingSender::Place>::iterator TypingSender::Find(std::string_view bill,
                                                              std::string_view parent) {
  return std::find_if(places_.begin(), places_.end(), [&](const Place& place) {
    return place.bill == bill && place.parent == parent;
  });
}

void TypingSender::Tell(std::string_view type, const Place& place, TimeMs now) {
  messages_.push_back(EncodeTyping(type, place.bill, place.parent, now));
}

template <typename IsGone>
void TypingSender::Remove(const IsGone& is_gone, TimeMs now) {
  for (Place& place : places_) {
    std::erase_if(place.typists, [&](const Typist& typist) { return is_gone(place, typist); });
    if (place.typists.empty()) {
      Tell("typing_stop", place, now);
    }
  }
  std::erase_if(places_, [](const Place& place) { return place.typists.empty(); });
}

}  // namespace civic
