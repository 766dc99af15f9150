#include "civic/store/community_records.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "civic/wire/json_scanner.h"
#include "support/json.h"

namespace civic {
namespace {

struct Case {
  const char* name;
  MessageKind kind;
  std::string_view message;
  std::string_view record;  // or the fault, which does not begin with {
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

class CommunityRecord : public testing::TestWithParam<Case> {};

TEST_P(CommunityRecord, IsThis) {
  const Case& one = GetParam();
  JsonScanner scanner;
  ASSERT_TRUE(scanner.Scan(one.message).ok());
  const MessageView message(one.message, scanner.entries(), 0);
  const std::string fault = FindCommunityFault(message, one.kind);
  if (!one.record.starts_with('{')) {
    EXPECT_EQ(fault, one.record);
    return;
  }
  ASSERT_EQ(fault, "");
  std::string record(CommunityRecordBound(message), '#');
  record.resize(WriteCommunityRecord(message, one.kind, 5, 9, record.data()));
  EXPECT_EQ(record, one.record);
  EXPECT_FALSE(ParseJson(record).is_discarded());
}

constexpr MessageKind kComment = MessageKind::kCommentUpdate;
constexpr MessageKind kVote = MessageKind::kVoteUpdate;
constexpr MessageKind kTyping = MessageKind::kTypingIndicator;
constexpr MessageKind kCommunity = MessageKind::kCommunityUpdate;
constexpr MessageKind kExpert = MessageKind::kExpertActivity;
constexpr MessageKind kModeration = MessageKind::kModerationEvent;
constexpr MessageKind kPresence = MessageKind::kPresenceUpdate;

INSTANTIATE_TEST_SUITE_P(
    CommunityRecords, CommunityRecord,
    testing::Values(
        Case{"CommentInSnakeCase", kComment,
             R"({"type":"comment_update","comment_id":"c1","bill_id":7,"parent_id":3,)"
             R"("user_id":"u","action":"updated","data":{"content":"x"},"timestamp":"t"})",
             R"({"commentId":"c1","billId":7,"parentId":3,"userId":"u","action":"updated",)"
             R"("data":{"content":"x"},"timestamp":"t","arrival":9})"},
        Case{"CommentAllInItsDataAsAPageSendsIt", kComment,
             R"({"type":"commentUpdate","data":{"billId":"7","content":"x","timestamp":4}})",
             R"({"commentId":null,"billId":"7","parentId":null,"userId":null,"action":"created",)"
             R"("data":{"billId":"7","content":"x","timestamp":4},"timestamp":4,"arrival":9})"},
        Case{"CommentFlatWithoutData", kComment,
             R"({"type":"comment_update","billId":7,"parent_id":null,"content":"x"})",
             R"({"commentId":null,"billId":7,"parentId":null,"userId":null,"action":"created",)"
             R"("data":{"content":"x"},"timestamp":5,"arrival":9})"},
        Case{"CommentWhoseDataIsNoObject", kComment, R"({"bill_id":7,"data":"x"})",
             R"({"commentId":null,"billId":7,"parentId":null,"userId":null,"action":"created",)"
             R"("data":{"value":"x"},"timestamp":5,"arrival":9})"},
        Case{"CommentWithoutBill", kComment, R"({"data":{}})", "bill_id is missing"},
        Case{"CommentWithABillThatIsNone", kComment, R"({"bill_id":[]})",
             "bill_id must be a number or a string"},
        Case{"CommentWithAnUnknownAction", kComment, R"({"bill_id":7,"action":"eaten"})",
             "action must be one of created, updated, deleted"},
        Case{"Vote", kVote, R"({"billId":7,"voteType":"oppose","user_id":2,"weight":1})",
             R"({"billId":7,"userId":2,"voteType":"oppose","data":{"weight":1},)"
             R"("timestamp":5,"arrival":9})"},
        Case{"VoteWithoutItsKind", kVote, R"({"bill_id":7})", "vote_type is missing"},
        Case{"VoteOfAnotherKind", kVote, R"({"bill_id":7,"vote_type":"maybe"})",
             "vote_type must be one of support, oppose, neutral"},
        Case{"VoteWhoseKindIsNoText", kVote, R"({"bill_id":7,"vote_type":1})",
             "vote_type must be one of support, oppose, neutral"},
        Case{"TypingIsWhatAnIndicatorMeans", kTyping,
             R"({"user_id":2,"bill_id":7,"user_name":"Ada","timestamp":4})",
             R"({"userId":2,"billId":7,"parentId":null,"isTyping":true,)"
             R"("data":{"user_name":"Ada"},"timestamp":4})"},
        Case{"TypingHasStopped", kTyping,
             R"({"userId":2,"billId":7,"parentId":"p","isTyping":false})",
             R"({"userId":2,"billId":7,"parentId":"p","isTyping":false,"data":{},"timestamp":5})"},
        Case{"TypingOfNobody", kTyping, R"({"bill_id":7})", "user_id is missing"},
        Case{"TypingThatIsNeither", kTyping, R"({"user_id":1,"bill_id":7,"is_typing":"yes"})",
             "is_typing must be true or false"},
        Case{"CommunityNamedByItsUpdateType", kCommunity,
             R"({"update_type":"comment_added","discussion_id":"d","data":{"type":"x"}})",
             R"({"type":"comment_added","discussionId":"d","billId":null,"data":{"type":"x"},)"
             R"("timestamp":5,"arrival":9})"},
        Case{"CommunityNamedByItsData", kCommunity,
             R"({"bill_id":7,"data":{"type":"expert_joined","expert":"Ada"}})",
             R"({"type":"expert_joined","discussionId":null,"billId":7,)"
             R"("data":{"type":"expert_joined","expert":"Ada"},"timestamp":5,"arrival":9})"},
        Case{"CommunityInAnUpdate", kCommunity,
             R"({"bill_id":7,"update":{"type":"trending_topic","rank":1,"data":{"tag":"tax"}}})",
             R"({"type":"trending_topic","discussionId":null,"billId":7,)"
             R"("data":{"rank":1,"tag":"tax"},"timestamp":5,"arrival":9})"},
        Case{"CommunityWithoutAName", kCommunity, R"({"bill_id":7})",
             R"({"type":"update","discussionId":null,"billId":7,"data":{},"timestamp":5,)"
             R"("arrival":9})"},
        Case{"Expert", kExpert, R"({"expert_id":"e","data":{"verified":true}})",
             R"({"expertId":"e","billId":null,"data":{"verified":true},"timestamp":5,)"
             R"("arrival":9})"},
        Case{"ExpertUnknown", kExpert, R"({"bill_id":7})", "expert_id is missing"},
        Case{"Moderation", kModeration, R"({"target_id":3,"action":"hidden"})",
             R"({"targetId":3,"data":{"action":"hidden"},"timestamp":5,"arrival":9})"},
        Case{"ModerationOfNothing", kModeration, R"({"data":{}})", "target_id is missing"},
        Case{"Presence", kPresence, R"({"bill_id":7,"count":12})",
             R"({"billId":7,"count":12,"timestamp":5})"},
        Case{"PresenceNegative", kPresence, R"({"bill_id":7,"count":-1})",
             "count must be a number that is not negative"}),
    [](const testing::TestParamInfo<Case>& one) { return std::string(one.param.name); });

TEST(StoppedTypingTest, TurnsOnlyTheRecordsOwnMember) {
  EXPECT_EQ(StoppedTyping(R"({"userId":"isTyping","isTyping":true,"data":{"isTyping":true}})"),
            R"({"userId":"isTyping","isTyping":false,"data":{"isTyping":true}})");
}

}  // namespace
}  // namespace civic
