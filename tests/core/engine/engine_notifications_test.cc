// The user's notifications through the whole engine.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/engine_world.h"

namespace civic {
namespace {

constexpr const char* kStateOnly = R"({"deliver":false})";

std::string Notification(const std::string& id, const std::string& priority,
                         const std::string& more = "") {
  return R"({"type":"notification","id":")" + id + R"(","title":"t","priority":")" + priority +
         R"(","timestamp":1)" + more + "}";
}

class EngineNotifications : public testing::Test {
 protected:
  EngineNotifications() {
    world.BringUp();
    world.Subscribe(1, "user_notifications", kStateOnly);
    world.Drain();
    world.wakes.clear();
  }

  // Such as "b! a": newest first, unread ones with a mark.
  std::string List(PageId page = 1) {
    world.Drain(page);
    std::string text;
    const std::string list = world.page(page).Value("user_notifications", CellKind::kNotifications);
    if (list.empty()) {
      return text;  // nothing is known
    }
    for (const Json& one : ParseJson(list)) {
      text += (text.empty() ? "" : " ") + one["id"].get<std::string>() +
              (one["read"].get<bool>() ? "" : "!");
    }
    return text;
  }
  Json Counts() {
    world.Drain();
    return ParseJson(world.page().Value("user_notifications", CellKind::kNotificationCounts));
  }
  void Change(const char* change, const char* id = "") {
    world.engine.ChangeNotifications(1, change, id, world.now());
  }

  EngineWorld world;
};

TEST_F(EngineNotifications, AreKeptNewestFirstAndCounted) {
  world.Frame(Notification("a", "low"));
  world.Frame(Notification("b", "medium"));
  EXPECT_EQ(List(), "b! a!");
  EXPECT_EQ(Counts()["unread"], 2);
  EXPECT_EQ(Counts()["byPriority"]["medium"], 1);
}

TEST_F(EngineNotifications, HighAndCriticalOnesDoNotWaitForAFrame) {
  world.Frame(Notification("a", "medium"));
  world.Frame(Notification("b", "critical"));
  EXPECT_EQ(world.wakes, (std::vector<EngineWorld::Wake>{{1, false}, {1, true}}));
}

TEST_F(EngineNotifications, DuplicatesCollapseAndAreToldOnce) {
  world.Listen(EventBit(EventKind::kNotification));
  world.Frame(Notification("a", "low"));
  world.Frame(Notification("a", "low"));
  EXPECT_EQ(List(), "a!");
  EXPECT_EQ(world.page().Of(wire_number::kEvent).size(), 1U);
}

TEST_F(EngineNotifications, APageChangesWhatEveryPageSees) {
  const PageId second = world.AddPage();
  world.Subscribe(1, "user_notifications", kStateOnly, second);
  for (const char* id : {"a", "b", "c"}) {
    world.Frame(Notification(id, "low"));
  }
  const std::size_t sent = world.sent.size();
  Change("read", "b");
  EXPECT_EQ(List(second), "c! b a!");
  Change("remove", "c");
  EXPECT_EQ(List(second), "b a!");
  Change("clearRead");
  EXPECT_EQ(List(), "a!");
  Change("readAll");
  EXPECT_EQ(List(), "a");
  Change("clear");
  EXPECT_EQ(List(), "");
  EXPECT_EQ(world.sent.size(), sent);
}

TEST_F(EngineNotifications, TheServerMarksAndClears) {
  world.Frame(Notification("a", "low"));
  world.Frame(Notification("b", "low"));
  world.Frame(R"({"type":"notification_read","notification_id":"a"})");
  EXPECT_EQ(List(), "b! a");
  world.Frame(R"({"type":"notification_clear","notification_id":"b"})");
  EXPECT_EQ(List(), "a");
  world.Frame(R"({"type":"notificationClear","clearAll":true})");
  EXPECT_EQ(List(), "");
}

TEST_F(EngineNotifications, Expire) {
  world.Frame(Notification("a", "low", R"(,"ttl":5000)"));
  world.Frame(Notification("b", "low"));
  EXPECT_EQ(List(), "b! a!");
  world.RunFor(5000);
  EXPECT_EQ(List(), "b!");
}

TEST_F(EngineNotifications, OfAnEarlierVisitAreMerged) {
  world.Listen(EventBit(EventKind::kNotification));
  world.Frame(Notification("a", "low"));
  world.Drain();
  const std::string saved = world.page().Value("user_notifications", CellKind::kNotifications);
  Change("clear");
  world.Frame(Notification("b", "low"));
  world.engine.RestoreNotifications(1, saved, world.now());
  EXPECT_EQ(List(), "b! a!");
  EXPECT_EQ(world.page().Of(wire_number::kEvent).size(), 2U);
}

TEST_F(EngineNotifications, OverTheLimitTheOldestGoAndAreCounted) {
  for (int i = 0; i < 103; ++i) {
    world.Frame(Notification(std::to_string(i), "low"));
  }
  EXPECT_EQ(Counts()["total"], 100);
  EXPECT_EQ(world.counter(Counter::kNotificationsDropped), 3);
}

TEST_F(EngineNotifications, AreForgottenWithTheirTopic) {
  world.Frame(Notification("a", "low"));
  world.Unsubscribe(1);
  world.RunFor(2000);
  Change("read", "a");
  world.Subscribe(2, "user_notifications", kStateOnly);
  EXPECT_EQ(List(), "");
}

TEST_F(EngineNotifications, AListenerGetsTheRecordAlsoWithoutASubscription) {
  world.Subscribe(2, "*", kStateOnly);
  world.Unsubscribe(1);
  world.RunFor(2000);
  world.Listen(EventBit(EventKind::kNotification));
  world.Frame(Notification("a", "high"));
  world.Drain();
  const auto events = world.page().Of(wire_number::kEvent);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].json()["id"], "a");
  EXPECT_EQ(events[0].json()["read"], false);
}

TEST_F(EngineNotifications, AChangeThereIsNoneOfIsOneError) {
  Change("burn", "a");
  world.Drain();
  EXPECT_EQ(world.page().Errors(), std::vector<std::string>{"invalid-argument"});
}

}  // namespace
}  // namespace civic
