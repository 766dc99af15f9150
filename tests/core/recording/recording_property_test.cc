// Whatever an engine lived through, its recording leads another engine to the same states and the
// same actions: from the beginning, from any state in between, and without what people wrote.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "civic/replay/recording.h"
#include "civic/replay/replay.h"
#include "recording/recorded_life.h"

namespace civic {
namespace {

// What an input led to.
struct Outcome {
  std::vector<std::string> actions;
  TimeMs deadline = 0;

  bool operator==(const Outcome&) const = default;
};

std::string TextOf(const Action& action) {
  return std::to_string(static_cast<int>(action.kind)) + " " + std::to_string(action.socket) + " " +
         std::to_string(action.code) + " " + action.url + " " + action.text;
}

struct Replayed {
  std::map<std::uint64_t, Outcome> outcomes;  // by the number of the input
  std::vector<std::string> actions;
  std::size_t compared = 0;
  std::size_t states = 0;
  std::string state;
};

// Replays it all; every difference is a failure.
Replayed ReplayAll(std::string_view file) {
  Replayed replayed;
  Recording recording;
  const RecordingProblem problem = ReadRecording(file, &recording);
  EXPECT_EQ(problem.what, "") << "at byte " << problem.offset;
  if (!problem.empty()) {
    return replayed;
  }
  Replay replay(recording);
  Replay::Step step;
  while (replay.Next(&step)) {
    EXPECT_EQ(step.problem, "");
    for (const Divergence& divergence : step.divergences) {
      ADD_FAILURE() << step.entry->entry.traits->name << " after input " << step.entry->number
                    << ": " << divergence.place << " was " << divergence.recorded << ", is "
                    << divergence.replayed;
    }
    if (!step.divergences.empty()) {
      break;
    }
    const RecordedKind kind = step.entry->entry.kind();
    replayed.compared += kind == RecordedKind::kMark ? 1 : 0;
    replayed.states += kind == RecordedKind::kState ? 1 : 0;
    if (!step.entry->entry.traits->is_input()) {
      continue;
    }
    Outcome& outcome = replayed.outcomes[step.entry->number];
    for (const Action& action : step.actions) {
      outcome.actions.push_back(TextOf(action));
      replayed.actions.push_back(TextOf(action));
    }
    outcome.deadline = replay.engine().MachineDeadline();
  }
  replayed.state = replay.PrintState();
  return replayed;
}

class RecordingProperty : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RecordingProperty, TheWholeLifeIsReplayed) {
  const bool is_v2 = GetParam() % 4 != 0;
  RecordedLife life({.seed = GetParam(), .is_v2 = is_v2});
  life.Run();
  const Replayed replayed = ReplayAll(life.Export());
  EXPECT_GT(replayed.compared, 2U);
  for (const Divergence& divergence :
       CompareJson(life.world.engine.PrintState(), replayed.state, 5)) {
    // Bundles may quote tokens.
    EXPECT_EQ(divergence.place, "counters.values.17")
        << divergence.place << " was " << divergence.recorded << ", is " << divergence.replayed;
  }

