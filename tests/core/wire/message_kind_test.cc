#include "civic/wire/message_kind.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace civic {
namespace {

std::string CamelCase(std::string_view snake) {
  std::string camel;
  for (std::size_t i = 0; i < snake.size(); ++i) {
    camel += snake[i] == '_' ? static_cast<char>(snake[++i] - 'a' + 'A') : snake[i];
  }
  return camel;
}

TEST(MessageKind, EveryKindIsFoundInBothSpellings) {
  for (int i = 1; i < kMessageKindCount; ++i) {
    const auto kind = static_cast<MessageKind>(i);
    const MessageTraits& traits = TraitsOf(kind);
    EXPECT_EQ(traits.kind, kind);
    EXPECT_EQ(LookUpMessageKind(traits.name), kind) << traits.name;
    EXPECT_EQ(LookUpMessageKind(CamelCase(traits.name)), kind) << traits.name;
  }
}

TEST(MessageKind, EveryOtherNameIsUnknown) {
  for (const std::string_view name :
       {"", "bill", "billupdate", "BillUpdate", "bill_Update", "bill-update", "bill_update ",
        "bill_updates", "subscribe", "auth",
        "a name of more bytes than any name of the protocol has"}) {
    EXPECT_EQ(LookUpMessageKind(name), MessageKind::kUnknown) << name;
  }
}

TEST(MessageKind, TheTableSaysWhereMessagesGo) {
  EXPECT_EQ(TraitsOf(MessageKind::kBillUpdate).topic_rule, TopicRule::kBill);
  EXPECT_EQ(TraitsOf(MessageKind::kCommentUpdate).topic_rule, TopicRule::kDiscussion);
  EXPECT_EQ(TraitsOf(MessageKind::kExpertActivity).topic_rule, TopicRule::kExpertUpdates);
  EXPECT_EQ(TraitsOf(MessageKind::kModerationEvent).topic_rule, TopicRule::kModerationEvents);
  EXPECT_EQ(TraitsOf(MessageKind::kNotificationClear).topic_rule, TopicRule::kUserNotifications);
  EXPECT_EQ(TraitsOf(MessageKind::kBatch).message_class, MessageClass::kContainer);
  EXPECT_EQ(TraitsOf(MessageKind::kBatchedUpdates).message_class, MessageClass::kUpdates);
}

}  // namespace
}  // namespace civic
