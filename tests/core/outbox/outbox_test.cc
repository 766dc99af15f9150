#include "civic/outbox/outbox.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace civic {
namespace {

std::vector<std::string> Messages(Outbox& outbox) {
  std::vector<std::string> messages;
  for (const Outbox::Waiting& waiting : outbox.TakeAll()) {
    messages.push_back(std::to_string(waiting.page) + "/" + std::to_string(waiting.command) + " " +
                       waiting.message);
  }
  return messages;
}

TEST(Outbox, HandsOutEverythingInOrderOnce) {
  Outbox outbox({});
  EXPECT_EQ(outbox.Keep(1, 10, "a"), ErrorCode::kOk);
  EXPECT_EQ(outbox.Keep(2, 10, "b"), ErrorCode::kOk);
  EXPECT_EQ(outbox.Keep(1, 11, "c"), ErrorCode::kOk);
  EXPECT_EQ(outbox.size(), 3U);
  EXPECT_EQ(Messages(outbox), (std::vector<std::string>{"1/10 a", "2/10 b", "1/11 c"}));
  EXPECT_TRUE(Messages(outbox).empty());
}

TEST(Outbox, RefusesTheNewestOverTheCount) {
  Outbox outbox({2, 100});
  outbox.Keep(1, 1, "a");
  outbox.Keep(1, 2, "b");
  EXPECT_EQ(outbox.Keep(1, 3, "c"), ErrorCode::kOutboxFull);
  EXPECT_EQ(Messages(outbox), (std::vector<std::string>{"1/1 a", "1/2 b"}));
  EXPECT_EQ(outbox.Keep(1, 4, "d"), ErrorCode::kOk);
}

TEST(Outbox, RefusesTheNewestOverTheBytesAndTakesASmallerOne) {
  Outbox outbox({10, 5});
  EXPECT_EQ(outbox.Keep(1, 1, "abc"), ErrorCode::kOk);
  EXPECT_EQ(outbox.Keep(1, 2, "def"), ErrorCode::kOutboxFull);
  EXPECT_EQ(outbox.Keep(1, 3, "gh"), ErrorCode::kOk);
  Messages(outbox);
  EXPECT_EQ(outbox.Keep(1, 4, "abcde"), ErrorCode::kOk);
}

TEST(Outbox, AllowedNothingItTakesNothing) {
  EXPECT_EQ(Outbox({0, 100}).Keep(1, 1, "a"), ErrorCode::kOutboxFull);
}

TEST(Outbox, APageThatGoesTakesItsMessagesAndTheirBytes) {
  Outbox outbox({10, 6});
  outbox.Keep(1, 1, "abc");
  outbox.Keep(2, 1, "def");
  outbox.RemovePage(1);
  EXPECT_EQ(outbox.size(), 1U);
  EXPECT_EQ(outbox.Keep(2, 2, "ghi"), ErrorCode::kOk);
  EXPECT_EQ(Messages(outbox), (std::vector<std::string>{"2/1 def", "2/2 ghi"}));
}

}  // namespace
}  // namespace civic
