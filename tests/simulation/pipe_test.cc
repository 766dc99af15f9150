// A pipe is what TCP is: in order, late, and silent about its end unless somebody says so.
#include "pipe.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace civic::simulation {
namespace {

class PipeTest : public testing::Test {
 protected:
  PipeTest() {
    pipe.SetReceiver({[this](const Frame& frame) { Note(frame.text); },
                      [this](int code, const std::string&) { Note(std::to_string(code)); }});
  }

  void Note(const std::string& what) {
    arrived.push_back(what + " at " + std::to_string(static_cast<int>(queue.elapsed())));
  }
  void Send(const std::string& text) { pipe.Send({text, Frame::Kind::kOther, {}}); }
  void RunFor(DurationMs duration) { ASSERT_TRUE(queue.RunUntil(queue.now() + duration, 10'000)); }

  using Texts = std::vector<std::string>;
  EventQueue queue;
  Pipe pipe{queue, 1};
  Texts arrived;
};

TEST_F(PipeTest, IsLateByItsLatency) {
  Send("a");
  RunFor(100);
  EXPECT_EQ(arrived, Texts{"a at 20"});
}

TEST_F(PipeTest, KeepsOrderWhateverTheJitter) {
  pipe.SetPace({.latency_ms = 5, .jitter_ms = 200});
  Texts sent;
  for (char name = 'a'; name <= 'z'; ++name) {
    Send(std::string(1, name));
    sent.emplace_back(1, name);
  }
  RunFor(1000);
  Texts names;
  for (const std::string& one : arrived) {
    names.push_back(one.substr(0, 1));
  }
  EXPECT_EQ(names, sent);
}

TEST_F(PipeTest, WhatWaitsInASlowOneIsFastWhenThePipeIs) {
  pipe.SetPace({.latency_ms = 10, .jitter_ms = 0, .bytes_per_ms = 0.01});
  Send("a");
  Send("b");
  RunFor(150);
  pipe.SetPace({.latency_ms = 10, .jitter_ms = 0, .bytes_per_ms = 1});
  RunFor(1000);
  EXPECT_EQ(arrived, (Texts{"a at 110", "b at 161"}));
}

TEST_F(PipeTest, ASlowOneBuffers) {
  pipe.SetPace({.latency_ms = 10, .jitter_ms = 0, .bytes_per_ms = 1});
  Send(std::string(100, 'x'));
  Send(std::string(50, 'y'));
  EXPECT_EQ(pipe.BufferedBytes(), 150U);
  RunFor(101);
  EXPECT_EQ(pipe.BufferedBytes(), 50U);
  RunFor(1000);
  EXPECT_EQ(pipe.BufferedBytes(), 0U);
  EXPECT_EQ(arrived.size(), 2U);
  EXPECT_TRUE(arrived.back().ends_with(" at 160"));
}

TEST_F(PipeTest, AStallDelaysWhatIsUnderWay) {
  Send("a");
  pipe.Stall(queue.now() + 500);
  Send("b");
  EXPECT_EQ(pipe.BufferedBytes(), 2U);
  RunFor(499);
  EXPECT_EQ(arrived, Texts{});
  RunFor(100);
  EXPECT_EQ(arrived, (Texts{"a at 500", "b at 520"}));
}

TEST_F(PipeTest, HalfOpenNothingArrivesAndNobodyIsTold) {
  Send("a");
  pipe.Stall(kNever);
  pipe.Break(1006);
  RunFor(100'000);
  EXPECT_EQ(arrived, Texts{});
}

TEST_F(PipeTest, AnOrderlyEndComesAfterEverythingSent) {
  Send("a");
  pipe.Close(1001, "bye");
  Send("too late");
  RunFor(100);
  EXPECT_EQ(arrived, (Texts{"a at 20", "1001 at 20"}));
}

TEST_F(PipeTest, ABreakTakesWhatIsUnderWay) {
  Send("a");
  pipe.Break(1006);
  RunFor(100);
  EXPECT_EQ(arrived, Texts{"1006 at 20"});
}

}  // namespace
}  // namespace civic::simulation
