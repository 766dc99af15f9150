// What each page is handed, and when it is woken for it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "civic/engine/event_kind.h"
#include "support/engine_world.h"

namespace civic {
namespace {

using Texts = std::vector<std::string>;
using Wakes = std::vector<EngineWorld::Wake>;

constexpr std::string_view kStateOnly = R"({"deliver":false})";

class EnginePages : public testing::Test {
 protected:
  static EngineConfig Config() {
    EngineConfig config = EngineWorld::DefaultConfig();
    config.store.bill_updates = 3;
    config.event_queue_bytes = 2000;
    config.session.heartbeat.enabled = false;
    return config;
  }

  void SetUp() override {
    world.BringUp();
    world.RunFor(100);
    Quiet();
  }

  void Quiet() {
    world.RunFor(100);
    world.DrainAll();
    world.wakes.clear();
  }

  EngineWorld world{Config()};
};

TEST_F(EnginePages, ABundleCarriesItsPageItsTimeAndEveryCounter) {
  world.Subscribe(1, "bill:7", kStateOnly);
  world.Frame(BillUpdateText(7, 1));
  ASSERT_TRUE(world.Drain());
  const PageModel& page = world.page();
  EXPECT_EQ(page.counter_count(), kCounterCount);
  EXPECT_EQ(page.counter(Counter::kTopicsActive), 1);
  EXPECT_EQ(page.counter(Counter::kSubscriptionsActive), 1);
  EXPECT_EQ(page.counter(Counter::kRecordsStored), 1);
  EXPECT_GT(page.counter(Counter::kCacheBytes), 0);
  EXPECT_EQ(page.counter(Counter::kBundlesDrained), static_cast<double>(page.bundles));
  EXPECT_FALSE(world.Drain()) << "nothing is handed over twice";
}

TEST_F(EnginePages, OnlyNewRecordsCross) {
  world.Subscribe(1, "bill:7", kStateOnly);
  std::size_t received = 0;
  for (int number = 0; number < 10; ++number) {
    world.Frame(BillUpdateText(7, number));
    world.Drain();
    EXPECT_EQ(world.page().records_received, ++received);
  }
  EXPECT_EQ(world.page().Updates("bill:7"),
            (Texts{BillUpdateRecord(7, 7), BillUpdateRecord(7, 8), BillUpdateRecord(7, 9)}));
  EXPECT_EQ(world.counter(Counter::kRecordsConflated), 0);
}

TEST_F(EnginePages, ALatePageGetsTheWholeStateAndNothingOfItIsConflated) {
  world.Subscribe(1, "bill:7", kStateOnly);
  for (int number = 0; number < 10; ++number) {
    world.Frame(BillUpdateText(7, number));
    world.Drain();
  }
  world.Frame(R"({"type":"engagement_metrics","bill_id":7,"view_count":5,"timestamp":1})");
  const PageId late = world.AddPage();
  world.Subscribe(1, "bill:7", kStateOnly, late);
  world.DrainAll();
  EXPECT_EQ(world.page(late).Updates("bill:7"), world.page().Updates("bill:7"));
  EXPECT_EQ(world.page(late).Engagement("bill:7"), world.page().Engagement("bill:7"));
  EXPECT_EQ(world.page(late).States(), Texts{"connected"});
  EXPECT_EQ(world.counter(Counter::kRecordsConflated), 0);
  EXPECT_EQ(world.Subscriptions(), Texts{"subscribe bill:7"});
}

TEST_F(EnginePages, WhatIsOverwrittenBeforeTheFirstBundleOfATopicCountsAsConflatedToo) {
  world.Subscribe(1, "bill:7", kStateOnly);
  for (int number = 0; number < 10; ++number) {
    world.Frame(BillUpdateText(7, number));
  }
  world.Drain();
  EXPECT_EQ(world.counter(Counter::kRecordsConflated), 7);
}

TEST_F(EnginePages, ATopicThatClosesTakesItsStateAlong) {
  world.Subscribe(1, "bill:7", kStateOnly);
  world.Frame(BillUpdateText(7, 1));
  world.Drain();
  world.Unsubscribe(1);
  EXPECT_FALSE(world.Drain());
  world.RunFor(2000);
  world.Drain();
  EXPECT_FALSE(world.page().IsOpen("bill:7"));
  world.Subscribe(2, "bill:7", kStateOnly);
  world.Drain();
  EXPECT_TRUE(world.page().IsOpen("bill:7"));
  EXPECT_EQ(world.page().Updates("bill:7"), Texts{});
}

TEST_F(EnginePages, AnEventKeepsTheNameOfItsTopicThoughItsPlaceIsTakenBeforeTheBundle) {
  world.Listen(EventBit(EventKind::kBillUpdate));
  world.Subscribe(1, "bill:7", kStateOnly);
  world.Frame(BillUpdateText(7, 1));
  world.Unsubscribe(1);
  world.RunFor(2000);
  world.Subscribe(2, "bill:8", kStateOnly);
  world.Drain();
  const auto events = world.page().Of(wire_number::kEvent);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].topic, "bill:7");
}

TEST_F(EnginePages, APageIsWokenOnceUntilItIsDrained) {
  world.Subscribe(1, "bill:7", kStateOnly);
  Quiet();
  world.Frame(BillUpdateText(7, 1));
  world.Frame(BillUpdateText(7, 2));
  EXPECT_EQ(world.wakes, (Wakes{{1, false}}));
  world.Drain();
  world.Frame(BillUpdateText(7, 3));
  EXPECT_EQ(world.wakes, (Wakes{{1, false}, {1, false}}));
}

