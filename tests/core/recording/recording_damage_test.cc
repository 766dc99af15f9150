// Whatever happened to a file, it is read, or there is one sentence that says what is wrong and
// where.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "civic/recording/checksum.h"
#include "civic/replay/recording.h"
#include "civic/replay/replay.h"
#include "recording/recorded_life.h"

namespace civic {
namespace {

RecordingProblem Read(std::string_view file) {
  Recording recording;
  return ReadRecording(file, &recording);
}

std::string Life(std::uint64_t seed, std::size_t max_bytes) {
  RecordedLife life({.seed = seed, .max_bytes = max_bytes, .is_v2 = true, .steps = 900});
  life.Run();
  return life.Export();
}

std::string WithNewChecksum(std::string file) {
  file.resize(file.size() - kChecksumBytes);
  AppendChecksum(&file);
  return file;
}

TEST(RecordingDamage, SaysWhatIsWrongAndWhere) {
  const std::string file = Life(1, 160U << 10U);
  EXPECT_EQ(Read("").what, "This is no recording: it does not begin with CIVICREC.");
  EXPECT_EQ(Read("<!doctype html>").offset, 0U);
  std::string later = file;
  later[8] = 2;
  EXPECT_EQ(Read(later).what, "It is of format 2; this reads format 1.");
  std::string flipped = file;
  flipped[file.size() / 2] = static_cast<char>(flipped[file.size() / 2] ^ 1);
  EXPECT_FALSE(Read(flipped).empty());
  std::string kind = file;
  kind[12] = 0x3f;
  EXPECT_EQ(Read(kind).what, "The entry cannot be read: 63 is no kind of entry.");
  EXPECT_EQ(Read(kind).offset, 12U);
}

TEST(RecordingDamage, EveryCutIsFound) {
  const std::string file = Life(2, 160U << 10U);
  for (std::size_t size = 0; size < file.size(); size += 1 + size / 40) {
    const RecordingProblem problem = Read(std::string_view(file).substr(0, size));
    EXPECT_FALSE(problem.empty()) << size;
    EXPECT_LE(problem.offset, size);
    EXPECT_TRUE(problem.what.ends_with(".")) << problem.what;
  }
}

TEST(RecordingDamage, EveryChangedByteIsFound) {
  const std::string file = Life(3, 160U << 10U);
  Random random(4);
  for (int i = 0; i < 300; ++i) {
    std::string damaged = file;
    char& byte = damaged[random.Next() % damaged.size()];
    byte = static_cast<char>(byte ^ static_cast<char>(1U << (random.Next() % 8)));
    EXPECT_FALSE(Read(damaged).empty());
  }
}

// With a checksum that fits, damage gets as far as the engine, which takes it or says no.
TEST(RecordingDamage, WhatGetsThroughBreaksNothing) {
  const std::string file = Life(5, 160U << 10U);
  Random random(6);
  int replayed = 0;
  int refused = 0;
  for (int i = 0; i < 150; ++i) {
    std::string damaged = file;
    for (std::uint64_t j = 0; j <= random.Next() % 4; ++j) {
      // Digits, so that JSON mostly stays JSON and states say something else.
      const std::size_t at = damaged.find_first_of("0123456789", random.Next() % damaged.size());
      if (at < damaged.size()) {
        damaged[at] = static_cast<char>('0' + random.Next() % 10);
      }
    }
    damaged = WithNewChecksum(std::move(damaged));
    Recording recording;
    if (!ReadRecording(damaged, &recording).empty()) {
      ++refused;
      continue;
    }
    Replay replay(recording);
    Replay::Step step;
    while (replay.Next(&step)) {
    }
    ++replayed;
  }
  EXPECT_GT(replayed, 20);
  EXPECT_GT(replayed + refused, 0);
}

TEST(RecordingDamage, AStateThatCannotBeSaysWhy) {
  Recording recording;
  const auto problem_of = [](std::string_view state) {
    EngineConfig config;
    EXPECT_TRUE(ReadEngineConfig(R"({"url":"wss://bills.example/ws"})", &config).empty());
    Engine engine(config, 1);
    ActionTally actions;
    return engine.RestoreState(state, &actions);
  };
  EXPECT_EQ(problem_of("no"), "the state: it must be an object");
  EXPECT_EQ(problem_of(R"({"session":{"phase":9}})"),
            "session.phase: it must be a whole number from 0 to 5");
  EXPECT_EQ(problem_of(R"({"session":{"heartbeat":{"visible":3}}})"),
            "session.heartbeat.visible: it must be true or false");
  EXPECT_EQ(problem_of(R"({"routing":{"topics":[{"name":"bill:1","key":1,"watches":[]}]}})"),
            "routing: topics and subscriptions do not fit together");
  EXPECT_EQ(problem_of(R"({"routing":{"topics":[{"name":"bill:1","key":1,"watches":[{"page":7}],)"
                       R"("subscriptions":[{"page":7,"handle":1}]}]}})"),
            "routing: bill:1 is watched by page 7, which does not exist");
  EXPECT_EQ(problem_of(R"({"streams":{"asking":[3]}})"),
            "streams: streams and topics do not fit together");
  EXPECT_EQ(problem_of("{}"), "");
}

}  // namespace
}  // namespace civic
