// The engine with its real session: what is sent when connections come and go.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/engine_world.h"

namespace civic {
namespace {

using Texts = std::vector<std::string>;

TEST(EngineConnection, SubscriptionsMadeBeforeTheConnectionAreSentOnceWhenItIsThere) {
  EngineWorld world;
  for (std::uint32_t component = 1; component <= 50; ++component) {
    world.Subscribe(component, "bill:" + std::to_string(component % 20));
  }
  EXPECT_TRUE(world.sent.empty());
  world.BringUp();
  EXPECT_EQ(world.Subscriptions().size(), 20U);
}

TEST(EngineConnection, FiftyComponentsThatMountTwiceCostOneSubscribeAndOneUnsubscribeEach) {
  EngineWorld world;
  world.BringUp();
  const auto mount = [&] {
    for (std::uint32_t component = 1; component <= 50; ++component) {
      world.Subscribe(component, "bill:" + std::to_string(component % 20));
    }
  };
  const auto unmount = [&] {
    for (std::uint32_t component = 1; component <= 50; ++component) {
      world.Unsubscribe(component);
    }
  };
  mount();
  unmount();
  mount();
  world.RunFor(10'000);
  EXPECT_EQ(world.Subscriptions().size(), 20U);
  unmount();
  world.RunFor(1999);
  EXPECT_EQ(world.Subscriptions().size(), 20U);
  world.RunFor(1);
  EXPECT_EQ(world.Sent("unsubscribe").size(), 20U);
}

TEST(EngineConnection, AfterAReconnectEveryTopicIsSubscribedOnceAndStateIsKept) {
  EngineWorld world;
  world.BringUp();
  world.Subscribe(1, "bill:1");
  world.Subscribe(2, "bill:1");
  world.Subscribe(3, "bill:2", R"({"filters":{"type":"amendment"}})");
  world.Frame(BillUpdateText(1, 1));
  world.Drop(1006);
  const std::size_t before = world.sent.size();
  world.Subscribe(4, "bill:3");
  ASSERT_TRUE(world.RunUntil(
      [&] { return world.engine.connection_state() == ConnectionState::kConnected; }));
  EXPECT_EQ(world.Subscriptions(before),
            (Texts{"subscribe bill:1", "subscribe bill:2", "subscribe bill:3"}));
  EXPECT_EQ(world.sent[before + 1].json["filters"].dump(), R"({"type":"amendment"})");
  world.Frame(BillUpdateText(1, 2));
  world.Drain();
  EXPECT_EQ(world.page().Updates("bill:1").size(), 2U);
  EXPECT_EQ(world.page().States(),
            (Texts{"connecting", "connected", "reconnecting", "reconnecting", "connected"}));
  EXPECT_EQ(world.counter(Counter::kReconnects), 1);
}

TEST(EngineConnection, FramesAndClosesOfAnotherSocketAreIgnored) {
  EngineWorld world;
  world.Subscribe(1, "bill:1");
  world.engine.SocketFrame(kNoSocket, BillUpdateText(1, 0), true, world.now());
  world.BringUp();
  const SocketId socket = world.open_socket();
  world.engine.SocketFrame(socket + 1, BillUpdateText(1, 1), true, world.now());
  world.engine.SocketFrame(socket - 1, BillUpdateText(1, 1), true, world.now());
  world.engine.SocketClosed(socket + 1, 1006, "", world.now());
  world.engine.SocketFailed(socket + 1, "", world.now());
  world.Drain();
  EXPECT_EQ(world.page().Updates("bill:1"), Texts{});
  EXPECT_EQ(world.page().Errors(), Texts{});
  EXPECT_EQ(world.engine.connection_state(), ConnectionState::kConnected);
}

TEST(EngineConnection, ASilentServerIsPingedAndGivenUp) {
  EngineWorld world;
  world.BringUp();
  world.RunFor(60'000);
  EXPECT_GE(world.Sent("ping").size(), 2U);
  EXPECT_EQ(world.counter(Counter::kRoundTripMs), 40);
  EXPECT_EQ(world.counter(Counter::kReconnects), 0);
  world.answers_pings = false;
  EXPECT_TRUE(world.RunUntil([&] { return world.counter(Counter::kReconnects) == 1; }));
  ASSERT_EQ(world.closed.size(), 1U);
}

TEST(EngineConnection, APingOfTheServerIsAnswered) {
  EngineWorld world;
  world.BringUp();
  world.Frame(R"({"type":"ping","messageId":"x7"})");
  world.Frame(R"({"type":"heartbeat"})");
  ASSERT_EQ(world.Sent("pong").size(), 1U);
  EXPECT_EQ(world.Sent("pong")[0].json.value("messageId", ""), "x7");
}

TEST(EngineConnection, ARefusedSubscriptionIsNamed) {
  EngineWorld world;
  world.confirms_subscriptions = false;
  world.BringUp();
  world.Subscribe(1, "bill:7");
  const std::string id = world.sent.back().json.value("messageId", "");
  const std::string answer =
      R"({"type":"error","messageId":")" + id + R"(","data":{"error":"no such bill"}})";
  world.Frame(answer);
  world.Frame(answer);
  world.Drain();
  const auto errors = world.page().Of(wire_number::kError);
  ASSERT_EQ(errors.size(), 2U);
  Json refused = errors[0].json();
  EXPECT_EQ(refused["code"].get<std::string>(), "subscription-refused");
  EXPECT_EQ(refused["context"].value("topic", ""), "bill:7");
  EXPECT_NE(refused.value("message", "").find("no such bill"), std::string::npos);
  EXPECT_EQ(errors[1].json()["code"].get<std::string>(), "server-error") << "answered already";
  EXPECT_EQ(world.counter(Counter::kServerErrors), 2);
}

TEST(EngineConnection, EveryRefusedSubscriptionIsNamedAlsoInOneBundle) {
  EngineWorld world;
  world.confirms_subscriptions = false;
  world.BringUp();
  for (const char* topic : {"bill:7", "bill:8"}) {
    world.Subscribe(topic[5] == '7' ? 1 : 2, topic);
    world.Frame(R"({"type":"error","messageId":")" + world.sent.back().json.value("messageId", "") +
                R"(","data":{"error":"no such bill"}})");
  }
  world.Drain();
  const auto errors = world.page().Of(wire_number::kError);
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].json()["context"].value("topic", ""), "bill:7");
  EXPECT_EQ(errors[1].json()["context"].value("topic", ""), "bill:8");
  EXPECT_EQ(errors[1].count, 1U);
}

