#include "civic/store/notification_table.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "store/notification_inbox.h"

namespace civic {
namespace {

using Json = nlohmann::json;
using Ids = std::vector<std::string>;
using Result = NotificationTable::Result;

constexpr MessageKind kReadMessage = MessageKind::kNotificationRead;
constexpr MessageKind kClearMessage = MessageKind::kNotificationClear;

TEST(NotificationTable, IsEmptyAtFirst) {
  const Inbox inbox;
  EXPECT_EQ(inbox.ListText(), "[]");
  std::string counts;
  inbox.table.WriteCounts(&counts);
  EXPECT_EQ(counts,
            R"({"total":0,"unread":0,"byType":{},"byPriority":{"low":0,"normal":0,"medium":0,)"
            R"("high":0,"critical":0}})");
  EXPECT_EQ(inbox.table.NextDeadline(), kNever);
}

TEST(NotificationTable, ListsTheNewestFirst) {
  Inbox inbox;
  for (const char* id : {"a", "b", "c"}) {
    const auto outcome = inbox.SendId(id);
    EXPECT_EQ(outcome.result, Result::kStored);
    EXPECT_TRUE(outcome.is_changed);
    EXPECT_EQ(inbox.LastRecord(), inbox.Record(id));
  }
  EXPECT_EQ(inbox.Ids(), (Ids{"c", "b", "a"}));
  EXPECT_EQ(inbox.Record("b")["arrival"], 2);
  EXPECT_TRUE(inbox.Record("d").is_null());
}

TEST(NotificationTable, HurriesForHighAndCriticalOnes) {
  Inbox inbox;
  EXPECT_TRUE(inbox.SendId("a", R"(,"priority":"high")").is_urgent);
  EXPECT_TRUE(inbox.SendId("b", R"(,"priority":"critical")").is_urgent);
  EXPECT_FALSE(inbox.SendId("c", R"(,"priority":"medium")").is_urgent);
  EXPECT_FALSE(inbox.SendId("a", R"(,"priority":"high")").is_urgent) << "it says nothing new";
}

TEST(NotificationTable, ReplacesTheOneOfTheSameId) {
  Inbox inbox;
  inbox.SendId("a");
  inbox.SendId("b");
  const auto outcome = inbox.Send(R"({"type":"notification","id":"a","title":"new"})");
  EXPECT_EQ(outcome.result, Result::kReplaced);
  EXPECT_TRUE(outcome.is_changed);
  EXPECT_EQ(inbox.Ids(), (Ids{"a", "b"}));
  EXPECT_EQ(inbox.Record("a")["title"], "new");
  EXPECT_EQ(inbox.Record("a")["arrival"], 3);
}

TEST(NotificationTable, TakesANumericIdForTheSameAsItsText) {
  Inbox inbox;
  inbox.Send(R"({"type":"notification","id":17,"title":"t"})");
  EXPECT_EQ(inbox.Send(R"({"type":"notification","id":"17","title":"u"})").result,
            Result::kReplaced);
  EXPECT_EQ(inbox.table.size(), 1U);
}

TEST(NotificationTable, MakesAReplacementUnreadOnlyIfPeopleSeeADifference) {
  Inbox inbox;
  inbox.SendId("a");
  inbox.table.Change(NotificationChange::kRead, "a");
  inbox.SendId("a", R"(,"data":{"link":"/x"})");
  EXPECT_EQ(inbox.Record("a")["read"], true);
  for (const char* more : {R"(,"message":"m")", R"(,"message":"m","priority":"high")",
                           R"(,"message":"m","priority":"high","notification_type":"x")"}) {
    inbox.table.Change(NotificationChange::kRead, "a");
    inbox.SendId("a", more);
    EXPECT_EQ(inbox.Record("a")["read"], false) << more;
  }
}

TEST(NotificationTable, LeavesEverythingAsItIsForADuplicate) {
  Inbox inbox;
  inbox.SendId("a", R"(,"ttl":5000,"data":{"x":1})");
  inbox.SendId("b");
  const std::string before = inbox.ListText();
  const auto outcome = inbox.Send(Inbox::Minimal("a", R"(,"ttl":5000,"data":{"x":1})"), 2000);
  EXPECT_EQ(outcome.result, Result::kUnchanged);
  EXPECT_FALSE(outcome.is_changed);
  EXPECT_EQ(inbox.table.record(), "");
  EXPECT_EQ(inbox.ListText(), before);
  EXPECT_EQ(inbox.table.NextDeadline(), 6000);
}

TEST(NotificationTable, BelievesAServerThatSaysItHasBeenRead) {
  Inbox inbox;
  inbox.SendId("a", R"(,"read":true)");
  EXPECT_EQ(inbox.table.unread_count(), 0U);
  inbox.SendId("b");
  inbox.SendId("c");
  const auto outcome = inbox.SendId("b", R"(,"read":true)");
  EXPECT_EQ(outcome.result, Result::kMarkedRead);
  EXPECT_TRUE(outcome.is_changed);
  EXPECT_EQ(inbox.Ids(), (Ids{"c", "b", "a"}));
  EXPECT_EQ(inbox.table.unread_count(), 1U);
  EXPECT_EQ(inbox.SendId("b", R"(,"read":false)").result, Result::kUnchanged);
  EXPECT_EQ(inbox.Record("b")["read"], true) << "the page knows better";
}

TEST(NotificationTable, DropsTheOldestReadOneFirst) {
  Inbox inbox({.count = 3});
  for (const char* id : {"a", "b", "c"}) {
    inbox.SendId(id);
  }
  inbox.table.Change(NotificationChange::kRead, "b");
  inbox.table.Change(NotificationChange::kRead, "c");
  EXPECT_EQ(inbox.SendId("d").dropped, 1U);
  EXPECT_EQ(inbox.Ids(), (Ids{"d", "c", "a"}));
  inbox.SendId("e");
  EXPECT_EQ(inbox.Ids(), (Ids{"e", "d", "a"}));
  inbox.SendId("f");
  EXPECT_EQ(inbox.Ids(), (Ids{"f", "e", "d"}));
}

TEST(NotificationTable, NeverDropsTheOneThatHasJustCome) {
  Inbox inbox({.count = 2});
  inbox.SendId("a");
  inbox.SendId("b");
  inbox.SendId("c", R"(,"read":true)");
  EXPECT_EQ(inbox.Ids(), (Ids{"c", "b"}));
}

TEST(NotificationTable, KeepsToItsBytes) {
  Inbox inbox({.count = 100, .bytes = 2000});
  const std::string padding = R"(,"message":")" + std::string(500, 'x') + '"';
  std::uint32_t dropped = 0;
  for (int i = 0; i < 20; ++i) {
    dropped += inbox.SendId("n" + std::to_string(i), padding).dropped;
    EXPECT_LE(inbox.table.used_bytes(), 2000U);
  }
  EXPECT_EQ(inbox.table.size() + dropped, 20U);
  EXPECT_EQ(inbox.Ids().front(), "n19");
}

TEST(NotificationTable, RefusesOneThatIsTooLarge) {
  Inbox inbox;
  inbox.SendId("a");
  const std::string before = inbox.ListText();
  const auto outcome = inbox.SendId(
      "a", R"(,"message":")" + std::string(NotificationTable::kMostRecordBytes, 'x') + '"');
  EXPECT_EQ(outcome.result, Result::kTooLarge);
  EXPECT_FALSE(outcome.is_changed);
  EXPECT_EQ(inbox.table.record(), "");
  EXPECT_EQ(inbox.ListText(), before);
}

TEST(NotificationTable, DropsWhatHasExpired) {
  Inbox inbox;
  inbox.SendId("a", R"(,"ttl":500)");
  inbox.SendId("b", R"(,"expiresAt":1300)");
  inbox.SendId("c");
  EXPECT_EQ(inbox.table.NextDeadline(), 1300);
  EXPECT_EQ(inbox.table.Advance(1299), 0U);
  EXPECT_EQ(inbox.table.Advance(1300), 1U);
  EXPECT_EQ(inbox.Ids(), (Ids{"c", "a"}));
  EXPECT_EQ(inbox.table.NextDeadline(), 1500);
  EXPECT_EQ(inbox.table.Advance(9000), 1U);
  EXPECT_EQ(inbox.table.NextDeadline(), kNever);
}

TEST(NotificationTable, ForgetsTheDeadlineOfWhatIsGone) {
  Inbox inbox;
  inbox.SendId("a", R"(,"ttl":500)");
  inbox.SendId("b", R"(,"ttl":900)");
  inbox.table.Change(NotificationChange::kRemove, "a");
  EXPECT_EQ(inbox.table.NextDeadline(), 1900);
  inbox.SendId("b", R"(,"expiresAt":null)");
  EXPECT_EQ(inbox.table.NextDeadline(), kNever);
}

TEST(NotificationTable, DoesNotTakeWhatHasExpiredAlready) {
  Inbox inbox;
  auto outcome = inbox.SendId("a", R"(,"expiresAt":1000)");
  EXPECT_EQ(outcome.result, Result::kExpired);
  EXPECT_FALSE(outcome.is_changed);
  inbox.SendId("a");
  outcome = inbox.SendId("a", R"(,"expiresAt":999)");
  EXPECT_EQ(outcome.result, Result::kExpired);
  EXPECT_TRUE(outcome.is_changed);
  EXPECT_EQ(inbox.ListText(), "[]");
}

TEST(NotificationTable, DoesWhatAPageAsksFor) {
  Inbox inbox;
  for (const char* id : {"a", "b", "c", "d"}) {
    inbox.SendId(id);
  }
  const auto change = [&](std::string_view name, std::string_view id = "") {
    return inbox.table.Change(*FindNotificationChange(name), id);
  };
  EXPECT_EQ(change("read", "b"), 1U);
  EXPECT_EQ(change("read", "b"), 0U);
  EXPECT_EQ(change("read", "x"), 0U);
  EXPECT_EQ(change("clearRead"), 1U);
  EXPECT_EQ(inbox.Ids(), (Ids{"d", "c", "a"}));
  EXPECT_EQ(change("remove", "c"), 1U);
  EXPECT_EQ(change("remove", "c"), 0U);
  EXPECT_EQ(inbox.table.unread_count(), 2U);
  EXPECT_EQ(change("readAll"), 2U);
  EXPECT_EQ(change("readAll"), 0U);
  EXPECT_EQ(change("clear"), 2U);
  EXPECT_EQ(inbox.table.size(), 0U);
  EXPECT_EQ(inbox.table.used_bytes(), 0U);
  EXPECT_FALSE(FindNotificationChange("erase"));
}

TEST(NotificationTable, DoesWhatTheServerSays) {
  Inbox inbox;
  inbox.SendId("1");
  inbox.SendId("2");
  inbox.SendId("3");
  EXPECT_EQ(inbox.SendChange(R"({"type":"notification_read","notification_id":1})", kReadMessage),
            1U);
  EXPECT_EQ(inbox.Record("1")["read"], true);
  EXPECT_EQ(inbox.SendChange(R"({"type":"notificationRead","data":{"notificationId":"2"}})",
                             kReadMessage),
            1U);
  EXPECT_EQ(
      inbox.SendChange(R"({"type":"notification_clear","notificationId":"1"})", kClearMessage), 1U);
  EXPECT_EQ(inbox.Ids(), (Ids{"3", "2"}));
  EXPECT_EQ(inbox.SendChange(R"({"type":"notification_read","clear_all":true})", kReadMessage), 1U);
  EXPECT_EQ(inbox.table.unread_count(), 0U);
  EXPECT_EQ(
      inbox.SendChange(R"({"type":"notification_clear","data":{"clearAll":true}})", kClearMessage),
      2U);
  EXPECT_EQ(inbox.ListText(), "[]");
  EXPECT_NE(inbox.Fault(R"({"type":"notification_clear","clear_all":false})", kClearMessage), "");
}

TEST(NotificationTable, CountsByTypeAndPriority) {
  Inbox inbox;
  inbox.SendId("a", R"(,"notification_type":"bill","priority":"high")");
  inbox.SendId("b", R"(,"notification_type":"b\u0069ll")");
  inbox.SendId("c", R"(,"notification_type":"comment")");
  inbox.table.Change(NotificationChange::kRead, "a");
  EXPECT_EQ(inbox.Counts(),
            Json({{"total", 3},
                  {"unread", 2},
                  {"byType", {{"bill", 2}, {"comment", 1}}},
                  {"byPriority",
                   {{"low", 0}, {"normal", 2}, {"medium", 0}, {"high", 1}, {"critical", 0}}}}));
  EXPECT_EQ(inbox.table.CountOf(NotificationPriority::kHigh), 1U);
  EXPECT_EQ(inbox.table.CountOfType("bill"), 2U);
  inbox.table.Change(NotificationChange::kRemove, "a");
  inbox.table.Change(NotificationChange::kRemove, "b");
  EXPECT_EQ(inbox.Counts()["byType"], Json({{"comment", 1}}));
}

TEST(NotificationTable, CountsRareTypesTogether) {
  Inbox inbox;
  const auto send = [&](int i, const std::string& type) {
    inbox.SendId("n" + std::to_string(i), R"(,"notification_type":")" + type + '"');
  };
  int sent = 0;
  for (int type = 0; type < 40; ++type) {
    for (int times = type < 32 ? 2 : 1; times > 0; --times) {
      send(sent++, "t" + std::to_string(type));
    }
  }
  send(sent++, "other");
  Json by_type = inbox.Counts()["byType"];
  EXPECT_EQ(by_type.size(), 33U);
  EXPECT_EQ(by_type["t31"], 2);
  EXPECT_EQ(by_type["other"], 9);
  EXPECT_EQ(inbox.table.CountOfType("t35"), 1U);
}

}  // namespace
}  // namespace civic
