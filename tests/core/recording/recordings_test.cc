// Recordings of real pages, each of which went wrong once, or shows what must go on to work: this
// engine goes the way of each to the end. docs/recording.md says how one gets here.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "civic/replay/recording.h"
#include "civic/replay/replay.h"

namespace civic {
namespace {

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(CIVIC_RECORDINGS)) {
    if (file.path().extension() == ".civicrec") {
      names.push_back(file.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Recordings : public testing::TestWithParam<std::string> {};

TEST_P(Recordings, LeadToTheSameStates) {
  const std::string path = std::string(CIVIC_RECORDINGS) + "/" + GetParam() + ".civicrec";
  std::ifstream stream(path, std::ios::binary);
  const std::string file((std::istreambuf_iterator<char>(stream)),
                         std::istreambuf_iterator<char>());
  Recording recording;
  const RecordingProblem problem = ReadRecording(file, &recording);
  ASSERT_TRUE(problem.empty()) << "byte " << problem.offset << ": " << problem.what;
  EXPECT_FALSE(recording.has_payloads) << "what people wrote has no business in a repository: "
                                          "exportRecording({ payloads: false })";

  Replay replay(recording);
  Replay::Step step;
  int compared = 0;
  while (replay.Next(&step)) {
    ASSERT_EQ(step.problem, "") << "at input " << step.entry->number;
    compared += step.entry->entry.traits->is_input() ? 0 : 1;
    for (const Divergence& one : step.divergences) {
      FAIL() << "At input " << step.entry->number << ", " << one.place << " was " << one.recorded
             << " and is " << one.replayed << ".\nWhere this engine is right: npm run replay "
             << path << " -- --update " << path;
    }
  }
  EXPECT_GT(compared, 0) << "nothing in it says what the engine came to";
}

INSTANTIATE_TEST_SUITE_P(OfPages, Recordings, testing::ValuesIn(Names()), [](const auto& file) {
  std::string name = file.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace civic
