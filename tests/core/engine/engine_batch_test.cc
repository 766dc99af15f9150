// Messages inside messages.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "civic/engine/event_kind.h"
#include "support/engine_world.h"

namespace civic {
namespace {

using Texts = std::vector<std::string>;

std::string Nested(const std::string& message, int depth) {
  std::string text = message;
  for (int i = 0; i < depth; ++i) {
    text = R"({"type":"batch","messages":[)" + text + "]}";
  }
  return text;
}

class EngineBatch : public testing::Test {
 protected:
  EngineBatch() {
    world_.BringUp();
    world_.Subscribe(1, "bill:7");
    world_.Subscribe(2, "bill:8");
    world_.RunFor(100);
    world_.Drain();
    received_before_ = world_.counter(Counter::kMessagesReceived);
  }

  double received() const { return world_.counter(Counter::kMessagesReceived) - received_before_; }

  EngineWorld world_;
  double received_before_ = 0;
};

TEST_F(EngineBatch, EachMessageIsHandledAsIfItHadComeAlone) {
  world_.Listen(EventBit(EventKind::kMessage));
  world_.Frame(R"({"type":"batch","timestamp":1,"messages":[)" + BillUpdateText(7, 1) + " , " +
               BillUpdateText(8, 2) + "," + BillUpdateText(7, 3) + "]}");
  world_.Drain();
  const PageModel& page = world_.page();
  EXPECT_EQ(page.Updates("bill:7"), (Texts{BillUpdateRecord(7, 1), BillUpdateRecord(7, 3)}));
  EXPECT_EQ(page.Updates("bill:8"), Texts{BillUpdateRecord(8, 2)});
  EXPECT_EQ(page.Deliveries(1), (Texts{BillUpdateText(7, 1), BillUpdateText(7, 3)}));
  EXPECT_EQ(page.Texts(wire_number::kEvent),
            (Texts{BillUpdateText(7, 1), BillUpdateText(8, 2), BillUpdateText(7, 3)}));
  EXPECT_EQ(received(), 3) << "the batch itself is no message";
}

TEST_F(EngineBatch, NestedFourDeepItIsReadAndFiveDeepItIsRefused) {
  world_.Frame(Nested(BillUpdateText(7, 4), 4));
  world_.Drain();
  EXPECT_EQ(world_.page().Updates("bill:7"), Texts{BillUpdateRecord(7, 4)});
  EXPECT_EQ(world_.page().Errors(), Texts{});
  world_.Frame(R"({"type":"batch","messages":[)" + Nested(BillUpdateText(7, 5), 4) + "," +
               BillUpdateText(7, 6) + "]}");
  world_.Drain();
  EXPECT_EQ(world_.page().Updates("bill:7"),
            (Texts{BillUpdateRecord(7, 4), BillUpdateRecord(7, 6)}));
  EXPECT_EQ(world_.page().Errors(), Texts{"nested-too-deep"});
}

TEST_F(EngineBatch, EveryElementOfBatchedUpdatesGoesToItsBill) {
  world_.Listen(EventBit(EventKind::kBillUpdate));
  world_.Frame(R"({"type":"batchedUpdates","updates":[)"
               R"({"bill_id":7,"type":"amendment","data":{"a":1},"timestamp":1},)"
               R"({"billId":"8","type":"new_comment","data":{"a":2},"timestamp":2},)"
               R"({"bill_id":9,"type":"amendment","data":{},"timestamp":3}]})");
  world_.Drain();
  const PageModel& page = world_.page();
  EXPECT_EQ(page.Updates("bill:7"),
            Texts{R"({"type":"amendment","data":{"billId":7,"a":1},"timestamp":1})"});
  EXPECT_EQ(page.Updates("bill:8"),
            Texts{R"({"type":"new_comment","data":{"billId":8,"a":2},"timestamp":2})"});
  EXPECT_EQ(page.Of(wire_number::kEvent).size(), 2U);
  EXPECT_EQ(page.Deliveries(1),
            Texts{R"({"type":"bill_update","bill_id":7,)"
                  R"("update":{"bill_id":7,"type":"amendment","data":{"a":1},"timestamp":1}})"});
  EXPECT_EQ(world_.counter(Counter::kUnroutedMessages), 1);
}

TEST_F(EngineBatch, AnElementMeetsTheFilterThatItsUpdateAloneWouldMeet) {
  world_.Subscribe(3, "bill:7", R"({"filters":{"type":"amendment"}})");
  world_.Frame(R"({"type":"bill_update","bill_id":7,"update":{"type":"amendment","data":{}}})");
  world_.Frame(R"({"type":"batched_updates","updates":[{"bill_id":7,"type":"amendment","data":{}},)"
               R"({"bill_id":7,"type":"new_comment","data":{}}]})");
  world_.Drain();
  EXPECT_EQ(world_.page().Deliveries(3).size(), 2U);
}

TEST_F(EngineBatch, RepliesInsideABatchAreHeard) {
  world_.Frame(R"({"type":"batch","messages":[{"type":"ping","messageId":"a"},)"
               R"({"type":"ping","messageId":"b"}]})");
  const auto pongs = world_.Sent("pong");
  ASSERT_EQ(pongs.size(), 2U);
  EXPECT_EQ(pongs[1].json.value("messageId", ""), "b");
}

TEST_F(EngineBatch, AnEmptyBatchIsNothing) {
  world_.Frame(R"({"type":"batch","messages":[]})");
  world_.Frame(R"({"type":"batched_updates","updates":[]})");
  EXPECT_FALSE(world_.Drain());
}

}  // namespace
}  // namespace civic
