// One reader's wish to receive a topic.
#pragma once

#include <cstdint>

#include "civic/routing/filter.h"
#include "civic/routing/page_id.h"
#include "civic/store/cell_store.h"

namespace civic {

enum class Priority : std::uint8_t { kLow, kMedium, kHigh };

struct Subscription {
  PageId page = 0;
  std::uint32_t handle = 0;  // chosen by the page, unique within it
  TopicId topic = 0;
  Filter filter;
  Priority priority = Priority::kMedium;
  // False: the reader wants the topic's state only, no message is queued for it.
  bool deliver = true;

  // Not recorded: topic (whose list it is in).
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("page", page)("handle", handle).Choice("priority", priority, Priority::kHigh);
    archive("deliver", deliver, true);
    filter.Walk(archive);
  }
};

}  // namespace civic
