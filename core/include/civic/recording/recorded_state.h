// What the JSON of a recorded state has on its uppermost level.
#pragma once

#include "civic/engine/engine.h"
#include "civic/recording/action_tally.h"

namespace civic {

struct RecordedState {
  Engine& engine;
  ActionTally& actions;

  template <typename Archive>
  void Walk(Archive& archive) {
    engine.Walk(archive);
    actions.Walk(archive);
  }
};

}  // namespace civic
