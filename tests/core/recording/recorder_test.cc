// The ring itself: what is kept, what is dropped, and how often a state is asked for.
#include "civic/recording/recorder.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "civic/replay/recording.h"

namespace civic {
namespace {

constexpr std::string_view kConfig = R"({"url":"wss://bills.example/ws"})";
constexpr std::string_view kMark = R"({"connection":"connected"})";

// Gives a recorder inputs, and what it wants before each.
class Feeder {
 public:
  Feeder(std::size_t max_bytes, std::size_t state_bytes)
      : recorder({true, max_bytes}, kConfig, 1),
        state_(R"({"x":")" + std::string(state_bytes, 's') + "\"}") {}

  void Frame(std::size_t bytes) {
    const std::string text(bytes, 'f');
    const std::array<InputArgument, 3> arguments = {1, 1, std::string_view(text)};
    Recorder::Wanted wanted = recorder.WantedBefore(arguments);
    if (wanted == Recorder::Wanted::kMark) {
      recorder.AddMark(kMark, 0);
      ++marks;
      wanted = recorder.WantedBefore(arguments);
    }
    if (wanted == Recorder::Wanted::kState) {
      recorder.AddState(state_);
      ++states;
    }
    now += 1;
    recorder.Add(RecordedKind::kSocketFrame, now, arguments);
  }

  Recording Read() {
    file = recorder.Export({}, state_, kMark);
    Recording recording;
    const RecordingProblem problem = ReadRecording(file, &recording);
    EXPECT_EQ(problem.what, "");
    return recording;
  }

  Recorder recorder;
  std::string file;
  TimeMs now = 1'700'000'000'000.0;
  int states = 0;
  int marks = 0;

 private:
  std::string state_;
};

std::uint64_t Kept(const Recording& recording) {
  std::uint64_t kept = 0;
  for (const Recording::Entry& entry : recording.entries) {
    kept += entry.entry.traits->is_input() ? 1 : 0;
  }
  return kept;
}

TEST(Recorder, KeepsEverythingWhileThereIsRoom) {
  Feeder feeder(1U << 20U, 100);
  for (int i = 0; i < 100; ++i) {
    feeder.Frame(200);
  }
  const Recording recording = feeder.Read();
  EXPECT_TRUE(recording.is_complete());
  EXPECT_EQ(Kept(recording), 100U);
  EXPECT_EQ(recording.inputs, 100U);
  EXPECT_EQ(feeder.states, 0);
}

TEST(Recorder, IsBoundedAndKeepsAtLeastHalfOfItsBytesInInputs) {
  constexpr std::size_t kMaxBytes = 64U << 10U;
  Feeder feeder(kMaxBytes, 1000);
  for (int i = 0; i < 5'000; ++i) {
    feeder.Frame(200);
    if (i % 97 == 0) {
      const Recording recording = feeder.Read();
      EXPECT_LT(feeder.file.size(), kMaxBytes + 4'000);
      EXPECT_EQ(recording.inputs, static_cast<std::uint64_t>(i) + 1);
      EXPECT_TRUE(i < 200 || Kept(recording) * 200 > kMaxBytes * 2 / 5);
    }
  }
  EXPECT_FALSE(feeder.Read().is_complete());
  // One for every segment.
  EXPECT_LT(feeder.states, 5'000 * 220 / 31'000 + 3);
  EXPECT_GT(feeder.marks, 20);
}

TEST(Recorder, LeavesOutWhatIsTooLargeAndGoesOnWithTheStateAfterIt) {
  Feeder feeder(64U << 10U, 100);
  feeder.Frame(100);
  feeder.Frame(20'000);
  feeder.Frame(100);
  const Recording recording = feeder.Read();
  std::string kinds;
  for (const Recording::Entry& entry : recording.entries) {
    kinds += std::string(entry.entry.traits->name) + " ";
  }
  EXPECT_EQ(kinds, "socketFrame skipped state socketFrame state mark ");
  EXPECT_EQ(recording.inputs, 3U);
  EXPECT_EQ(recording.entries[3].number, 2U);
}

// A state that does not fit must not be printed again for every input.
TEST(Recorder, AsksSeldomForAStateThatDoesNotFit) {
  constexpr int kFrames = 20'000;
  Feeder feeder(64U << 10U, 20'000);
  for (int i = 0; i < kFrames; ++i) {
    feeder.Frame(200);
  }
  // At most an eighth of the bytes that were skipped.
  EXPECT_LT(feeder.states * 20'000 * 8, kFrames * 260 + 2 * 20'000 * 8);
  const Recording recording = feeder.Read();
  EXPECT_EQ(recording.inputs, static_cast<std::uint64_t>(kFrames));
  EXPECT_TRUE(recording.is_complete()) << "the beginning stays until something better is there";
  EXPECT_NE(feeder.file.find(R"("stateBytes":20008)"), std::string::npos);
}

TEST(Recorder, HidesWhatIsSecretInTheUrl) {
  Recorder recorder({true, 64U << 10U},
                    R"({"url":"wss://ada:lovelace1815@bills.example/ws?key=c0ffee11&v=2"})", 1);
  const std::array<InputArgument, 2> failure = {
      1, std::string_view("wss://ada:lovelace1815@bills.example/ws?key=c0ffee11 is no URL")};
  recorder.Add(RecordedKind::kSocketFailed, 1, failure);
  const std::string file = recorder.Export({}, "{}", "{}");
  EXPECT_EQ(file.find("lovelace"), std::string::npos);
  EXPECT_EQ(file.find("c0ffee"), std::string::npos);
  EXPECT_NE(file.find(R"("wss://xxx:xxxxxxxxxxxx@bills.example/ws?key=xxxxxxxx&v=x")"),
            std::string::npos);
}

}  // namespace
}  // namespace civic