TEST_F(EnginePages, SomethingUrgentWakesAPageThatIsAlreadyWaiting) {
  world.Subscribe(1, "bill:7", kStateOnly);
  Quiet();
  world.Frame(BillUpdateText(7, 1));
  EXPECT_EQ(world.engine.StateOf(1), BundleState::kNextFrame);
  world.Send(5, "{}");
  EXPECT_EQ(world.engine.StateOf(1), BundleState::kUrgent);
  world.Send(6, "{}");
  EXPECT_EQ(world.wakes, (Wakes{{1, false}, {1, true}}));
}

TEST_F(EnginePages, AMessageWithTwoReasonsToWakeWakesOnce) {
  world.Subscribe(1, "bill:7", R"({"priority":"high"})");
  Quiet();
  world.Frame(BillUpdateText(7, 1));
  EXPECT_EQ(world.wakes, (Wakes{{1, true}}));
}

TEST_F(EnginePages, PriorityDecidesWhetherADeliveryWaitsForAFrame) {
  world.Subscribe(1, "bill:7", R"({"priority":"low"})");
  world.Subscribe(2, "bill:8", R"({"priority":"high"})");
  Quiet();
  world.Frame(BillUpdateText(7, 1));
  EXPECT_EQ(world.engine.StateOf(1), BundleState::kNextFrame);
  world.Frame(BillUpdateText(8, 1));
  EXPECT_EQ(world.engine.StateOf(1), BundleState::kUrgent);
}

TEST_F(EnginePages, AHiddenPagesStateWaitsUntilItIsVisible) {
  world.Subscribe(1, "bill:7", kStateOnly);
  Quiet();
  world.SetVisible(false);
  world.Frame(BillUpdateText(7, 1));
  world.Subscribe(2, "bill:8", kStateOnly);
  EXPECT_EQ(world.engine.StateOf(1), BundleState::kNothing);
  EXPECT_EQ(world.wakes, Wakes{});
  world.SetVisible(true);
  EXPECT_EQ(world.engine.StateOf(1), BundleState::kNextFrame);
  EXPECT_EQ(world.wakes, (Wakes{{1, false}}));
  world.Drain();
  EXPECT_EQ(world.page().Updates("bill:7").size(), 1U);
}

TEST_F(EnginePages, APageThatHidesAfterItWasWokenIsWokenAgainWhenItIsVisible) {
  world.Subscribe(1, "bill:7", kStateOnly);
  Quiet();
  world.Frame(BillUpdateText(7, 1));
  world.SetVisible(false);
  EXPECT_EQ(world.engine.StateOf(1), BundleState::kNothing);
  world.wakes.clear();
  world.SetVisible(true);
  EXPECT_EQ(world.wakes, (Wakes{{1, false}}));
}

TEST_F(EnginePages, EventsOfAHiddenPageDoNotWait) {
  world.Subscribe(1, "bill:7");
  Quiet();
  world.SetVisible(false);
  world.Frame(BillUpdateText(7, 1));
  EXPECT_EQ(world.engine.StateOf(1), BundleState::kNextFrame);
}

TEST_F(EnginePages, ASlowPageLosesMessagesOverItsQueueAndIsTheOnlyOneToldSo) {
  const PageId other = world.AddPage();
  world.Subscribe(1, "bill:7");
  world.Subscribe(1, "bill:7", kStateOnly, other);
  Quiet();
  Texts sent;
  for (int number = 0; number < 100; ++number) {
    sent.push_back(BillUpdateText(7, number));
    world.Frame(sent.back());
  }
  world.DrainAll();
  const Texts delivered = world.page().Deliveries(1);
  ASSERT_GT(delivered.size(), 5U);
  ASSERT_LT(delivered.size(), 20U);
  EXPECT_EQ(delivered, Texts(sent.begin(), sent.begin() + static_cast<long>(delivered.size())));
  EXPECT_EQ(world.page().Updates("bill:7").size(), 3U) << "state conflates and is never lost";
  const auto errors = world.page().Of(wire_number::kError);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].json()["code"].get<std::string>(), "events-dropped");
  EXPECT_EQ(errors[0].count, 100 - delivered.size());
  EXPECT_EQ(world.counter(Counter::kEventsDropped), static_cast<double>(100 - delivered.size()));
  EXPECT_EQ(world.page(other).Errors(), Texts{});
  world.Frame(BillUpdateText(7, 200));
  world.Drain();
  EXPECT_EQ(world.page().Deliveries(1).back(), BillUpdateText(7, 200));
}

TEST_F(EnginePages, AGonePageLeavesNothingBehind) {
  const PageId other = world.AddPage();
  world.Subscribe(1, "bill:7", "", other);
  world.Subscribe(2, "bill:8", "", other);
  world.Subscribe(1, "bill:7");
  world.Listen(0xfff, other);
  Quiet();
  world.RemovePage(other);
  EXPECT_EQ(world.Subscriptions(),
            (Texts{"subscribe bill:7", "subscribe bill:8", "unsubscribe bill:8"}));
  world.Frame(BillUpdateText(7, 1));
  world.Frame(BillUpdateText(8, 1));
  EXPECT_TRUE(world.engine.DrainBundle(other, world.now()).empty());
  EXPECT_EQ(world.engine.StateOf(other), BundleState::kNothing);
  world.Subscribe(9, "bill:9", "", other);
  world.Send(9, "{}", other);
  world.engine.RemovePage(other, world.now());
  EXPECT_EQ(world.Subscriptions().size(), 3U);
  EXPECT_NE(world.AddPage(), other) << "page ids are never used again";
}

}  // namespace
}  // namespace civic
