// What a server says again to whoever subscribes, marked `history`, is kept once.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/engine_world.h"

namespace civic {
namespace {

constexpr const char* kStateOnly = R"({"deliver":false})";

std::string History(int first, int last) {
  std::string updates;
  for (int number = first; number <= last; ++number) {
    updates += (updates.empty() ? "" : ",") +
               std::string(R"({"bill_id":7,"type":"t","data":{"n":)") + std::to_string(number) +
               R"(},"timestamp":)" + std::to_string(number) + "}";
  }
  return R"({"type":"batched_updates","history":true,"updates":[)" + updates + "]}";
}

std::string Comment(const std::string& id, bool is_history) {
  return R"({"type":"comment_update","comment_id":")" + id + R"(","bill_id":7,"data":{},)" +
         (is_history ? R"("history":true,)" : "") + R"("timestamp":1})";
}

TEST(EngineHistory, AfterALostConnectionOnlyWhatIsNewIsAdded) {
  EngineWorld world;
  world.BringUp();
  world.Subscribe(1, "bill:7", kStateOnly);
  world.Listen(EventBit(EventKind::kBillUpdate));
  world.Frame(History(1, 3));
  world.Frame(History(2, 5));
  world.Drain();
  EXPECT_EQ(world.page().Updates("bill:7").size(), 5U);
  EXPECT_EQ(world.page().Of(wire_number::kEvent).size(), 5U);
}

TEST(EngineHistory, WhatIsNotMarkedIsTakenAsItComes) {
  EngineWorld world;
  world.BringUp();
  world.Subscribe(1, "bill:7", kStateOnly);
  world.Frame(BillUpdateText(7, 1));
  world.Frame(BillUpdateText(7, 1));
  world.Drain();
  EXPECT_EQ(world.page().Updates("bill:7").size(), 2U);
}

TEST(EngineHistory, CommentsThatCameLiveAreKnownAgain) {
  EngineWorld world;
  world.BringUp();
  world.Subscribe(1, "discussion:7", kStateOnly);
  world.Frame(Comment("a", false));
  world.Frame(Comment("a", true));
  world.Frame(Comment("b", true));
  world.Drain();
  const auto& comments = world.page().List("discussion:7", CellKind::kComments);
  ASSERT_EQ(comments.size(), 2U);
  EXPECT_EQ(ParseJson(comments[1])["commentId"], "b");
  EXPECT_EQ(ParseJson(comments[1])["data"], Json::object());
}

}  // namespace
}  // namespace civic
