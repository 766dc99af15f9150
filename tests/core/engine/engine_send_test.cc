// What pages send: every command gets exactly one result, and nothing is dropped in silence.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/engine_world.h"

namespace civic {
namespace {

using Texts = std::vector<std::string>;

class EngineSend : public testing::Test {
 protected:
  static EngineConfig Config() {
    EngineConfig config = EngineWorld::DefaultConfig();
    config.outbox_messages = 3;
    config.outbox_bytes = 200;
    config.max_message_bytes = 100;
    config.session.reconnect.max_attempts = 1;
    return config;
  }

  // Such as "4 ok"; drained on the way.
  Texts Results(PageId page = 1) {
    world.Drain(page);
    Texts results;
    for (const Happening& result : world.page(page).Of(wire_number::kCommandResult)) {
      const auto code = static_cast<ErrorCode>(result.a);
      results.push_back(std::to_string(result.key) + " " + std::string(ErrorName(code)));
      if (code != ErrorCode::kOk) {
        EXPECT_TRUE(result.json().contains("error")) << result.text;
      }
    }
    world.page(page).happenings.clear();
    return results;
  }

  static std::string Message(const std::string& name) { return R"({"type":")" + name + R"("})"; }

  Texts SentTypes() const {
    Texts types;
    for (const EngineWorld::SentFrame& frame : world.sent) {
      types.push_back(frame.type());
    }
    return types;
  }

  EngineWorld world{Config()};
};

TEST_F(EngineSend, OnAConnectionItIsSentAsItIs) {
  world.BringUp();
  world.Send(4, R"( {"type":"vote_update" , "n":1.0} )");
  EXPECT_EQ(world.sent.back().text, R"( {"type":"vote_update" , "n":1.0} )");
  EXPECT_EQ(Results(), Texts{"4 ok"});
  EXPECT_EQ(world.counter(Counter::kMessagesSent), 1);
}

TEST_F(EngineSend, WithoutAConnectionItWaitsAndLeavesInOrderAfterTheSubscriptions) {
  const PageId other = world.AddPage();
  world.Send(1, Message("a"));
  world.Send(1, Message("b"), other);
  world.Subscribe(1, "bill:1");
  EXPECT_EQ(Results(), Texts{});
  world.BringUp();
  EXPECT_EQ(SentTypes(), (Texts{"subscribe", "a", "b"}));
  EXPECT_EQ(Results(), Texts{"1 ok"});
  EXPECT_EQ(Results(other), Texts{"1 ok"});
}

TEST_F(EngineSend, TheOutboxIsBoundedAndTheNewestIsRefused) {
  for (std::uint32_t command = 1; command <= 5; ++command) {
    world.Send(command, Message("m" + std::to_string(command)));
  }
  EXPECT_EQ(Results(), (Texts{"4 outbox-full", "5 outbox-full"}));
  world.BringUp();
  EXPECT_EQ(SentTypes(), (Texts{"m1", "m2", "m3"}));
  EXPECT_EQ(Results(), (Texts{"1 ok", "2 ok", "3 ok"}));
}

TEST_F(EngineSend, WhatWaitsSurvivesAReconnect) {
  world.BringUp();
  world.Drop(1006);
  world.Send(1, Message("a"));
  ASSERT_TRUE(world.RunUntil(
      [&] { return world.engine.connection_state() == ConnectionState::kConnected; }));
  EXPECT_EQ(SentTypes(), Texts{"a"});
  EXPECT_EQ(Results(), Texts{"1 ok"});
}

TEST_F(EngineSend, WhenTheConnectionFailsEverythingThatWaitsIsRefused) {
  world.server_up = false;
  world.Connect();
  world.Send(1, Message("a"));
  world.Send(2, Message("b"));
  EXPECT_TRUE(
      world.RunUntil([&] { return world.engine.connection_state() == ConnectionState::kFailed; }));
  world.Send(3, Message("c"));
  EXPECT_EQ(Results(), (Texts{"1 not-connected", "2 not-connected", "3 not-connected"}));
}

TEST_F(EngineSend, DisconnectingRefusesWhatWaits) {
  world.server_up = false;
  world.Connect();
  world.Send(1, Message("a"));
  world.Disconnect();
  EXPECT_EQ(Results(), Texts{"1 not-connected"});
  world.Send(2, Message("b"));
  EXPECT_EQ(Results(), Texts{}) << "it waits for the next connect";
  world.server_up = true;
  world.BringUp();
  EXPECT_EQ(Results(), Texts{"2 ok"});
}

TEST_F(EngineSend, WhatIsTooLargeOrNoObjectIsRefusedAtOnce) {
  world.BringUp();
  world.Send(1, R"({"a":")" + std::string(100, 'x') + R"("})");
  world.Send(2, "");
  world.Send(3, "[]");
  world.Send(4, "{");
  world.Send(5, std::string("{\"a\":\"\0\"}", 9));
  EXPECT_EQ(Results(), (Texts{"1 message-too-large", "2 invalid-argument", "3 invalid-argument",
                              "4 invalid-argument", "5 invalid-argument"}));
  EXPECT_TRUE(world.sent.empty());
}

TEST_F(EngineSend, OfAGonePageNothingIsSent) {
  const PageId other = world.AddPage();
  world.Send(1, Message("a"), other);
  world.Send(2, Message("b"));
  world.RemovePage(other);
  world.BringUp();
  EXPECT_EQ(SentTypes(), Texts{"b"});
}

}  // namespace
}  // namespace civic
