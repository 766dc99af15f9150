#include "civic/store/bill_service.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "civic/wire/id.h"
#include "civic/wire/json_scanner.h"

namespace civic {
namespace {

class BillServiceTest : public testing::Test {
 protected:
  struct Applied {
    ServiceOutcome outcome;
    std::string record;
  };

  Applied Apply(std::string_view text, MessageKind kind, TopicId topic = 0) {
    EXPECT_TRUE(scanner_.Scan(text).ok());
    const MessageView message(text, scanner_.entries(), 0);
    const JsonEntry* entry = message.Find(Field::kBillId);
    const BillId id{*ReadId(text, *entry, buffer_), entry};
    const ServiceOutcome outcome = service.Apply(message, kind, false, id, topic, 5);
    return {outcome, std::string(outcome.record)};
  }

  std::string Fault(std::string_view text, MessageKind kind) {
    EXPECT_TRUE(scanner_.Scan(text).ok());
    return std::string(BillService::FindFault(MessageView(text, scanner_.entries(), 0), kind));
  }

  static StoreLimits Limits() {
    StoreLimits limits;
    limits.cell_bytes = 400;
    return limits;
  }

  CellStore store{Limits()};
  Counters counters;
  BillService service{store, counters};

 private:
  JsonScanner scanner_;
  IdBuffer buffer_;
};

TEST_F(BillServiceTest, AppendsUpdatesAndReplacesEngagement) {
  Apply(R"({"bill_id":1,"data":{"n":1},"timestamp":1})", MessageKind::kBillUpdate);
  const Applied second =
      Apply(R"({"bill_id":1,"data":{"n":2},"timestamp":2})", MessageKind::kBillUpdate);
  EXPECT_TRUE(second.outcome.is_changed);
  EXPECT_EQ(second.record, R"({"type":"update","data":{"billId":1,"n":2},"timestamp":2})");
  EXPECT_EQ(store.Find(0, CellKind::kBillUpdates)->log.size(), 2U);

  Apply(R"({"bill_id":1,"view_count":4,"timestamp":1})", MessageKind::kEngagementMetrics);
  const Applied newer =
      Apply(R"({"bill_id":1,"save_count":5,"timestamp":2})", MessageKind::kEngagementMetrics);
  EXPECT_EQ(
      newer.record,
      R"({"bill_id":1,"viewCount":4,"saveCount":5,"commentCount":0,"shareCount":0,"timestamp":2})");
  EXPECT_EQ(store.Find(0, CellKind::kBillEngagement)->log.size(), 1U);
  EXPECT_EQ(counters.Get(Counter::kRecordsStored), 4);
}

TEST_F(BillServiceTest, ARecordOverTheLimitOfACellIsRefused) {
  const std::string large = R"({"bill_id":1,"data":{"n":")" + std::string(400, 'x') + R"("}})";
  const Applied refused = Apply(large, MessageKind::kBillUpdate);
  EXPECT_FALSE(refused.outcome.is_changed);
  EXPECT_TRUE(refused.outcome.too_large);
  EXPECT_EQ(counters.Get(Counter::kRecordsStored), 0);
  EXPECT_TRUE(Apply(R"({"bill_id":1,"data":{}})", MessageKind::kBillUpdate).outcome.is_changed);
}

TEST_F(BillServiceTest, FaultsAreNamed) {
  constexpr auto kUpdate = MessageKind::kBillUpdate;
  constexpr auto kEngagement = MessageKind::kEngagementMetrics;
  EXPECT_EQ(Fault(R"({"update":{}})", kUpdate), "");
  EXPECT_EQ(Fault(R"({"data":null})", kUpdate), "");
  EXPECT_EQ(Fault(R"({"update":5,"data":{}})", kUpdate), "update must be an object");
  EXPECT_EQ(Fault(R"({"other":5})", kUpdate), "update or data is missing");
  EXPECT_EQ(Fault(R"({"metrics":{"view_count":1}})", kEngagement), "");
  EXPECT_NE(Fault(R"({"metrics":{"view_count":[]}})", kEngagement), "");
}

}  // namespace
}  // namespace civic
