#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "civic/store/notification_table.h"
#include "store/notification_inbox.h"

namespace civic {
namespace {

using Ids = std::vector<std::string>;

std::string Saved(const std::string& id, const std::string& more) {
  return R"({"id":")" + id + R"(","type":"saved","title":"old",)" + more + "}";
}

TEST(NotificationRestore, BringsBackWhatWasWritten) {
  Inbox before;
  before.SendId("a", R"(,"notification_type":"bill","data":{"x":[1]},"priority":"high")");
  before.SendId("b", R"(,"expiresAt":90000,"url":"/x","timestamp":"2026-01-01T00:00:00Z")");
  before.SendId("c", R"(,"timestamp":"2026-01-01T00:00:00Z")");
  before.table.Change(NotificationChange::kRead, "b");

  Inbox after;
  const auto restored = after.Restore(before.ListText(), 2000);
  EXPECT_TRUE(restored.is_list);
  EXPECT_EQ(restored.added, 3U);
  EXPECT_EQ(after.arrival, 3);
  EXPECT_EQ(after.table.NextDeadline(), 90'000);
  for (const char* id : {"a", "b", "c"}) {
    Inbox::Json was = before.Record(id);
    Inbox::Json is = after.Record(id);
    was.erase("arrival");
    is.erase("arrival");
    EXPECT_EQ(is, was);
  }
}

TEST(NotificationRestore, LeavesAloneWhatIsHereAlready) {
  Inbox inbox;
  inbox.SendId("a", R"(,"timestamp":50)");
  const auto restored =
      inbox.Restore("[" + Saved("a", R"("timestamp":99)") + "," + Saved("b", R"("timestamp":10)") +
                    "," + Saved("b", R"("timestamp":9)") + "]");
  EXPECT_EQ(restored.added, 1U);
  EXPECT_EQ(restored.known, 2U);
  EXPECT_EQ(inbox.Record("a")["title"], "a");
  EXPECT_EQ(inbox.Record("b")["timestamp"], 10);
}

TEST(NotificationRestore, OrdersByTimestamp) {
  Inbox inbox;
  inbox.SendId("live-50", R"(,"timestamp":50)");
  inbox.SendId("live-100", R"(,"timestamp":"1970-01-01T00:00:00.1Z")");
  inbox.Restore("[" + Saved("s40", R"("timestamp":40)") + "," + Saved("s70", R"("timestamp":70)") +
                "," + Saved("s50", R"("timestamp":50)") + "]");
  EXPECT_EQ(inbox.Ids(), (Ids{"live-100", "s70", "live-50", "s50", "s40"}));
  EXPECT_EQ(inbox.Record("s40")["arrival"], 3);
  EXPECT_EQ(inbox.Record("s50")["arrival"], 4);
  EXPECT_EQ(inbox.Record("s70")["arrival"], 5);
}

TEST(NotificationRestore, LeavesOneWithoutAReadableTimestampInItsPlace) {
  Inbox inbox;
  inbox.SendId("live", R"(,"timestamp":50)");
  inbox.Restore("[" + Saved("x", R"("timestamp":"?")") + "," + Saved("a", R"("timestamp":10)") +
                "," + Saved("y", R"("timestamp":"?")") + "," + Saved("b", R"("timestamp":20)") +
                "]");
  EXPECT_EQ(inbox.Ids(), (Ids{"live", "b", "x", "a", "y"}));
}

TEST(NotificationRestore, SkipsWhatIsMalformedOrExpired) {
  Inbox inbox;
  const auto restored = inbox.Restore(
      R"([1,null,[],{},{"id":"a"},{"title":"t"},{"notification":{"id":1,"title":"t"}},)" +
      Saved("huge", R"("message":")" + std::string(70'000, 'x') + '"') + "," +
      Saved("late", R"("expiresAt":1000)") + "," + Saved("fine", R"("expiresAt":1001)") + "]");
  EXPECT_TRUE(restored.is_list);
  EXPECT_EQ(restored.malformed, 8U);
  EXPECT_EQ(restored.expired, 1U);
  EXPECT_EQ(restored.added, 1U);
  EXPECT_EQ(inbox.Ids(), (Ids{"fine"}));
}

TEST(NotificationRestore, TakesNothingButAnArray) {
  for (const char* text :
       {"", "{}", "null", "[", "[]]", R"([],"messages":[])", R"([],"x":1)", "[1}"}) {
    Inbox inbox;
    const auto restored = inbox.Restore(text);
    EXPECT_FALSE(restored.is_list) << text;
    EXPECT_EQ(inbox.table.size(), 0U);
  }
  Inbox inbox;
  EXPECT_TRUE(inbox.Restore(" [ ] ").is_list);
}

TEST(NotificationRestore, KeepsToTheLimits) {
  Inbox inbox({.count = 3});
  inbox.SendId("live");
  const auto restored = inbox.Restore(
      "[" + Saved("a", R"("timestamp":9)") + "," + Saved("b", R"("timestamp":8,"read":true)") +
      "," + Saved("c", R"("timestamp":7)") + "," + Saved("d", R"("timestamp":6)") + "]");
  EXPECT_EQ(restored.added, 4U);
  EXPECT_EQ(restored.dropped, 2U);
  EXPECT_EQ(inbox.Ids(), (Ids{"live", "a", "c"}));
}

}  // namespace
}  // namespace civic
