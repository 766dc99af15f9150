#include "civic/wire/message_view.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "civic/wire/json_scanner.h"

namespace civic {
namespace {

TEST(MessageView, FindsTheLastMemberOfAField) {
  constexpr std::string_view kText =
      R"({"bill_id":1,"data":{"type":"a","type":"b"},"billId":2,"d\u0061ta2":0})";
  JsonScanner scanner;
  ASSERT_TRUE(scanner.Scan(kText).ok());
  const MessageView view(kText, scanner.entries(), 0);
  ASSERT_NE(view.Find(Field::kBillId), nullptr);
  EXPECT_EQ(RawValue(kText, *view.Find(Field::kBillId)), "2");
  EXPECT_EQ(RawValue(kText, *view.FindIn(*view.Find(Field::kData), Field::kType)), R"("b")");
  EXPECT_EQ(view.FindIn(*view.Find(Field::kData), Field::kTopic), nullptr);
  EXPECT_EQ(view.Find(Field::kTopic), nullptr);
  EXPECT_EQ(view.raw(), kText);
}

TEST(MessageView, SeesAnElementOfABatchAsAMessageOfItsOwn) {
  constexpr std::string_view kText =
      R"({"type":"batch","topic":"outer","messages":[{"type":"a"}, 7 ,{"type":"b","data":{}}]})";
  JsonScanner scanner;
  ASSERT_TRUE(scanner.Scan(kText).ok());
  const MessageView batch(kText, scanner.entries(), 0);
  std::vector<std::string> elements;
  batch.ForEachIn(*batch.Find(Field::kMessages), [&](const JsonEntry& element) {
    elements.emplace_back(RawValue(kText, element));
    if (element.kind == JsonKind::kObject) {
      const MessageView message(kText, scanner.entries(), batch.IndexOf(element));
      EXPECT_EQ(message.Find(Field::kTopic), nullptr);
      EXPECT_EQ(message.raw(), elements.back());
    }
  });
  EXPECT_EQ(elements,
            (std::vector<std::string>{R"({"type":"a"})", "7", R"({"type":"b","data":{}})"}));
}

TEST(MessageView, AnEmptyObjectHasNoMembers) {
  JsonScanner scanner;
  ASSERT_TRUE(scanner.Scan("{}").ok());
  const MessageView view("{}", scanner.entries(), 0);
  for (int i = 0; i < kFieldCount; ++i) {
    EXPECT_EQ(view.Find(static_cast<Field>(i)), nullptr);
  }
}

}  // namespace
}  // namespace civic
