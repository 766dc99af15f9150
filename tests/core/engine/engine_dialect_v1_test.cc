// Every message a server of dialect v1 sends: what it does in either spelling, and what is said of
// it when it is malformed. docs/protocol.md has the same table for people.
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/engine_world.h"

namespace civic {
namespace {

using Texts = std::vector<std::string>;

// How one member can be wrong.
struct Requirement {
  std::string_view member;
  bool is_required;          // missing is an error, and so is null
  std::string_view missing;  // the reason when it is missing
  std::string_view wrong;    // the reason when it is an array
};

struct MessageCase {
  std::string_view type;
  std::string_view message;  // a valid one, in snake_case, without its type
  std::string_view topic;
  CellKind cell;  // what it changes
  std::vector<Requirement> requirements;
};

void PrintTo(const MessageCase& one, std::ostream* out) { *out << one.type; }

std::vector<MessageCase> Cases() {
  constexpr std::string_view kNoId = "bill_id must be a number or a string";
  constexpr std::string_view kNoBill = "bill_id is missing";
  constexpr std::string_view kCounts =
      "metrics must hold at least one of view_count, save_count, comment_count, share_count as a "
      "number";
  return {
      {"bill_update",
       R"({"bill_id":7,"update":{"type":"status_change","data":{"new_status":"passed"}}})",
       "bill:7",
       CellKind::kBillUpdates,
       {{"bill_id", true, kNoId, kNoId},
        {"update", true, "update or data is missing", "update must be an object"}}},
      {"batched_updates",
       R"({"updates":[{"bill_id":7,"type":"amendment","data":{"n":1},"timestamp":1}]})",
       "bill:7",
       CellKind::kBillUpdates,
       {{"updates", true, "updates must be an array", ""}}},
      {"engagement_metrics",
       R"({"bill_id":7,"metrics":{"view_count":1,"save_count":2,"comment_count":3}})",
       "bill:7",
       CellKind::kBillEngagement,
       {{"bill_id", true, kNoId, kNoId}, {"metrics", true, kCounts, kCounts}}},
      {"community_update",
       R"({"bill_id":7,"discussion_id":"d","update_type":"new_discussion","data":{"title":"x"}})",
       "discussion:7",
       CellKind::kActivity,
       {{"bill_id", false, "", kNoId},
        {"discussion_id", false, "", "discussion_id must be a number or a string"}}},
      {"typing_indicator",
       R"({"user_id":2,"bill_id":7,"parent_id":"c","is_typing":true})",
       "discussion:7",
       CellKind::kTyping,
       {{"user_id", true, "user_id is missing", "user_id must be a number or a string"},
        {"bill_id", true, kNoBill, kNoId},
        {"parent_id", false, "", "parent_id must be a number or a string"},
        {"is_typing", false, "", "is_typing must be true or false"}}},
      {"comment_update",
       R"({"comment_id":"c","bill_id":7,"parent_id":1,"action":"created","data":{"text":"x"}})",
       "discussion:7",
       CellKind::kComments,
       {{"bill_id", true, kNoBill, kNoId},
        {"comment_id", false, "", "comment_id must be a number or a string"},
        {"parent_id", false, "", "parent_id must be a number or a string"},
        {"action", false, "", "action must be one of created, updated, deleted"}}},
      {"vote_update",
       R"({"bill_id":7,"user_id":2,"vote_type":"oppose"})",
       "discussion:7",
       CellKind::kVotes,
       {{"bill_id", true, kNoBill, kNoId},
        {"user_id", false, "", "user_id must be a number or a string"},
        {"vote_type", true, "vote_type is missing",
         "vote_type must be one of support, oppose, neutral"}}},
      {"presence_update",
       R"({"bill_id":7,"count":3})",
       "discussion:7",
       CellKind::kPresence,
       {{"bill_id", true, kNoBill, kNoId},
        {"count", true, "count must be a number that is not negative",
         "count must be a number that is not negative"}}},
      {"expert_activity",
       R"({"expert_id":"e","bill_id":7,"data":{"action":"joined"}})",
       "expert:updates",
       CellKind::kActivity,
       {{"expert_id", true, "expert_id is missing", "expert_id must be a number or a string"},
        {"bill_id", false, "", kNoId}}},
      {"moderation_event",
       R"({"target_id":"c","data":{"action":"hidden"}})",
       "moderation:events",
       CellKind::kActivity,
       {{"target_id", true, "target_id is missing", "target_id must be a number or a string"}}},
  };
}

std::string Camel(std::string_view snake) {
  std::string camel;
  for (std::size_t i = 0; i < snake.size(); ++i) {
    camel += snake[i] == '_' ? static_cast<char>(snake[++i] - 'a' + 'A') : snake[i];
  }
  return camel;
}

// The same with every name in camelCase.
Json InCamelCase(const Json& value) {
  if (value.is_array()) {
    Json list = Json::array();
    for (const Json& one : value) {
      list.push_back(InCamelCase(one));
    }
    return list;
  }
  if (!value.is_object()) {
    return value;
  }
  Json object = Json::object();
  for (const auto& [name, member] : value.items()) {
    object[Camel(name)] = InCamelCase(member);
  }
  return object;
}

class DialectV1 : public testing::TestWithParam<MessageCase> {
 protected:
  DialectV1() {
    world.BringUp();
    for (const char* topic : {"bill:7", "discussion:7", "expert:updates", "moderation:events",
                              "user_notifications", "*"}) {
      Subscribe(topic);
    }
    world.RunFor(100);
    world.DrainAll();
  }

