// Rates and movers through the whole engine: on while somebody watches, refreshed once a second.
#include <gtest/gtest.h>

#include <string>

#include "support/engine_world.h"

namespace civic {
namespace {

constexpr const char* kStateOnly = R"({"deliver":false})";

std::string Metrics(int bill, int views) {
  return R"({"type":"engagement_metrics","bill_id":)" + std::to_string(bill) + R"(,"view_count":)" +
         std::to_string(views) + R"(,"timestamp":1})";
}

class EngineAnalytics : public testing::Test {
 protected:
  EngineAnalytics() {
    world.BringUp();
    world.Subscribe(1, "bill:7", kStateOnly);
    world.Subscribe(2, "bill:8", kStateOnly);
  }

  Json Analytics(const std::string& topic = "bill:7") {
    world.Drain();
    return ParseJson(world.page().Value(topic, CellKind::kBillAnalytics));
  }

  EngineWorld world;
};

TEST_F(EngineAnalytics, CostNothingUntilSomebodyWatches) {
  world.Frame(Metrics(7, 10));
  world.Frame(Metrics(7, 20));
  world.RunFor(5000);
  EXPECT_TRUE(Analytics().is_discarded());
}

TEST_F(EngineAnalytics, TheServerHearsNothingOfTheTopicThatTurnsThemOn) {
  const std::size_t before = world.sent.size();
  world.Subscribe(3, "local:engagement", kStateOnly);
  world.Unsubscribe(3);
  world.RunFor(2000);
  EXPECT_EQ(world.sent.size(), before);
}

TEST_F(EngineAnalytics, CountWhatHappenedSinceTheFirstCounts) {
  world.Subscribe(3, "local:engagement", kStateOnly);
  world.Frame(Metrics(7, 100));
  world.Frame(Metrics(8, 100));
  world.RunFor(1000);
  world.Frame(Metrics(7, 130));
  world.Frame(Metrics(8, 101));
  world.RunFor(1000);
  const Json minute = Analytics()["windows"]["1m"]["views"];
  EXPECT_EQ(minute["total"], 30);
  EXPECT_EQ(minute["perMinute"], 30);
  const Json movers = ParseJson(world.page().Value("local:engagement", CellKind::kMovers));
  ASSERT_EQ(movers.size(), 2U);
  EXPECT_EQ(movers[0]["billId"], 7);
  EXPECT_EQ(movers[1]["billId"], 8);
}

TEST_F(EngineAnalytics, AreRefreshedOnceASecondHoweverManyMessages) {
  world.Subscribe(3, "local:engagement", kStateOnly);
  world.Frame(Metrics(7, 0));
  world.RunFor(1000);
  Analytics();
  for (int i = 1; i <= 100; ++i) {
    world.Frame(Metrics(7, i));
  }
  EXPECT_EQ(Analytics()["windows"]["1m"]["views"]["total"], 0);
  world.RunFor(1000);
  EXPECT_EQ(Analytics()["windows"]["1m"]["views"]["total"], 100);
}

TEST_F(EngineAnalytics, BeginAnewWhenSomebodyComesBack) {
  world.Subscribe(3, "local:engagement", kStateOnly);
  world.Frame(Metrics(7, 0));
  world.Frame(Metrics(7, 50));
  world.Unsubscribe(3);
  world.RunFor(3000);
  world.Subscribe(4, "local:engagement", kStateOnly);
  world.Frame(Metrics(7, 60));
  world.RunFor(1000);
  EXPECT_EQ(Analytics()["windows"]["1m"]["views"]["total"], 0);
}

}  // namespace
}  // namespace civic