  // Word for word what the engine sent, but for tokens.
  std::vector<std::string> sent;
  for (const EngineWorld::SentFrame& frame : life.world.sent) {
    sent.push_back(frame.text);
  }
  std::size_t next = 0;
  for (const std::string& action : replayed.actions) {
    if (action.front() != '2' && action.front() != '3') {
      continue;
    }
    ASSERT_LT(next, sent.size());
    const std::string& text = sent[next++];
    if (text.find("token") == std::string::npos) {
      EXPECT_TRUE(action.ends_with(text)) << action << "\n" << text;
    } else {
      EXPECT_GE(action.size(), text.size());
    }
  }
  EXPECT_EQ(next, sent.size());
}

TEST_P(RecordingProperty, EveryStateInBetweenIsABeginning) {
  const bool is_v2 = GetParam() % 4 != 0;
  LifeOptions options{.seed = GetParam(), .is_v2 = is_v2, .steps = 2'500};
  RecordedLife whole(options);
  whole.Run();
  const Replayed expected = ReplayAll(whole.Export());

  // Small enough to begin anew many times.
  options.max_bytes = 160U << 10U;
  RecordedLife bounded(options);
  bounded.Run();
  const std::string file = bounded.Export();
  EXPECT_LT(file.size(), 200U << 10U);
  Recording recording;
  ASSERT_TRUE(ReadRecording(file, &recording).empty());
  EXPECT_GT(recording.first_input, 0U);
  const Replayed replayed = ReplayAll(file);
  EXPECT_FALSE(replayed.outcomes.empty());
  for (const auto& [number, outcome] : replayed.outcomes) {
    ASSERT_EQ(outcome, expected.outcomes.at(number)) << "input " << number;
  }
  EXPECT_EQ(replayed.outcomes.rbegin()->first, expected.outcomes.rbegin()->first);
}

// Null when there is no such page.
template <typename AnyEngine>
Json FiguresOf(AnyEngine& engine, PageId id, TimeMs now) {
  engine.DrainBundle(id, now);
  engine.ReportFigures(id, 1U << 20U, now);
  PageModel page;
  if (page.Apply(engine.DrainBundle(id, now)) != "") {
    return {};
  }
  return page.Of(wire_number::kFigures).back().json();
}

TEST_P(RecordingProperty, AnEngineThatTookAStateOnCountsOnFromThere) {
  RecordedLife life({.seed = GetParam(), .is_v2 = GetParam() % 4 != 0});
  life.Run();
  Recording recording;
  ASSERT_TRUE(ReadRecording(life.Export(), &recording).empty());
  Engine engine(recording.config, recording.seed);
  ActionTally actions;
  ASSERT_EQ(engine.RestoreState(life.world.engine.PrintState(), &actions), "");
  // Of whichever page is still there.
  PageId page = 0;
  Json expected;
  while (expected.is_null()) {
    expected = FiguresOf(life.world.engine, ++page, life.world.now());
    ASSERT_LT(page, 100U);
  }
  Json figures = FiguresOf(engine, page, life.world.now());
  ASSERT_EQ(figures["topics"].size(), expected["topics"].size());
  for (std::size_t i = 0; i < figures["topics"].size(); ++i) {
    // What cells and queues hold is in no state.
    for (const std::size_t of_readers : {3U, 4U, 8U}) {
      figures["topics"][i][of_readers] = expected["topics"][i][of_readers];
    }
  }
  EXPECT_EQ(figures, expected);
}

TEST_P(RecordingProperty, FramesTooLargeToKeepAreSkippedAndTheStateAfterThemIsKept) {
  LifeOptions options{.seed = GetParam(), .is_v2 = GetParam() % 4 != 0};
  options.longest_text = 15'000;
  RecordedLife whole(options);
  whole.Run();
  const Replayed expected = ReplayAll(whole.Export());
  options.max_bytes = 128U << 10U;
  RecordedLife bounded(options);
  bounded.Run();
  const Replayed replayed = ReplayAll(bounded.Export());
  // How many depends on how large they are; where none fits, what was left out is counted instead.
  EXPECT_GE(replayed.states, 1U);
  for (const auto& [number, outcome] : replayed.outcomes) {
    ASSERT_EQ(outcome, expected.outcomes.at(number)) << "input " << number;
  }
}

TEST_P(RecordingProperty, WithoutPayloadsItGoesTheSameWay) {
  for (const std::size_t max_bytes : {16U << 20U, 160U << 10U}) {
    RecordedLife life({.seed = GetParam(), .max_bytes = max_bytes, .is_v2 = GetParam() % 4 != 0});
    life.Run();
    const std::string with = life.Export(true);
    const std::string without = life.Export(false);
    EXPECT_EQ(with.size(), without.size() - 1) << "true and false";
    EXPECT_NE(with.find(RecordedLife::kPrivate), std::string::npos);
    EXPECT_EQ(without.find(RecordedLife::kPrivate), std::string::npos);
    const Replayed expected = ReplayAll(with);
    const Replayed replayed = ReplayAll(without);
    ASSERT_EQ(replayed.outcomes.size(), expected.outcomes.size());
    for (const auto& [number, outcome] : replayed.outcomes) {
      const Outcome& other = expected.outcomes.at(number);
      ASSERT_EQ(outcome.deadline, other.deadline) << "input " << number;
      ASSERT_EQ(outcome.actions.size(), other.actions.size()) << "input " << number;
      for (std::size_t i = 0; i < outcome.actions.size(); ++i) {
        ASSERT_EQ(outcome.actions[i].size(), other.actions[i].size());
      }
    }
  }
}

TEST_P(RecordingProperty, NoTokenIsInAFile) {
  for (const std::size_t max_bytes : {16U << 20U, 160U << 10U}) {
    RecordedLife life({.seed = GetParam(), .max_bytes = max_bytes, .is_v2 = GetParam() % 4 != 0});
    life.Run();
    for (const bool has_payloads : {true, false}) {
      const std::string file = life.Export(has_payloads);
      for (const std::string_view part :
           {"token-of-", "Lovelace", "Hopper", "b3ZlbGFj", "%22Ada"}) {
        EXPECT_EQ(file.find(part), std::string::npos) << part;
      }
      EXPECT_EQ(file.find(RecordedLife::kPassword), std::string::npos);
    }
  }
}

TEST_P(RecordingProperty, MarksMadeAnewFitTheInputs) {
  RecordedLife life({.seed = GetParam(), .max_bytes = 160U << 10U, .is_v2 = GetParam() % 4 != 0});
  life.Run();
  const std::string file = life.Export();
  Recording recording;
  ASSERT_TRUE(ReadRecording(file, &recording).empty());
  std::string problem;
  const std::string marked = Remark(file, recording, &problem);
  ASSERT_EQ(problem, "");
  const Replayed expected = ReplayAll(file);
  const Replayed replayed = ReplayAll(marked);
  EXPECT_EQ(replayed.compared, expected.compared);
  EXPECT_EQ(replayed.states, expected.states);
  EXPECT_TRUE(replayed.outcomes == expected.outcomes);
  // What it came to once it comes to again.
  Recording again;
  ASSERT_TRUE(ReadRecording(marked, &again).empty());
  EXPECT_TRUE(Remark(marked, again, &problem) == marked);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RecordingProperty, testing::Range<std::uint64_t>(1, 9));

}  // namespace
}  // namespace civic