TEST(EngineConnection, AnErrorOfTheServerSaysWhatItWasAbout) {
  EngineWorld world;
  world.BringUp();
  world.Frame(R"({"type":"error","data":{"error":"too \u0066ast","originalType":"vote_update"}})");
  world.Drain();
  const auto errors = world.page().Of(wire_number::kError);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_NE(errors[0].text.find("too fast"), std::string::npos);
  EXPECT_EQ(errors[0].json()["context"].value("originalType", ""), "vote_update");
}

TEST(EngineConnection, TheServersRetryAfterIsHeeded) {
  EngineWorld world;
  world.BringUp();
  world.Frame(R"({"type":"error","data":{"error":"overloaded","retryAfter":30000}})");
  world.Drop(1013);
  const std::size_t attempts = world.opened.size();
  world.RunFor(29'999);
  EXPECT_EQ(world.opened.size(), attempts);
  EXPECT_TRUE(world.RunUntil([&] { return world.opened.size() > attempts; }, 40'000));
}

TEST(EngineConnection, ATokenIsAskedForAndSentInTheQuery) {
  EngineConfig config = EngineWorld::DefaultConfig();
  config.session.token_on_demand = true;
  EngineWorld world(config);
  const PageId other = world.AddPage();
  world.Connect();
  world.DrainAll();
  const auto wanted = world.page().Of(wire_number::kTokenWanted);
  ASSERT_EQ(wanted.size(), 1U);
  EXPECT_EQ(world.page(other).Of(wire_number::kTokenWanted).size(), 1U);
  EXPECT_TRUE(world.opened.empty());
  world.engine.ProvideToken(other, wanted[0].key, "s3cret", world.now());
  world.RunFor(1000);
  ASSERT_EQ(world.opened.size(), 1U);
  EXPECT_NE(world.opened[0].url.find("token=s3cret"), std::string::npos);
  EXPECT_EQ(world.engine.connection_state(), ConnectionState::kConnected);
}

TEST(EngineConnection, ATokenInAMessageHasToBeConfirmedBeforeAnythingElseIsSent) {
  EngineConfig config = EngineWorld::DefaultConfig();
  config.session.auth = AuthMode::kMessage;
  EngineWorld world(config);
  world.Subscribe(1, "bill:1");
  world.Send(1, R"({"type":"first"})");
  world.Connect(1, "s3cret");
  world.RunFor(1000);
  ASSERT_EQ(world.sent.size(), 3U);
  EXPECT_EQ(world.sent[0].type(), "auth");
  EXPECT_EQ(world.sent[1].type(), "subscribe");
  EXPECT_EQ(world.sent[2].type(), "first");
  EXPECT_GT(world.sent[1].at, world.sent[0].at);
}

TEST(EngineConnection, WhatIsConfirmedAndRefusedInOneFrameSendsNothingIntoTheClosedSocket) {
  EngineConfig config = EngineWorld::DefaultConfig();
  config.session.auth = AuthMode::kMessage;
  EngineWorld world(config);
  world.confirms_authentication = false;
  world.Subscribe(1, "bill:1");
  world.Send(1, R"({"type":"first"})");
  world.Connect(1, "s3cret");
  world.RunFor(100);
  world.Frame(R"({"type":"batch","messages":[)"
              R"({"type":"auth_confirmation","data":{"authenticated":true}},)"
              R"({"type":"auth_confirmation","data":{"authenticated":false}}]})");
  for (const EngineWorld::SentFrame& frame : world.sent) {
    EXPECT_EQ(frame.socket, world.opened[0].socket);
  }
}

TEST(EngineConnection, TheTokenIsInNoBundle) {
  EngineConfig config = EngineWorld::DefaultConfig();
  config.session.auth = AuthMode::kQuery;
  EngineWorld world(config);
  world.Connect(1, "s3cret");
  world.engine.SocketFailed(world.opened.back().socket,
                            "The URL 'wss://bills.example/ws?token=s3cret' is invalid.",
                            world.now());
  world.Drain();
  EXPECT_FALSE(world.page().happenings.empty());
  EXPECT_EQ(world.last_bundle().find("s3cret"), std::string::npos);
}

}  // namespace
}  // namespace civic
