// What the server is told about typing on this side.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/time.h"
#include "civic/routing/page_id.h"

namespace civic {

// Turns keystrokes into `typing_start` and `typing_stop`. While somebody types, the server is told
// once per timeout, however many keystrokes there are; a timeout after the last one he has stopped.
// Pages that type in one place count as one. Nothing is kept for a connection that is not there:
// typing that nobody saw did not happen.
class TypingSender {
 public:
  static constexpr std::size_t kMostPlaces = 64;  // at once; beyond that keystrokes are ignored

  explicit TypingSender(DurationMs timeout_ms) : timeout_ms_(timeout_ms) {}

  // A keystroke. `parent` is "" for the discussion itself.
  void Start(PageId page, std::string_view bill, std::string_view parent, TimeMs now);
  void Stop(PageId page, std::string_view bill, std::string_view parent, TimeMs now);
  void RemovePage(PageId page, TimeMs now);
  void ConnectionDown() { places_.clear(); }

  void Advance(TimeMs now);
  TimeMs NextDeadline() const;

  // Messages to send now, in order; the caller clears them.
  std::vector<std::string>& messages() { return messages_; }

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  // Not recorded: timeout_ms_ (given), messages_ (handed out by then).
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("places", places_);
  }

 private:
  struct Typist {
    PageId page;
    TimeMs stops_at;

    template <typename Archive>
    void Walk(Archive& archive) {
      archive("page", page)("stopsAt", stops_at);
    }
  };
  struct Place {
    std::string bill;
    std::string parent;
    TimeMs told_at;  // when the server heard of it last
    std::vector<Typist> typists;

    template <typename Archive>
    void Walk(Archive& archive) {
      archive("bill", bill)("parent", parent)("toldAt", told_at)("typists", typists);
    }
  };

  std::vector<Place>::iterator Find(std::string_view bill, std::string_view parent);
  void Tell(std::string_view type, const Place& place, TimeMs now);
  // Takes out typists for whom `is_gone` holds, and places nobody is left in.
  template <typename IsGone>
  void Remove(const IsGone& is_gone, TimeMs now);

  DurationMs timeout_ms_;
  std::vector<Place> places_;
  std::vector<std::string> messages_;
};

}  // namespace civic
