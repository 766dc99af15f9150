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

// With a server that acknowledges, what was sent together and refused must not end behind what was
// sent later.
class EngineBatchingWithV2 : public testing::Test {
 protected:
  EngineBatchingWithV2() {
    world.protocol = "civic-engagement-v2";
    world.Connect();
    Greet();
  }

  void Greet() {
    world.RunUntil([&] { return world.open_socket() != kNoSocket; });
    world.Frame(R"({"type":"welcome","messageId":)" +
                world.Sent("hello").back().json["messageId"].dump() + R"(,"data":{}})");
    world.sent.clear();
  }
  // The first leaves alone, the next two as a batch.
  void SendTrial() {
    Vote(1);
    Vote(2);
    Vote(3);
    world.RunFor(1000);
    ASSERT_EQ(Sent(), (Texts{"1", "2 3"}));
  }
  void Vote(int number) {
    world.Send(static_cast<std::uint32_t>(number),
               R"({"type":"vote_update","data":{"n":)" + std::to_string(number) + "}}");
  }
  // Numbers of the messages, frame by frame.
  Texts Sent() const {
    Texts sent;
    for (const EngineWorld::SentFrame& frame : world.sent) {
      if (frame.type() == "vote_update") {
        sent.push_back(frame.json["data"]["n"].dump());
      } else if (frame.type() == "batch") {
        std::string numbers;
        for (const Json& message : frame.json["messages"]) {
          numbers += (numbers.empty() ? "" : " ") + message["data"]["n"].dump();
        }
        sent.push_back(numbers);
      }
    }
    return sent;
  }
  std::string IdOf(const Json& message) const { return message["messageId"].dump(); }
  Json Batch() const { return world.Sent("batch").back().json; }
  void Acknowledge(const Json& message) {
    world.Frame(R"({"type":"ack","messageId":)" + IdOf(message) + "}");
  }

  EngineWorld world{[] {
    EngineConfig config = EngineWorld::DefaultConfig();
    config.batching = {true, 10, 1000};
    config.session.token_on_demand = false;
    return config;
  }()};
};

TEST_F(EngineBatchingWithV2, NothingOvertakesAFirstBatchThatMayBeRefused) {
  SendTrial();
  Vote(4);
  world.RunFor(3000);
  EXPECT_EQ(Sent(), (Texts{"1", "2 3"}));
  world.Frame(R"({"type":"error","messageId":)" + IdOf(Batch()) +
              R"(,"data":{"error":"no batches here","originalType":"batch"}})");
  EXPECT_EQ(Sent(), (Texts{"1", "2 3", "2", "3", "4"}));
}

TEST_F(EngineBatchingWithV2, AfterTheFirstBatchIsAcknowledgedOthersFollowWithoutWaiting) {
  SendTrial();
  Vote(4);
  Vote(5);
  Acknowledge(Batch()["messages"][0]);
  world.RunFor(1000);
  Vote(6);
  Vote(7);
  world.RunFor(1000);
  EXPECT_EQ(Sent(), (Texts{"1", "2 3", "4 5", "6 7"}));
}

TEST_F(EngineBatchingWithV2, AnAnswerToWhatWasSentAloneSaysNothingOfTheBatch) {
  SendTrial();
  Acknowledge(world.Sent("vote_update").front().json);
  Vote(4);
  world.RunFor(2000);
  EXPECT_EQ(Sent(), (Texts{"1", "2 3"}));
}

TEST_F(EngineBatchingWithV2, AFirstBatchThatNobodyAnswersIsSentAgainBeforeWhatFollows) {
  SendTrial();
  Acknowledge(world.Sent("vote_update").front().json);
  Vote(4);
  // The pings of the world are answered, so the connection lives.
  world.RunFor(16'000);
  const Texts sent = Sent();
  ASSERT_GE(sent.size(), 3U);
  EXPECT_TRUE(sent[2].starts_with("2")) << sent[2];
}

TEST_F(EngineBatchingWithV2, EveryConnectionIsTriedAnew) {
  SendTrial();
  Acknowledge(Batch()["messages"][0]);
  Acknowledge(Batch()["messages"][1]);
  Acknowledge(world.Sent("vote_update").front().json);
  world.Drop(1006);
  Greet();
  SendTrial();
  Vote(4);
  world.RunFor(2000);
  EXPECT_EQ(Sent(), (Texts{"1", "2 3"}));
}

}  // namespace
}  // namespace civic
