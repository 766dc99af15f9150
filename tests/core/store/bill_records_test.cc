#include "civic/store/bill_records.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "store/bill_records_fixture.h"

namespace civic {
namespace {

struct Form {
  std::string_view name;
  std::string_view message;
  std::string_view record;
};

void PrintTo(const Form& form, std::ostream* out) { *out << form.name; }

class BillUpdateForm : public testing::TestWithParam<Form> {};

TEST_P(BillUpdateForm, BecomesThisRecord) {
  EXPECT_EQ(RecordFixture().Update(GetParam().message), GetParam().record);
}

constexpr Form kUpdateForms[] = {
    {"Nested",
     R"({"type":"bill_update","bill_id":7,"update":{"type":"amendment","data":{"a":1}},"timestamp":5})",
     R"({"type":"amendment","data":{"billId":7,"a":1},"timestamp":5})"},
    {"CamelCase",
     R"({"type":"billUpdate","billId":7,"update":{"type":"amendment","data":{"a":1}},"timestamp":5})",
     R"({"type":"amendment","data":{"billId":7,"a":1},"timestamp":5})"},
    {"Flat",
     R"({"type":"bill_update","bill_id":7,"update_type":"new_comment","data":{"a":1},"timestamp":"2026-01-01T00:00:00Z"})",
     R"({"type":"new_comment","data":{"billId":7,"a":1},"timestamp":"2026-01-01T00:00:00Z"})"},
    {"FlatWithItsTypeInData",
     R"({"type":"bill_update","bill_id":7,"data":{"type":"new_comment","a":1},"timestamp":5})",
     R"({"type":"new_comment","data":{"billId":7,"type":"new_comment","a":1},"timestamp":5})"},
    {"FlatWithUpdateTypeInData",
     R"({"type":"bill_update","bill_id":7,"data":{"updateType":"x","type":"y"},"timestamp":5})",
     R"({"type":"x","data":{"billId":7,"updateType":"x","type":"y"},"timestamp":5})"},
    {"WithoutType", R"({"type":"bill_update","bill_id":7,"data":{},"timestamp":5})",
     R"({"type":"update","data":{"billId":7},"timestamp":5})"},
    {"TypeIsNoText",
     R"({"type":"bill_update","bill_id":7,"update":{"type":4,"data":{}},"timestamp":5})",
     R"({"type":"update","data":{"billId":7},"timestamp":5})"},
    {"IdInQuotes", R"({"type":"bill_update","bill_id":"7","data":{},"timestamp":5})",
     R"({"type":"update","data":{"billId":7},"timestamp":5})"},
    {"IdAsFloat", R"({"type":"bill_update","bill_id":7.0e1,"data":{},"timestamp":5})",
     R"({"type":"update","data":{"billId":70},"timestamp":5})"},
    {"IdIsText", R"({"type":"bill_update","bill_id":"hr-\u0031","data":{},"timestamp":5})",
     R"({"type":"update","data":{"billId":"hr-\u0031"},"timestamp":5})"},
    {"IdWithLeadingZero", R"({"type":"bill_update","bill_id":"007","data":{},"timestamp":5})",
     R"({"type":"update","data":{"billId":"007"},"timestamp":5})"},
    {"IdBeyondExactNumbers",
     R"({"type":"bill_update","bill_id":"9007199254740993","data":{},"timestamp":5})",
     R"({"type":"update","data":{"billId":"9007199254740993"},"timestamp":5})"},
    {"NoTimestamp", R"({"type":"bill_update","bill_id":7,"data":{}})",
     R"({"type":"update","data":{"billId":7},"timestamp":1700000000123})"},
    {"TimestampIsNull", R"({"type":"bill_update","bill_id":7,"data":{},"timestamp":null})",
     R"({"type":"update","data":{"billId":7},"timestamp":1700000000123})"},
    {"TimestampOfTheUpdateWins",
     R"({"type":"bill_update","bill_id":7,"update":{"data":{},"timestamp":1},"timestamp":2})",
     R"({"type":"update","data":{"billId":7},"timestamp":1})"},
    {"TimestampOfTheUpdateIsNone",
     R"({"type":"bill_update","bill_id":7,"update":{"data":{},"timestamp":[1]},"timestamp":2})",
     R"({"type":"update","data":{"billId":7},"timestamp":2})"},
    {"OtherMembersAreKept",
     R"({"type":"bill_update","bill_id":7,"user_id":3,"x":[1,{"type":"no"}],"update":{"y":null,"type":"t","data":{"z":1}},"topic":"bill:7","seq":9,"epoch":"e","message_id":"m","timestamp":5})",
     R"({"type":"t","data":{"billId":7,"user_id":3,"x":[1,{"type":"no"}],"y":null,"z":1},"timestamp":5})"},
    {"DataIsAText", R"({"type":"bill_update","bill_id":7,"data":"passed","timestamp":5})",
     R"({"type":"update","data":{"billId":7,"value":"passed"},"timestamp":5})"},
    {"DataIsAList",
     R"({"type":"bill_update","bill_id":7,"update":{"type":"t","data":[1, 2]},"timestamp":5})",
     R"({"type":"t","data":{"billId":7,"value":[1, 2]},"timestamp":5})"},
    {"DataIsNull", R"({"type":"bill_update","bill_id":7,"data":null,"timestamp":5})",
     R"({"type":"update","data":{"billId":7},"timestamp":5})"},
    {"UpdateWithoutData",
     R"({"type":"bill_update","bill_id":7,"update":{"type":"t","a":1},"timestamp":5})",
     R"({"type":"t","data":{"billId":7,"a":1},"timestamp":5})"},
    {"SpaceInsideEmptyData", R"({"type":"bill_update","bill_id":7,"data":{ },"timestamp":5})",
     R"({"type":"update","data":{"billId":7},"timestamp":5})"},
    {"LastMemberWins",
     R"({"type":"bill_update","bill_id":1,"billId":7,"data":{"a":1},"data":{"b":2},"timestamp":1,"timestamp":5})",
     R"({"type":"update","data":{"billId":7,"b":2},"timestamp":5})"},
    {"EscapedNames",
     R"({"type":"bill_update","\u0062ill_id":7,"d\u0061ta":{"a":1},"tim\u0065stamp":5})",
     R"({"type":"update","data":{"billId":7,"a":1},"timestamp":5})"},
    {"ProtoIsAMemberLikeAnyOther",
     R"({"type":"bill_update","bill_id":7,"data":{"__proto__":{"a":1}},"timestamp":5})",
     R"({"type":"update","data":{"billId":7,"__proto__":{"a":1}},"timestamp":5})"},
};

INSTANTIATE_TEST_SUITE_P(BillRecords, BillUpdateForm, testing::ValuesIn(kUpdateForms),
                         [](const auto& form) { return std::string(form.param.name); });

TEST(BillRecords, AnElementOfBatchedUpdatesHasItsOwnType) {
  EXPECT_EQ(RecordFixture().Update(
                R"({"type":"batched_updates","updates":[)"
                R"({"bill_id":7,"type":"amendment","data":{"a":1},"x":2,"timestamp":5}]})",
                true),
            R"({"type":"amendment","data":{"billId":7,"x":2,"a":1},"timestamp":5})");
}

TEST(BillRecords, ATypeThatIsAlsoInDataCountsTwiceForTheBound) {
  const std::string type(5000, 't');
  const std::string message =
      R"({"type":"bill_update","bill_id":7,"data":{"type":")" + type + R"("},"timestamp":5})";
  EXPECT_EQ(
      RecordFixture().Update(message),
      R"({"type":")" + type + R"(","data":{"billId":7,"type":")" + type + R"("},"timestamp":5})");
}

struct EngagementForm {
  std::string_view name;
  std::string_view previous;
  std::string_view message;
  std::string_view record;
};

void PrintTo(const EngagementForm& form, std::ostream* out) { *out << form.name; }

class EngagementFormTest : public testing::TestWithParam<EngagementForm> {};

TEST_P(EngagementFormTest, BecomesThisRecord) {
  const EngagementForm& form = GetParam();
  EXPECT_EQ(RecordFixture().Engagement(form.message, form.previous), form.record);
}

constexpr std::string_view kPrevious =
    R"({"bill_id":7,"viewCount":10,"saveCount":20,"commentCount":30,"shareCount":40,"timestamp":1})";

constexpr EngagementForm kEngagementForms[] = {
    {"Nested", "",
     R"({"type":"engagement_metrics","bill_id":7,"metrics":{"view_count":1,"save_count":2,"comment_count":3,"share_count":4},"timestamp":5})",
     R"({"bill_id":7,"viewCount":1,"saveCount":2,"commentCount":3,"shareCount":4,"timestamp":5})"},
    {"FlatCamelCase", "",
     R"({"type":"engagementMetrics","billId":"7","viewCount":1,"saveCount":2,"commentCount":3,"shareCount":4,"timestamp":5})",
     R"({"bill_id":7,"viewCount":1,"saveCount":2,"commentCount":3,"shareCount":4,"timestamp":5})"},
    {"InData", "",
     R"({"type":"engagement_metrics","bill_id":7,"data":{"viewCount":1},"timestamp":5})",
     R"({"bill_id":7,"viewCount":1,"saveCount":0,"commentCount":0,"shareCount":0,"timestamp":5})"},
    {"MissingCountsStayAsTheyWere", kPrevious,
     R"({"type":"engagement_metrics","bill_id":7,"metrics":{"comment_count":3},"timestamp":5})",
     R"({"bill_id":7,"viewCount":10,"saveCount":20,"commentCount":3,"shareCount":40,"timestamp":5})"},
    {"CountsInQuotes", kPrevious,
     R"({"type":"engagement_metrics","bill_id":7,"metrics":{"view_count":"12","save_count":"many","comment_count":null},"timestamp":5})",
     R"({"bill_id":7,"viewCount":12,"saveCount":20,"commentCount":30,"shareCount":40,"timestamp":5})"},
    {"OtherMetrics", "",
     R"({"type":"engagement_metrics","bill_id":7,"metrics":{"view_count":1,"expert_engagement":0.5,"community_sentiment":{"up":1},"controversyLevel":"high","reach":9},"timestamp":5})",
     R"({"bill_id":7,"viewCount":1,"saveCount":0,"commentCount":0,"shareCount":0,"expertEngagement":0.5,"communitySentiment":{"up":1},"controversyLevel":"high","reach":9,"timestamp":5})"},
    {"OtherMetricsWithNamesOfTheProtocol", "",
     R"({"type":"engagement_metrics","bill_id":7,"metrics":{"view_count":1,"priority":3,"from":"web"},"timestamp":5})",
     R"({"bill_id":7,"viewCount":1,"saveCount":0,"commentCount":0,"shareCount":0,"priority":3,"from":"web","timestamp":5})"},
    {"FlatEnvelopeIsNoMetric", "",
     R"({"type":"engagement_metrics","topic":"bill:7","bill_id":7,"view_count":1,"seq":4,"message_id":"m","timestamp":5})",
     R"({"bill_id":7,"viewCount":1,"saveCount":0,"commentCount":0,"shareCount":0,"timestamp":5})"},
    {"TimestampOfTheMetricsWins", "",
     R"({"type":"engagement_metrics","bill_id":7,"metrics":{"view_count":1,"timestamp":9},"timestamp":5})",
     R"({"bill_id":7,"viewCount":1,"saveCount":0,"commentCount":0,"shareCount":0,"timestamp":9})"},
    {"NoTimestamp", "", R"({"type":"engagement_metrics","bill_id":7,"metrics":{"view_count":1}})",
     R"({"bill_id":7,"viewCount":1,"saveCount":0,"commentCount":0,"shareCount":0,"timestamp":1700000000123})"},
    {"AnIdThatLooksLikeACount",
     R"({"bill_id":"\"viewCount\":9","viewCount":1,"saveCount":2,"commentCount":3,"shareCount":4,"timestamp":5})",
     R"({"type":"engagement_metrics","bill_id":"\"viewCount\":9","metrics":{"save_count":8},"timestamp":6})",
     R"({"bill_id":"\"viewCount\":9","viewCount":1,"saveCount":8,"commentCount":3,"shareCount":4,"timestamp":6})"},
    {"MetricsWithoutCountsFallBackToTheMessage", "",
     R"({"type":"engagement_metrics","bill_id":7,"metrics":{"reach":1},"view_count":2,"timestamp":5})",
     R"({"bill_id":7,"viewCount":2,"saveCount":0,"commentCount":0,"shareCount":0,"timestamp":5})"},
};

INSTANTIATE_TEST_SUITE_P(BillRecords, EngagementFormTest, testing::ValuesIn(kEngagementForms),
                         [](const auto& form) { return std::string(form.param.name); });

TEST(BillRecords, WithoutACountThereIsNoRecord) {
  RecordFixture records;
  for (const std::string_view metrics :
       {R"({})", R"({"reach":1})", R"({"view_count":null})", R"({"view_count":"many"})", R"([])"}) {
    const std::string message =
        R"({"type":"engagement_metrics","bill_id":7,"metrics":)" + std::string(metrics) + "}";
    EXPECT_EQ(records.Engagement(message), "no counts") << metrics;
  }
}

}  // namespace
}  // namespace civic
