// Cranks an engine through a recording: prints what happened, and where this engine goes another
// way. Exit status: 0 it went the same way, 1 it did not, 2 the file or the arguments cannot be
// used.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "civic/replay/recording.h"
#include "civic/replay/replay.h"
#include "civic/wire/json_value.h"
#include "options.h"
#include "report.h"

namespace civic {
namespace {

constexpr int kSame = 0;
constexpr int kDiverged = 1;
constexpr int kUnusable = 2;
constexpr std::size_t kMostChanges = 30;

bool ReadFile(const std::string& name, std::string* bytes) {
  std::ifstream file(name, std::ios::binary);
  if (!file) {
    return false;
  }
  bytes->assign(std::istreambuf_iterator<char>(file), {});
  return !file.bad();
}

int Update(const std::string& bytes, const Recording& recording, const std::string& name) {
  std::string problem;
  const std::string marked = Remark(bytes, recording, &problem);
  std::ofstream file(name, std::ios::binary);
  if (!problem.empty() || !file.write(marked.data(), static_cast<std::streamsize>(marked.size()))) {
    std::cerr << name << " cannot be written" << (problem.empty() ? "" : ": ") << problem << ".\n";
    return kUnusable;
  }
  std::cout << name << " has the same inputs and the states of this engine.\n";
  return kSame;
}

// One replay, printed as it goes.
class Printer {
 public:
  Printer(const Recording& recording, const ReplayOptions& options)
      : options_(options), replay_(recording) {}

  int Run() {
    Replay::Step step;
    while (replay_.Next(&step)) {
      const Recording::Entry& entry = *step.entry;
      if (entry.number >= options_.until) {
        std::cout << "Stopped after input " << options_.until << ".\n";
        break;
      }
      if (!step.problem.empty()) {
        std::cerr << "The state before input " << entry.number + 1 << ", at byte "
                  << entry.entry.offset << ", cannot be taken on: " << step.problem << ".\n";
        return kUnusable;
      }
      if (entry.entry.traits->is_input()) {
        PrintInput(step);
      } else {
        PrintNote(step);
      }
    }
    std::cout << "\nThe state in the end:\n"
              << DescribeState(replay_.PrintMark(), replay_.PrintState());
    if (diverged_) {
      std::cout << "\nThis engine went another way than the one that was recorded.\n";
      return kDiverged;
    }
    std::cout << "\nEverything is as it was recorded; " << compared_ << " states were compared.\n";
    return kSame;
  }

 private:
  void PrintInput(const Replay::Step& step) {
    begin_ = has_begun_ ? begin_ : step.entry->entry.now;
    has_begun_ = true;
    std::cout << DescribeEntry(*step.entry, begin_) << "\n";
    for (const Action& action : step.actions) {
      std::cout << "      " << DescribeAction(action) << "\n";
    }
    if (step.bundle_bytes > 0) {
      std::cout << "      bundle of " << step.bundle_bytes << " bytes\n";
    }
    const ConnectionState connection = replay_.engine().connection_state();
    if (connection != connection_) {
      std::cout << "      connection: " << ConnectionStateName(connection_) << " → "
                << ConnectionStateName(connection) << "\n";
      connection_ = connection;
    }
    if (options_.has_states) {
      const std::string state = replay_.PrintState();
      for (const Divergence& change : CompareJson(state_, state, kMostChanges)) {
        std::cout << "        " << DescribeChange(change) << "\n";
      }
      state_ = state;
    }
    last_input_ = step.entry->number + 1;
  }

  void PrintNote(const Replay::Step& step) {
    const RecordedEntry& entry = step.entry->entry;
    if (entry.kind() == RecordedKind::kSkipped) {
      const JsonValue skipped = JsonValue::Parse(entry.json());
      std::cout << "   …  " << skipped.Find("inputs").raw() << " inputs of "
                << skipped.Find("bytes").raw() << " bytes, from a " << skipped.Find("first").Text()
                << " on, are not in the recording; it goes on with the state after them.\n";
      return;
    }
    if (entry.kind() == RecordedKind::kState && options_.has_states) {
      state_ = replay_.PrintState();
    }
    connection_ = replay_.engine().connection_state();
    ++compared_;
    if (step.divergences.empty()) {
      last_same_ = last_input_;
      return;
    }
    if (!diverged_) {
      std::cout << "  !!  It goes another way between input " << last_same_ << " and input "
                << last_input_ << ":\n";
    }
    for (const Divergence& divergence : step.divergences) {
      std::cout << "      " << DescribeDivergence(divergence) << "\n";
    }
    diverged_ = true;
  }

  const ReplayOptions& options_;
  Replay replay_;
  TimeMs begin_ = 0;
  bool has_begun_ = false;
  bool diverged_ = false;
  std::size_t compared_ = 0;
  std::uint64_t last_input_ = 0;
  std::uint64_t last_same_ = 0;
  ConnectionState connection_ = ConnectionState::kDisconnected;
  std::string state_ = "{}";
};

int Run(int count, const char* const* arguments) {
  ReplayOptions options;
  const std::string fault = ReadReplayOptions(count, arguments, &options);
  if (!fault.empty()) {
    std::cerr << fault << "\n" << kReplayUsage << "\n";
    return kUnusable;
  }
  std::string bytes;
  if (!ReadFile(options.file, &bytes)) {
    std::cerr << options.file << " cannot be read.\n";
    return kUnusable;
  }
  Recording recording;
  const RecordingProblem problem = ReadRecording(bytes, &recording);
  if (!problem.empty()) {
    std::cerr << options.file << ", byte " << problem.offset << ": " << problem.what << "\n";
    return kUnusable;
  }
  std::cout << DescribeRecording(recording) << "\n\n";
  return options.update_file.empty() ? Printer(recording, options).Run()
                                     : Update(bytes, recording, options.update_file);
}

}  // namespace
}  // namespace civic

int main(int count, char** arguments) { return civic::Run(count, arguments); }
