// Discussions, experts and moderation through the whole engine: what is kept, and what pages are
// told.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/engine_world.h"

namespace civic {
namespace {

using Texts = std::vector<std::string>;

constexpr const char* kStateOnly = R"({"deliver":false})";

std::string Comment(int bill, const std::string& content) {
  return R"({"type":"comment_update","bill_id":)" + std::to_string(bill) +
         R"(,"data":{"content":")" + content + R"("},"timestamp":1})";
}

std::string Typing(int user, bool is_typing, const std::string& parent = "null") {
  return R"({"type":"typing_indicator","bill_id":7,"user_id":)" + std::to_string(user) +
         R"(,"parent_id":)" + parent + R"(,"is_typing":)" + (is_typing ? "true" : "false") +
         R"(,"timestamp":1})";
}

std::string TypingRecord(int user, bool is_typing, const std::string& parent = "null") {
  return R"({"userId":)" + std::to_string(user) + R"(,"billId":7,"parentId":)" + parent +
         R"(,"isTyping":)" + (is_typing ? "true" : "false") + R"(,"data":{},"timestamp":1})";
}

class EngineCommunity : public testing::Test {
 protected:
  EngineCommunity() {
    world.BringUp();
    world.Subscribe(1, "discussion:7", kStateOnly);
  }

  Json Contents(CellKind kind, const std::string& topic = "discussion:7") {
    world.Drain();
    Json contents = Json::array();
    for (const std::string& record : world.page().List(topic, kind)) {
      contents.push_back(ParseJson(record)["data"]["content"]);
    }
    return contents;
  }
  std::string TypingNow() {
    world.Drain();
    return world.page().Value("discussion:7", CellKind::kTyping);
  }

