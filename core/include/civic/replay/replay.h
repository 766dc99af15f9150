// Cranks an engine through a recording and says where it goes another way than the recorded one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/action.h"
#include "civic/engine/engine.h"
#include "civic/recording/action_tally.h"
#include "civic/replay/recording.h"

namespace civic {

// A value that is not what was recorded.
struct Divergence {
  std::string place;  // such as "session.phase"
  std::string recorded;
  std::string replayed;
};

class Replay {
 public:
  explicit Replay(const Recording& recording);

  // What one entry did.
  struct Step {
    const Recording::Entry* entry = nullptr;
    std::vector<Action> actions;
    std::vector<Divergence> divergences;
    std::size_t bundle_bytes = 0;  // of a drained bundle
    std::string problem;           // a state that cannot be taken on; nothing follows it
  };

  // False when there are no more entries.
  bool Next(Step* step);

  const Engine& engine() const { return *engine_; }
  // What a recording would have here.
  std::string PrintState() { return engine_->PrintState(actions_, nullptr); }
  std::string PrintMark() { return engine_->PrintMark(actions_); }
  // Of what is compared, whether cells and what follows from them are, too: as long as every
  // payload since the engine began is there.
  bool has_cells() const { return has_cells_; }

 private:
  std::unique_ptr<Engine> NewEngine() const;
  std::vector<Divergence> CompareState(std::string_view recorded);
  void Perform(const RecordedEntry& entry, Step* step);

  const Recording& recording_;
  std::unique_ptr<Engine> engine_;
  ActionTally actions_;
  std::size_t next_ = 0;
  bool has_cells_;
  bool has_skipped_;  // the next state is to be taken on, not to be compared
};

// The file with the marks and states that this engine comes to instead of those that were recorded;
// the inputs stay. "" and a problem when it cannot be replayed.
std::string Remark(std::string_view file, const Recording& recording, std::string* problem);

// Where two JSON texts differ, at most `most` places.
std::vector<Divergence> CompareJson(std::string_view recorded, std::string_view replayed,
                                    std::size_t most);
// The same for marks, of which an earlier engine wrote less and a later one writes more.
std::vector<Divergence> CompareMarks(std::string_view recorded, std::string_view replayed);

}  // namespace civic
