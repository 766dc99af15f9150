// Goes on from a recorded state.
#include <string>
#include <string_view>

#include "civic/engine/engine.h"
#include "civic/recording/recorded_state.h"
#include "civic/replay/state_reader.h"

namespace civic {

std::string Engine::RestoreState(std::string_view json, ActionTally* actions) {
  RecordedState state{*this, *actions};
  const std::string problem = StateReader::Parse(json, &state);
  return problem.empty() ? FinishRestoring() : problem;
}

// What the parts cannot know of each other, and what readers are told anew.
std::string Engine::FinishRestoring() {
  pages_.ForEach([&](Page& page) {
    if (!connection_text_.empty()) {
      page.QueueUrgent(EntryKind::kConnection, 0, 0, connection_text_);
    }
    pages_.Touch(page);
  });
  for (TopicId id = 0; id < topics_.handle_bound(); ++id) {
    if (!topics_.InUse(id)) {
      continue;
    }
    const Topic& topic = topics_.topic(id);
    for (const Watch& watch : topic.watches) {
      Page* page = pages_.Find(watch.page);
      if (page == nullptr) {
        return "routing: " + topic.name + " is watched by page " + std::to_string(watch.page) +
               ", which does not exist";
      }
      OpenWatch(*page, id);
    }
    messages_.NoteOpened(id);
    store_.SetIdle(id, topic.subscriptions.empty());
  }
  DialectChosen();
  return "";
}

}  // namespace civic