  void Subscribe(const std::string& topic) {
    subscriptions[topic] = ++last_subscription;
    world.Subscribe(last_subscription, topic, R"({"deliver":false})");
  }
  Json Message() const { return ParseJson(GetParam().message); }
  void Receive(const Json& message, const std::string& type = std::string(GetParam().type)) {
    Json whole = {{"type", type}};
    whole.update(message);
    world.page().happenings.clear();
    world.Frame(PrintJson(whole));
    world.Drain();
  }
  Texts Kept() { return world.page().List(std::string(GetParam().topic), GetParam().cell); }

  EngineWorld world;
  std::map<std::string, std::uint32_t> subscriptions;
  std::uint32_t last_subscription = 0;
};

TEST_P(DialectV1, IsKeptInSnakeCase) {
  Receive(Message());
  EXPECT_EQ(Kept().size(), 1U);
  EXPECT_EQ(world.page().Errors(), Texts{});
}

TEST_P(DialectV1, MeansTheSameInCamelCase) {
  Receive(Message());
  Receive(InCamelCase(Message()), Camel(GetParam().type));
  EXPECT_EQ(world.page().Errors(), Texts{});
  EXPECT_EQ(world.counter(Counter::kInvalidMessages), 0);
  EXPECT_EQ(world.counter(Counter::kUnknownMessages), 0);
  const bool is_list = StoreLimits().RecordsOf(GetParam().cell) > 1;
  EXPECT_EQ(Kept().size(), is_list ? 2U : 1U);
}

// A service that still has what it was to forget takes the same message for one that it knows.
TEST_P(DialectV1, ATopicThatIsSubscribedAnewBeginsAnew) {
  Receive(Message());
  const std::string topic(GetParam().topic);
  world.Unsubscribe(subscriptions[topic]);
  world.RunFor(EngineWorld::DefaultConfig().linger_ms + 1);
  Subscribe(topic);
  world.RunFor(100);
  world.DrainAll();
  EXPECT_TRUE(Kept().empty());
  Receive(Message());
  EXPECT_EQ(Kept().size(), 1U);
}

TEST_P(DialectV1, AMemberThatIsMissingOrWrongIsNamed) {
  for (const Requirement& requirement : GetParam().requirements) {
    for (const std::string_view fault : {"missing", "null", "array", "object", "boolean"}) {
      Json message = Message();
      const std::string member(requirement.member);
      std::string_view reason = requirement.wrong;
      if (fault == "missing" || fault == "null") {
        fault == "missing" ? static_cast<void>(message.erase(member))
                           : static_cast<void>(message[member] = nullptr);
        reason = requirement.missing;
      } else {
        message[member] = fault == "array"    ? Json::array()
                          : fault == "object" ? Json::object()
                                              : Json(true);
      }
      const bool is_fine_for_it = (member == "is_typing" && fault == "boolean") ||
                                  (member == "updates" && fault == "array") ||
                                  (member == "update" && fault != "missing");
      if (is_fine_for_it ||
          (reason.empty() && fault != "missing" && fault != "null" && member != "updates")) {
        continue;
      }
      const double invalid = world.counter(Counter::kInvalidMessages);
      const Texts kept = Kept();
      Receive(message);
      const bool is_error = requirement.is_required || (fault != "missing" && fault != "null");
      if (!is_error) {
        EXPECT_EQ(world.page().Errors(), Texts{}) << member << " " << fault;
        continue;
      }
      const std::vector<Happening> errors = world.page().Of(wire_number::kError);
      ASSERT_EQ(errors.size(), 1U) << member << " " << fault;
      const Json context = errors[0].json()["context"];
      EXPECT_EQ(context["messageType"], std::string(GetParam().type)) << member << " " << fault;
      if (!reason.empty()) {
        EXPECT_EQ(context["reason"], std::string(reason)) << member << " " << fault;
      }
      EXPECT_EQ(world.counter(Counter::kInvalidMessages), invalid + 1) << member << " " << fault;
      EXPECT_EQ(Kept(), kept) << member << " " << fault;
    }
  }
}

TEST_P(DialectV1, ARecordThatIsTooLargeIsRefusedAndCounted) {
  if (GetParam().cell == CellKind::kPresence || GetParam().cell == CellKind::kTyping ||
      GetParam().type == "batched_updates") {
    return;  // they hold nothing of any size, or have their own test
  }
  Json message = Message();
  const std::string large(9U << 20U, 'x');
  message.erase("update");
  message[message.contains("metrics") ? "metrics" : "data"]["text"] = large;
  Receive(message);
  EXPECT_EQ(world.page().Errors(), Texts{"record-too-large"});
  EXPECT_EQ(world.counter(Counter::kRecordsRefused), 1);
  EXPECT_TRUE(Kept().empty());
}

TEST_P(DialectV1, InABatchItMeansTheSame) {
  Json message = {{"type", std::string(GetParam().type)}};
  message.update(Message());
  for (int depth = 0; depth < 4; ++depth) {
    message = {{"type", "batch"}, {"messages", Json::array({message})}};
  }
  world.Frame(PrintJson(message));
  world.Drain();
  EXPECT_EQ(Kept().size(), 1U);
  world.page().happenings.clear();
  message = {{"type", "batch"}, {"messages", Json::array({message})}};
  world.Frame(PrintJson(message));
  world.Drain();
  EXPECT_EQ(world.page().Errors(), Texts{"nested-too-deep"});
  EXPECT_EQ(Kept().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Engine, DialectV1, testing::ValuesIn(Cases()),
                         [](const testing::TestParamInfo<MessageCase>& one) {
                           std::string name = Camel(one.param.type);
                           name[0] = static_cast<char>(name[0] - 'a' + 'A');
                           return name;
                         });

struct NotificationCase {
  const char* name;
  std::string_view message;
  std::string_view reason;
};

class DialectV1Notifications : public testing::TestWithParam<NotificationCase> {};

TEST_P(DialectV1Notifications, AreNamedWhenMalformed) {
  EngineWorld world;
  world.BringUp();
  world.Subscribe(1, "user_notifications");
  world.RunFor(100);
  world.Drain();
  world.page().happenings.clear();
  world.Frame(GetParam().message);
  world.Drain();
  const std::vector<Happening> errors = world.page().Of(wire_number::kError);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_NE(errors[0].text.find(GetParam().reason), std::string::npos) << errors[0].text;
  EXPECT_EQ(world.counter(Counter::kInvalidMessages), 1);
}

INSTANTIATE_TEST_SUITE_P(
    Engine, DialectV1Notifications,
    testing::Values(
        NotificationCase{"WithoutId", R"({"type":"notification","title":"t"})", "id"},
        NotificationCase{"IdIsAnArray", R"({"type":"notification","id":[],"title":"t"})", "id"},
        NotificationCase{"SaysNothing", R"({"type":"notification","id":1})", "title"},
        NotificationCase{"NestedWithoutId",
                         R"({"type":"notification","notification":{"title":"t"}})", "id"},
        NotificationCase{"ReadOfNothing", R"({"type":"notification_read"})", "notification_id"},
        NotificationCase{"ClearOfNothing", R"({"type":"notificationClear","clear_all":false})",
                         "notification_id"}),
    [](const testing::TestParamInfo<NotificationCase>& one) { return one.param.name; });

}  // namespace
}  // namespace civic
