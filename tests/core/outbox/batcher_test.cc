#include "civic/outbox/batcher.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/json.h"

namespace civic {
namespace {

using Texts = std::vector<std::string>;

class BatcherTest : public testing::Test {
 protected:
  void Add(int number, TimeMs now) {
    batcher.Add({1, static_cast<std::uint32_t>(number), Text(number)}, now);
  }
  static std::string Text(int number) { return R"({"n":)" + std::to_string(number) + "}"; }

  // What was sent since the last call: "1" for a message, "2 3" for a batch.
  Texts Sent() {
    Texts sent;
    for (const Batcher::Frame& frame : batcher.frames()) {
      const Json json = ParseJson(frame.text);
      std::string numbers;
      if (json.contains("messages")) {
        EXPECT_EQ(json["type"], "batch");
        last_batch_id = json["messageId"].get<std::string>();
        for (const Json& message : json["messages"]) {
          numbers += (numbers.empty() ? "" : " ") + PrintJson(message["n"]);
        }
      } else {
        numbers = PrintJson(json["n"]);
      }
      sent.push_back(numbers);
    }
    batcher.frames().clear();
    return sent;
  }

  Batcher batcher{{true, 3, 1000}, 1000, "x"};
  std::string last_batch_id;
};

TEST_F(BatcherTest, TheFirstAfterQuietLeavesAtOnceTheRestTogether) {
  Add(1, 0);
  EXPECT_EQ(Sent(), Texts{"1"});
  Add(2, 10);
  Add(3, 20);
  EXPECT_TRUE(Sent().empty());
  EXPECT_EQ(batcher.NextDeadline(), 1000);
  batcher.Advance(1000);
  EXPECT_EQ(Sent(), Texts{"2 3"});
}

TEST_F(BatcherTest, AFullBatchDoesNotWait) {
  for (int i = 1; i <= 8; ++i) {
    Add(i, i);
  }
  EXPECT_EQ(Sent(), (Texts{"1", "2 3 4", "5 6 7"}));
  batcher.Advance(5000);
  EXPECT_EQ(Sent(), Texts{"8"});
}

TEST_F(BatcherTest, QuietComesBackAnIntervalAfterTheLastBatch) {
  Add(1, 0);
  Add(2, 1);
  batcher.Advance(1000);
  batcher.Advance(2000);
  EXPECT_EQ(batcher.NextDeadline(), kNever);
  Sent();
  Add(3, 2001);
  EXPECT_EQ(Sent(), Texts{"3"});
}

TEST_F(BatcherTest, DisabledItSendsEverythingAsItComes) {
  batcher = Batcher({false, 3, 1000}, 1000, "x");
  Add(1, 0);
  Add(2, 0);
  EXPECT_EQ(Sent(), (Texts{"1", "2"}));
  EXPECT_EQ(batcher.NextDeadline(), kNever);
}

TEST_F(BatcherTest, ABatchIsNoLargerThanAFrameMayBe) {
  batcher = Batcher({true, 10, 1000}, 128 + 15, "x");
  Add(1, 0);
  for (int i = 2; i <= 4; ++i) {
    Add(i, 1);
  }
  batcher.Flush(2);
  EXPECT_EQ(Sent(), (Texts{"1", "2 3", "4"}));
}

TEST_F(BatcherTest, AServerThatRefusesABatchGetsItsMessagesOneByOne) {
  Add(1, 0);
  Add(2, 1);
  Add(3, 2);
  Add(4, 3);
  Add(5, 4);
  EXPECT_EQ(Sent(), (Texts{"1", "2 3 4"}));
  EXPECT_FALSE(batcher.TakeRefusal("another", "batch", 10));
  EXPECT_TRUE(batcher.TakeRefusal(last_batch_id, "batch", 10));
  EXPECT_EQ(Sent(), (Texts{"2", "3", "4", "5"}));
  EXPECT_FALSE(batcher.TakeRefusal(last_batch_id, "batch", 10));
  Add(6, 20);
  Add(7, 20);
  EXPECT_EQ(Sent(), (Texts{"6", "7"}));
}

TEST_F(BatcherTest, WhatDoesNotFitOneFrameIsNoTrialForAServerThatAcknowledges) {
  batcher = Batcher({true, 10, 1000}, 128 + 15, "x");
  for (int i = 1; i <= 4; ++i) {
    batcher.Add({0, 0, Text(i), std::to_string(i)}, 1);
  }
  batcher.Flush(2);
  EXPECT_EQ(Sent(), (Texts{"1", "2", "3", "4"}));
}

TEST_F(BatcherTest, ARefusalWithoutAnIdMeansTheOldestBatch) {
  for (int i = 1; i <= 4; ++i) {
    Add(i, 0);
  }
  Sent();
  EXPECT_FALSE(batcher.TakeRefusal("", "vote_update", 10));
  EXPECT_TRUE(batcher.TakeRefusal("", "batch", 10));
  EXPECT_EQ(Sent(), (Texts{"2", "3", "4"}));
}

TEST_F(BatcherTest, ARefusalThatComesLateIsNone) {
  for (int i = 1; i <= 4; ++i) {
    Add(i, 0);
  }
  Sent();
  EXPECT_FALSE(batcher.TakeRefusal(last_batch_id, "batch", 10'001));
}

TEST_F(BatcherTest, GivesBackWhatTheConnectionDidNotTake) {
  Add(1, 0);
  Add(2, 1);
  Add(3, 2);
  Sent();
  const auto left = batcher.ConnectionDown();
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left.front().message, Text(2));
  EXPECT_EQ(left.back().command, 3U);
  batcher.Advance(9000);
  EXPECT_TRUE(Sent().empty());
}

TEST_F(BatcherTest, CommandsAndTypingMayNotWait) {
  for (const char* type : {"subscribe", "unsubscribe", "ping", "auth", "typing_start"}) {
    EXPECT_FALSE(Batcher::MayWait(type)) << type;
  }
  EXPECT_TRUE(Batcher::MayWait("comment_update"));
}

}  // namespace
}  // namespace civic
