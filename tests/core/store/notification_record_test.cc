#include "civic/store/notification_record.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "store/notification_inbox.h"

namespace civic {
namespace {

using Json = nlohmann::json;

constexpr TimeMs kNow = 1'700'000'000'123.75;

Json RecordOf(std::string_view text) {
  Inbox inbox;
  inbox.Send(text, kNow);
  return inbox.LastRecord();
}

Json ExpiryOf(std::string_view members) {
  return RecordOf(R"({"type":"notification","id":1,"title":"t",)" + std::string(members) +
                  "}")["expiresAt"];
}

TEST(NotificationRecord, HasEveryMemberOfTheContract) {
  Inbox inbox;
  inbox.Send(R"({"type":"notification","id":"n1","title":"T","message":"M","priority":"high",)"
             R"("data":{"billId":7},"timestamp":"2026-01-01T00:00:00Z"})",
             kNow);
  EXPECT_EQ(inbox.table.record(),
            R"({"id":"n1","type":"notification","title":"T","message":"M","priority":"high",)"
            R"("data":{"billId":7},"timestamp":"2026-01-01T00:00:00Z","expiresAt":null,)"
            R"("read":false,"arrival":1})");
}

TEST(NotificationRecord, IsTheSameForTheNestedForm) {
  const Json nested = RecordOf(
      R"({"type":"notification","notification":{"id":"n1","type":"bill_status","title":"T",)"
      R"("message":"M","priority":"low","data":{"a":1},"timestamp":5}})");
  const Json flat =
      RecordOf(R"({"type":"notification","id":"n1","notification_type":"bill_status","title":"T",)"
               R"("message":"M","priority":"low","data":{"a":1},"timestamp":5})");
  EXPECT_EQ(nested, flat);
  EXPECT_EQ(nested["type"], "bill_status");
}

TEST(NotificationRecord, MayBeInDataAsAWhole) {
  const Json record = RecordOf(
      R"({"type":"notification","data":{"id":9,"type":"x","title":"T","priority":"critical"}})");
  EXPECT_EQ(record["id"], "9");
  EXPECT_EQ(record["type"], "x");
  EXPECT_EQ(record["title"], "T");
  EXPECT_EQ(record["priority"], "critical");
}

TEST(NotificationRecord, TakesWhatTheNestedObjectMissesFromTheMessage) {
  const Json record = RecordOf(
      R"({"type":"notification","priority":"medium","timestamp":5,"user_id":3,"title":"outer",)"
      R"("notification":{"id":1,"title":"inner","link":"/x"}})");
  EXPECT_EQ(record["priority"], "medium");
  EXPECT_EQ(record["timestamp"], 5);
  EXPECT_EQ(record["title"], "inner");
  EXPECT_EQ(record["data"], Json({{"user_id", 3}, {"link", "/x"}}));
}

TEST(NotificationRecord, MakesNumericIdsStrings) {
  EXPECT_EQ(RecordOf(R"({"type":"notification","id":17,"title":"t"})")["id"], "17");
  EXPECT_EQ(RecordOf(R"({"type":"notification","id":1.7e1,"title":"t"})")["id"], "17");
  EXPECT_EQ(RecordOf(R"({"type":"notification","notificationId":"n","title":"t"})")["id"], "n");
}

TEST(NotificationRecord, KeepsTextAsItWasWritten) {
  Inbox inbox;
  inbox.Send(R"({"type":"notification","id":"caf\u00e9","title":"a \"b\" \u00e9\n"})");
  EXPECT_NE(inbox.table.record().find(R"("id":"caf\u00e9",)"), std::string_view::npos);
  EXPECT_NE(inbox.table.record().find(R"("title":"a \"b\" \u00e9\n","message":"",)"),
            std::string_view::npos);
  EXPECT_FALSE(inbox.Record("café").is_null());
}

TEST(NotificationRecord, FindsItsType) {
  const auto type_of = [](std::string_view members) {
    return RecordOf(R"({"type":"notification","id":1,"title":"t")" + std::string(members) +
                    "}")["type"];
  };
  EXPECT_EQ(type_of(""), "notification");
  EXPECT_EQ(type_of(R"(,"notificationType":"a","data":{"type":"b"})"), "a");
  EXPECT_EQ(type_of(R"(,"data":{"type":"b"})"), "b");
  EXPECT_EQ(type_of(R"(,"notification_type":"","data":{"type":7})"), "notification");
}

TEST(NotificationRecord, HasAPriorityOutOfFive) {
  for (const char* priority : {"low", "normal", "medium", "high", "critical"}) {
    EXPECT_EQ(
        RecordOf(Inbox::Minimal("n", std::string(R"(,"priority":")") + priority + '"'))["priority"],
        priority);
  }
  for (const char* priority : {R"("HIGH")", R"("urgent")", "3", "null", R"("")"}) {
    EXPECT_EQ(RecordOf(Inbox::Minimal("n", std::string(R"(,"priority":)") + priority))["priority"],
              "normal")
        << priority;
  }
  EXPECT_EQ(RecordOf(Inbox::Minimal("n"))["priority"], "normal");
}

TEST(NotificationRecord, KeepsUnknownMembersBelowThoseOfItsData) {
  const Json record = RecordOf(
      R"({"type":"notification","id":1,"title":"t","billId":7,"url":"/a","x":1,"topic":"y",)"
      R"("messageId":"m","data":{"x":2,"type":"z"}})");
  EXPECT_EQ(record["data"], Json({{"billId", 7}, {"url", "/a"}, {"x", 2}, {"type", "z"}}));
}

TEST(NotificationRecord, KeepsDataThatIsNoObjectAsAValue) {
  EXPECT_EQ(RecordOf(Inbox::Minimal("n", R"(,"data":[1,2])"))["data"],
            Json({{"value", Json::array({1, 2})}}));
  EXPECT_EQ(RecordOf(Inbox::Minimal("n", R"(,"data":null)"))["data"], Json::object());
  EXPECT_EQ(RecordOf(Inbox::Minimal("n", R"(,"data":{ })"))["data"], Json::object());
}

TEST(NotificationRecord, HasTheTimeOfArrivalWithoutATimestamp) {
  EXPECT_EQ(RecordOf(Inbox::Minimal("n"))["timestamp"], 1'700'000'000'123);
  EXPECT_EQ(RecordOf(Inbox::Minimal("n", R"(,"timestamp":null)"))["timestamp"], 1'700'000'000'123);
  EXPECT_EQ(RecordOf(Inbox::Minimal("n", R"(,"timestamp":"whenever")"))["timestamp"], "whenever");
}

TEST(NotificationRecord, ExpiresAtATimeOrAfterOne) {
  EXPECT_EQ(ExpiryOf(R"("expires_at":1800000000000.9)"), 1'800'000'000'000);
  EXPECT_EQ(ExpiryOf(R"("expiresAt":"2030-01-01T00:00:00Z")"), 1'893'456'000'000);
  EXPECT_EQ(ExpiryOf(R"("ttl":1000)"), 1'700'000'001'123);
  EXPECT_EQ(ExpiryOf(R"("ttl":1000,"expiresAt":1800000000000)"), 1'800'000'000'000);
}

TEST(NotificationRecord, StaysWhenItsExpiryMakesNoSense) {
  for (const char* members :
       {R"("expiresAt":null)", R"("expiresAt":0)", R"("expiresAt":-5)", R"("expiresAt":"soon")",
        R"("expiresAt":1e300)", R"("expiresAt":1e999)", R"("ttl":0)", R"("ttl":-1)",
        R"("ttl":"1000")", R"("ttl":1e999)"}) {
    EXPECT_TRUE(ExpiryOf(members).is_null()) << members;
  }
}

TEST(NotificationRecord, NeedsAnIdAndAText) {
  Inbox inbox;
  EXPECT_EQ(inbox.Fault(R"({"type":"notification","id":1,"title":""})"), "");
  EXPECT_EQ(inbox.Fault(R"({"type":"notification","id":1,"message":"m"})"), "");
  EXPECT_EQ(inbox.Fault(R"({"type":"notification","notification":{"id":"1","message":"m"}})"), "");
  for (const char* text :
       {R"({"type":"notification","title":"t"})", R"({"type":"notification","id":"","title":"t"})",
        R"({"type":"notification","id":1.5,"title":"t"})",
        R"({"type":"notification","id":null,"title":"t"})",
        R"({"type":"notification","notification":[],"title":"t"})"}) {
    EXPECT_NE(inbox.Fault(text).find("id must be"), std::string::npos) << text;
  }
  for (const char* text : {R"({"type":"notification","id":1})",
                           R"({"type":"notification","id":1,"title":5,"message":null})"}) {
    EXPECT_NE(inbox.Fault(text).find("title or message"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace civic
