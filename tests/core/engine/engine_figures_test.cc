// What the engine counted for one page and each of its topics, told when somebody asks.
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "civic/engine/topic_figures.h"
#include "support/engine_world.h"

namespace civic {
namespace {

using Row = std::map<std::string, std::int64_t>;

class EngineFigures : public testing::Test {
 protected:
  explicit EngineFigures(const EngineConfig& config = EngineWorld::DefaultConfig())
      : world(config) {}

  // In the order of the topics' keys, which is that of their subscriptions.
  std::vector<Row> Topics(PageId page = 1) {
    std::vector<Row> rows;
    const Json told = world.Figures(page);
    for (const Json& figures : told["topics"]) {
      Row row;
      EXPECT_EQ(figures.size(), kTopicFigureNames.size());
      for (std::size_t i = 0; i < figures.size(); ++i) {
        row[std::string(kTopicFigureNames[i])] = figures[i].get<std::int64_t>();
      }
      rows.push_back(row);
    }
    return rows;
  }

  EngineWorld world;
};

TEST_F(EngineFigures, CountMessagesAndTheirBytesForEveryTopicTheyAreOf) {
  world.Subscribe(1, "bill:1");
  world.Subscribe(2, "bill:2");
  world.Subscribe(3, "*");
  world.Subscribe(4, "local:engagement");
  world.BringUp();
  const std::string one = BillUpdateText(1, 1);
  const std::string other = BillUpdateText(2, 1, "longer than the other");
  const std::string before = R"({"type":"unheard_of"})";
  world.Frame(before);
  world.RunFor(500);
  world.Frame(R"({"type":"batch","messages":[)" + one + "," + other + "," + one + "]}");
  world.Frame(BillUpdateText(7, 1));

  const std::vector<Row> topics = Topics();
  ASSERT_EQ(topics.size(), 3U) << "what is the engine's own has no server";
  EXPECT_EQ(topics[0].at("messages"), 2);
  EXPECT_EQ(topics[0].at("bytes"), static_cast<std::int64_t>(2 * one.size()));
  EXPECT_EQ(topics[0].at("lastMessageAt"), static_cast<std::int64_t>(world.now()));
  EXPECT_GT(topics[0].at("cacheBytes"), 0);
  EXPECT_EQ(topics[1].at("messages"), 1);
  EXPECT_EQ(topics[1].at("bytes"), static_cast<std::int64_t>(other.size()));
  EXPECT_GE(topics[2].at("messages"), 5) << "everything, unknown types too";
  EXPECT_EQ(topics[2].at("cacheBytes"), 0) << "everything keeps nothing";
}

TEST_F(EngineFigures, AnswerAtOnceAndOnlyThePageThatAsks) {
  world.AddPage();
  world.Subscribe(1, "bill:1");
  world.Subscribe(1, "bill:2", "", 2);
  world.BringUp();
  world.DrainAll();
  world.wakes.clear();
  world.SetVisible(false, 2);
  EXPECT_EQ(Topics(2).size(), 1U);
  ASSERT_EQ(world.wakes.size(), 1U);
  EXPECT_EQ(world.wakes[0], (EngineWorld::Wake{2, true}));
  EXPECT_FALSE(world.Drain(1));
  EXPECT_TRUE(world.page(1).Of(wire_number::kFigures).empty());
  world.engine.ReportFigures(77, 0, world.now());
}

TEST_F(EngineFigures, ConflatedIsWhatAPageCameTooLateFor) {
  world.AddPage();
  world.Subscribe(1, "bill:1");
  world.Subscribe(1, "bill:1", "", 2);
  world.BringUp();
  world.DrainAll();
  for (int number = 0; number < 60; ++number) {
    world.Frame(BillUpdateText(1, number));
    world.Drain(2);
  }
  world.Drain(1);
  EXPECT_EQ(Topics(1)[0].at("conflated"), 10) << "the newest 50 of 60 are kept";
  EXPECT_EQ(Topics(2)[0].at("conflated"), 0);
}

TEST_F(EngineFigures, TellHowLongTheNewestPingsTook) {
  world.one_way_ms = 30;
  world.BringUp();
  world.RunFor(300'000);
  const Json figures = world.Figures();
  ASSERT_GT(figures["roundTripsMs"].size(), 3U);
  for (const Json& round_trip : figures["roundTripsMs"]) {
    EXPECT_EQ(round_trip, 60);
  }
  EXPECT_EQ(figures["countedAt"], static_cast<std::int64_t>(world.now()));
  EXPECT_EQ(figures["hostBytes"], 1 << 20);
}

class EngineFiguresOfAShortQueue : public EngineFigures {
 protected:
  EngineFiguresOfAShortQueue() : EngineFigures(Config()) {}

  static EngineConfig Config() {
    EngineConfig config = EngineWorld::DefaultConfig();
    config.event_queue_bytes = 400;
    return config;
  }
};

TEST_F(EngineFiguresOfAShortQueue, DroppedIsWhatTheFullQueueRefused) {
  world.Subscribe(1, "bill:1", R"({"deliver":true})");
  world.Subscribe(2, "bill:2");
  world.Listen(EventBit(EventKind::kBillUpdate));
  world.BringUp();
  world.DrainAll();
  for (int number = 0; number < 10; ++number) {
    world.Frame(BillUpdateText(1, number));
  }
  for (int number = 0; number < 3; ++number) {
    world.Frame(BillUpdateText(2, number));
  }
  const double dropped = world.counter(Counter::kEventsDropped);
  const std::vector<Row> topics = Topics();
  EXPECT_GT(topics[0].at("dropped"), 10);
  EXPECT_EQ(static_cast<double>(topics[0].at("dropped") + topics[1].at("dropped")), dropped);
}

}  // namespace
}  // namespace civic
