// Tells pages what happened: events for listeners, messages for subscriptions, errors for
// everybody.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "civic/engine/error_code.h"
#include "civic/engine/event_kind.h"
#include "civic/engine/page_set.h"
#include "civic/routing/topic_table.h"
#include "civic/telemetry/counters.h"
#include "civic/wire/message_view.h"

namespace civic {

// The topics one message belongs to, without repetition.
struct Destinations {
  static constexpr std::size_t kMost = 6;

  std::array<TopicId, kMost> topics;
  std::size_t count = 0;

  // Ignores kNone and what is there already.
  void Add(TopicId topic);
  std::span<const TopicId> list() const { return {topics.data(), count}; }
};

// Queues for pages, never looks at state. What a full queue refuses is counted and reported.
class Announcer {
 public:
  Announcer(TopicTable& topics, PageSet& pages, Counters& counters)
      : topics_(topics), pages_(pages), counters_(counters) {}

  // For pages that listen to `event` and watch one of the topics.
  void Emit(EventKind event, std::span<const TopicId> destinations, std::string_view payload);
  // For pages that listen to every message.
  void EmitMessage(std::string_view raw);
  // For subscriptions to the topics that want messages and whose filter accepts this one.
  void Deliver(const MessageView& message, const Destinations& destinations, std::string_view raw);

  // An error for every page. `type` is the message's, `reason` what is wrong with it; both may be
  // "".
  void Complain(ErrorCode code, std::string_view detail, std::string_view type,
                std::string_view reason);
  // A message that cannot be used; counts it.
  void ComplainOfMessage(std::string_view type, std::string_view reason);

 private:
  // `topic`: kNone for what is of no topic. The page watches any other.
  void NoteDropped(Page& page, TopicId topic);

  TopicTable& topics_;
  PageSet& pages_;
  Counters& counters_;
};

}  // namespace civic
