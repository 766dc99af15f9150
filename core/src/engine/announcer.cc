#include "civic/engine/announcer.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "civic/engine/problem.h"

namespace civic {

void Destinations::Add(TopicId topic) {
  const std::span<const TopicId> known(topics.data(), count);
  if (topic == TopicTable::kNone || count == kMost ||
      std::find(known.begin(), known.end(), topic) != known.end()) {
    return;
  }
  topics[count++] = topic;
}

void Announcer::Emit(EventKind event, std::span<const TopicId> destinations,
                     std::string_view payload) {
  if (event == EventKind::kNone || (pages_.listen_mask() & EventBit(event)) == 0) {
    return;
  }
  pages_.ForEach([&](Page& page) {
    if ((page.listen_mask() & EventBit(event)) == 0) {
      return;
    }
    for (const TopicId topic : destinations) {
      const std::vector<Watch>& watches = topics_.topic(topic).watches;
      const bool watched = std::any_of(watches.begin(), watches.end(),
                                       [&](const Watch& watch) { return watch.page == page.id(); });
      if (!watched) {
        continue;
      }
      if (page.QueueEvent(static_cast<std::uint32_t>(event), topics_.topic(topic).key, payload)) {
        counters_.Add(Counter::kEventsQueued);
      } else {
        NoteDropped(page, topic);
      }
      pages_.Touch(page);
      return;
    }
  });
}

void Announcer::EmitMessage(std::string_view raw) {
  if ((pages_.listen_mask() & EventBit(EventKind::kMessage)) == 0) {
    return;
  }
  pages_.ForEach([&](Page& page) {
    if ((page.listen_mask() & EventBit(EventKind::kMessage)) == 0) {
      return;
    }
    if (page.QueueEvent(static_cast<std::uint32_t>(EventKind::kMessage), 0, raw)) {
      counters_.Add(Counter::kEventsQueued);
    } else {
      NoteDropped(page, TopicTable::kNone);
    }
    pages_.Touch(page);
  });
}

void Announcer::Deliver(const MessageView& message, const Destinations& destinations,
                        std::string_view raw) {
  for (std::size_t i = 0; i < destinations.count; ++i) {
    for (const Subscription* subscription : topics_.topic(destinations.topics[i]).subscriptions) {
      if (!subscription->deliver || !subscription->filter.Accepts(message)) {
        continue;
      }
      Page& page = *pages_.Find(subscription->page);
      if (page.QueueDelivery(subscription->handle, raw,
                             subscription->priority == Priority::kHigh)) {
        counters_.Add(Counter::kEventsQueued);
      } else {
        NoteDropped(page, destinations.topics[i]);
      }
      pages_.Touch(page);
    }
  }
}

void Announcer::NoteDropped(Page& page, TopicId topic) {
  counters_.Add(Counter::kEventsDropped);
  if (topic != TopicTable::kNone) {
    ++topics_.FindWatch(topic, page.id())->dropped;
  }
  if (!page.CountError(ErrorCode::kEventsDropped)) {
    page.QueueError(ErrorCode::kEventsDropped, DescribeProblem(ErrorCode::kEventsDropped, ""));
  }
}

void Announcer::ComplainOfMessage(std::string_view type, std::string_view reason) {
  counters_.Add(Counter::kInvalidMessages);
  std::string detail(type);
  detail += type.empty() ? "" : ": ";
  detail += reason;
  Complain(ErrorCode::kInvalidMessage, detail, type, reason);
}

void Announcer::Complain(ErrorCode code, std::string_view detail, std::string_view type,
                         std::string_view reason) {
  const std::string problem =
      DescribeProblem(code, detail, {{"messageType", type}, {"reason", reason}});
  pages_.ForEach([&](Page& page) {
    page.QueueError(code, problem);
    pages_.Touch(page);
  });
}

}  // namespace civic