  EngineWorld world;
};

TEST_F(EngineCommunity, KeepsTheNewestComments) {
  for (int i = 0; i < 103; ++i) {
    world.Frame(Comment(7, std::to_string(i)));
  }
  const Json contents = Contents(CellKind::kComments);
  ASSERT_EQ(contents.size(), 100U);
  EXPECT_EQ(contents.front(), "3");
  EXPECT_EQ(contents.back(), "102");
}

TEST_F(EngineCommunity, EveryKindHasItsCell) {
  world.Subscribe(2, "expert:updates", kStateOnly);
  world.Subscribe(3, "moderation:events", kStateOnly);
  world.Frame(R"({"type":"vote_update","bill_id":7,"vote_type":"support","content":"v"})");
  world.Frame(R"({"type":"community_update","bill_id":7,"data":{"content":"a"}})");
  world.Frame(R"({"type":"expert_activity","expert_id":1,"data":{"content":"e"}})");
  world.Frame(R"({"type":"moderation_event","target_id":1,"data":{"content":"m"}})");
  world.Frame(R"({"type":"presence_update","bill_id":7,"count":3,"timestamp":1})");
  EXPECT_EQ(Contents(CellKind::kVotes), Json({"v"}));
  EXPECT_EQ(Contents(CellKind::kActivity), Json({"a"}));
  EXPECT_EQ(Contents(CellKind::kActivity, "expert:updates"), Json({"e"}));
  EXPECT_EQ(Contents(CellKind::kActivity, "moderation:events"), Json({"m"}));
  EXPECT_EQ(world.page().Value("discussion:7", CellKind::kPresence),
            R"({"billId":7,"count":3,"timestamp":1})");
}

TEST_F(EngineCommunity, RecordsAreNumberedInTheOrderOfArrival) {
  world.Subscribe(2, "discussion:8", kStateOnly);
  world.Frame(Comment(7, "a"));
  world.Frame(Comment(8, "b"));
  world.Frame(Comment(7, "c"));
  world.Drain();
  const auto arrival = [&](const std::string& topic, std::size_t index) {
    return ParseJson(world.page().List(topic, CellKind::kComments)[index])["arrival"].get<int>();
  };
  EXPECT_LT(arrival("discussion:7", 0), arrival("discussion:8", 0));
  EXPECT_LT(arrival("discussion:8", 0), arrival("discussion:7", 1));
}

TEST_F(EngineCommunity, ADiscussionIsFoundByBillOrByItsOwnId) {
  world.Subscribe(2, "discussion:d-1", kStateOnly);
  world.Subscribe(3, "community:9");
  world.Frame(R"({"type":"community_update","discussion_id":"d-1","data":{"content":"x"}})");
  world.Frame(R"({"type":"community_update","bill_id":9,"data":{"content":"y"}})");
  EXPECT_EQ(Contents(CellKind::kActivity, "discussion:d-1"), Json({"x"}));
  EXPECT_EQ(Contents(CellKind::kActivity, "community:9"), Json({"y"}));
  EXPECT_EQ(world.page().Deliveries(3).size(), 1U);
}

TEST_F(EngineCommunity, ShowsWhoIsTypingUntilTheyStop) {
  world.Frame(Typing(1, true));
  world.Frame(Typing(2, true, "5"));
  world.Frame(Typing(1, true));
  EXPECT_EQ(TypingNow(), R"({"root":[)" + TypingRecord(1, true) + R"(],"5":[)" +
                             TypingRecord(2, true, "5") + "]}");
  world.Frame(Typing(1, false));
  EXPECT_EQ(TypingNow(), R"({"5":[)" + TypingRecord(2, true, "5") + "]}");
}

TEST_F(EngineCommunity, SomebodyWhoTypesOnChangesNothingToRead) {
  world.Frame(Typing(1, true));
  EXPECT_TRUE(world.Drain());
  world.Frame(Typing(1, true));
  EXPECT_FALSE(world.Drain());
}

TEST_F(EngineCommunity, WhoIsNotHeardOfHasStopped) {
  world.Listen(EventBit(EventKind::kTypingIndicator));
  world.Frame(Typing(1, true));
  world.RunFor(4999);
  EXPECT_NE(TypingNow(), "{}");
  world.RunFor(1);
  EXPECT_EQ(TypingNow(), "{}");
  EXPECT_EQ(world.page().Texts(wire_number::kEvent),
            (Texts{TypingRecord(1, true), TypingRecord(1, false)}));
}

TEST_F(EngineCommunity, EveryPageOfTheDiscussionSeesTheTyping) {
  const PageId second = world.AddPage();
  world.Subscribe(1, "discussion:7", kStateOnly, second);
  world.DrainAll();
  world.Frame(Typing(1, true));
  world.DrainAll();
  const std::string text = R"({"root":[)" + TypingRecord(1, true) + "]}";
  EXPECT_EQ(world.page(1).Value("discussion:7", CellKind::kTyping), text);
  EXPECT_EQ(world.page(second).Value("discussion:7", CellKind::kTyping), text);
}

TEST_F(EngineCommunity, ADiscussionThatIsLeftIsForgotten) {
  world.Frame(Typing(1, true));
  world.Frame(Comment(7, "a"));
  world.Drain();
  world.Unsubscribe(1);
  world.RunFor(2000);
  EXPECT_EQ(world.Subscriptions().back(), "unsubscribe discussion:7");
  world.Subscribe(2, "discussion:7", kStateOnly);
  EXPECT_EQ(Contents(CellKind::kComments), Json::array());
  EXPECT_EQ(TypingNow(), "");
}

TEST_F(EngineCommunity, MemoryThatRunsShortDoesNotHideWhoIsTyping) {
  EngineConfig config = EngineWorld::DefaultConfig();
  config.store.cache_bytes = 6000;
  EngineWorld small(config);
  small.BringUp();
  small.Subscribe(1, "discussion:7", kStateOnly);
  small.Frame(Typing(1, true));
  small.Drain();
  for (int bill = 1; bill < 5; ++bill) {
    small.Subscribe(10 + static_cast<std::uint32_t>(bill), "bill:" + std::to_string(bill),
                    kStateOnly);
    small.Frame(BillUpdateText(bill, 1));
    small.Drain();
  }
  EXPECT_GT(small.counter(Counter::kTopicsEvicted), 0);
  EXPECT_NE(small.page().Value("discussion:7", CellKind::kTyping), "");
}

TEST_F(EngineCommunity, ListenersGetTheRecordAlsoWhereNothingIsKept) {
  world.Subscribe(2, "*", kStateOnly);
  world.Listen(EventBit(EventKind::kCommentUpdate));
  world.Frame(Comment(99, "a"));
  world.Drain();
  const Texts texts = world.page().Texts(wire_number::kEvent);
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_EQ(ParseJson(texts[0])["billId"], 99);
  EXPECT_EQ(ParseJson(texts[0])["data"]["content"], "a");
}

TEST_F(EngineCommunity, PresenceCanBeTurnedOff) {
  EngineConfig config = EngineWorld::DefaultConfig();
  config.community.has_presence = false;
  EngineWorld without(config);
  without.BringUp();
  without.Subscribe(1, "discussion:7", kStateOnly);
  without.Frame(R"({"type":"presence_update","bill_id":7,"count":3})");
  without.Drain();
  EXPECT_EQ(without.page().Value("discussion:7", CellKind::kPresence), "");
}

TEST_F(EngineCommunity, AFaultyMessageIsNamedAndChangesNothing) {
  world.Drain();
  world.Frame(R"({"type":"vote_update","bill_id":7,"vote_type":"maybe"})");
  world.Drain();
  EXPECT_EQ(world.counter(Counter::kInvalidMessages), 1);
  const std::vector<Happening> errors = world.page().Of(wire_number::kError);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].json()["context"]["messageType"], "vote_update");
  EXPECT_EQ(errors[0].json()["context"]["reason"],
            "vote_type must be one of support, oppose, neutral");
  EXPECT_TRUE(world.page().List("discussion:7", CellKind::kVotes).empty());
}

TEST_F(EngineCommunity, OwnTypingReachesTheServerAndEndsWithTheTimeout) {
  const std::size_t before = world.sent.size();
  world.StartTyping("7");
  world.StartTyping("7");
  world.RunFor(3000);
  ASSERT_EQ(world.Sent("typing_start").size(), 1U);
  EXPECT_EQ(world.Sent("typing_start")[0].json["data"]["billId"], 7);
  EXPECT_EQ(world.Sent("typing_stop").size(), 1U);
  EXPECT_EQ(world.sent.size(), before + 2);
}

TEST_F(EngineCommunity, OwnTypingWithoutAConnectionDidNotHappen) {
  world.Drop(1006);
  world.StartTyping("7");
  world.RunUntil([&] { return world.engine.connection_state() == ConnectionState::kConnected; });
  EXPECT_TRUE(world.Sent("typing_start").empty());
}

}  // namespace
}  // namespace civic
