// Messages that travel together, through the whole engine.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/engine_world.h"

namespace civic {
namespace {

using Texts = std::vector<std::string>;

class EngineBatching : public testing::Test {
 protected:
  static EngineConfig Config() {
    EngineConfig config = EngineWorld::DefaultConfig();
    config.batching = {true, 10, 1000};
    return config;
  }

  EngineBatching() { world.BringUp(); }

  void Vote(std::uint32_t command) { world.Send(command, R"({"type":"vote_update"})"); }
  Texts SentTypes() const {
    Texts types;
    for (const EngineWorld::SentFrame& frame : world.sent) {
      types.push_back(frame.type());
    }
    return types;
  }
  std::size_t AnswerCount() {
    world.Drain();
    return world.page().Of(wire_number::kCommandResult).size();
  }

  EngineWorld world{Config()};
};

TEST_F(EngineBatching, ABurstIsOneMessageAndOneBatch) {
  for (std::uint32_t command = 1; command <= 5; ++command) {
    Vote(command);
  }
  EXPECT_EQ(SentTypes(), Texts{"vote_update"});
  EXPECT_EQ(AnswerCount(), 1U);
  world.RunFor(1000);
  EXPECT_EQ(SentTypes(), (Texts{"vote_update", "batch"}));
  EXPECT_EQ(world.sent.back().json["messages"].size(), 4U);
  EXPECT_EQ(AnswerCount(), 5U);
}

TEST_F(EngineBatching, CommandsAreNotDelayedAndOvertakeNothing) {
  Vote(1);
  Vote(2);
  Vote(3);
  world.Send(4, R"({"type":"subscribe","topic":"x"})");
  EXPECT_EQ(SentTypes(), (Texts{"vote_update", "batch", "subscribe"}));
}

TEST_F(EngineBatching, APageThatIsHiddenOrGoesSendsWhatItHas) {
  Vote(1);
  Vote(2);
  world.SetVisible(false);
  EXPECT_EQ(SentTypes(), (Texts{"vote_update", "vote_update"}));
  Vote(3);
  world.AddPage();
  world.RemovePage(1);
  EXPECT_EQ(world.Sent("vote_update").size(), 3U);
}

TEST_F(EngineBatching, WhatDidNotLeaveBeforeTheConnectionBrokeLeavesWithTheNext) {
  Vote(1);
  Vote(2);
  Vote(3);
  world.Drop(1006);
  world.RunUntil([&] { return world.engine.connection_state() == ConnectionState::kConnected; });
  EXPECT_EQ(SentTypes(), (Texts{"vote_update", "vote_update", "vote_update"}));
  EXPECT_EQ(AnswerCount(), 3U);
}

TEST_F(EngineBatching, AServerThatKnowsNoBatchLosesNothing) {
  Vote(1);
  Vote(2);
  Vote(3);
  world.RunFor(1000);
  ASSERT_EQ(world.sent.back().type(), "batch");
  world.Frame(R"({"type":"error","data":{"error":"unknown type","originalType":"batch"}})");
  EXPECT_EQ(SentTypes(), (Texts{"vote_update", "batch", "vote_update", "vote_update"}));
  world.Drain();
  EXPECT_TRUE(world.page().Errors().empty());
  EXPECT_EQ(world.counter(Counter::kServerErrors), 1);
  Vote(4);
  Vote(5);
  EXPECT_EQ(world.Sent("vote_update").size(), 5U);
}

}  // namespace
}  // namespace civic
