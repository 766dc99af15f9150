#include "civic/outbox/typing_sender.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/json.h"

namespace civic {
namespace {

using Texts = std::vector<std::string>;

class TypingSenderTest : public testing::Test {
 protected:
  // Such as "start 7/root", since the last call.
  Texts Said() {
    Texts said;
    for (const std::string& text : sender.messages()) {
      const Json message = ParseJson(text);
      const Json& data = message["data"];
      said.push_back(message["type"].get<std::string>().substr(7) + " " +
                     PrintJson(data["billId"]) + "/" +
                     (data.contains("parentId") ? PrintJson(data["parentId"]) : "root"));
    }
    sender.messages().clear();
    return said;
  }

  TypingSender sender{3000};
};

TEST_F(TypingSenderTest, SaysItOnceHoweverManyKeystrokes) {
  for (int i = 0; i < 20; ++i) {
    sender.Start(1, "7", "", i * 100);
  }
  EXPECT_EQ(Said(), Texts{"start 7/root"});
  EXPECT_EQ(sender.NextDeadline(), 3000);
}

TEST_F(TypingSenderTest, SaysItAgainOncePerTimeoutWhileSomebodyTypes) {
  for (TimeMs now = 0; now <= 9000; now += 500) {
    sender.Start(1, "7", "", now);
    sender.Advance(now);
  }
  EXPECT_EQ(Said(), (Texts{"start 7/root", "start 7/root", "start 7/root", "start 7/root"}));
}

TEST_F(TypingSenderTest, StopsByItselfATimeoutAfterTheLastKeystroke) {
  sender.Start(1, "7", "c1", 0);
  sender.Start(1, "7", "c1", 1000);
  sender.Advance(3000);
  EXPECT_EQ(Said(), (Texts{"start 7/\"c1\"", "start 7/\"c1\""}));
  sender.Advance(4000);
  EXPECT_EQ(Said(), Texts{"stop 7/\"c1\""});
  EXPECT_EQ(sender.NextDeadline(), kNever);
}

TEST_F(TypingSenderTest, StopsWhenToldAndOnlyOnce) {
  sender.Start(1, "7", "", 0);
  sender.Stop(1, "7", "", 10);
  sender.Stop(1, "7", "", 20);
  EXPECT_EQ(Said(), (Texts{"start 7/root", "stop 7/root"}));
}

TEST_F(TypingSenderTest, TwoPagesInOnePlaceCountAsOne) {
  sender.Start(1, "7", "", 0);
  sender.Start(2, "7", "", 10);
  sender.Stop(1, "7", "", 20);
  EXPECT_EQ(Said(), Texts{"start 7/root"});
  sender.RemovePage(2, 30);
  EXPECT_EQ(Said(), Texts{"stop 7/root"});
}

TEST_F(TypingSenderTest, ForgetsEverythingWithTheConnection) {
  sender.Start(1, "7", "", 0);
  sender.ConnectionDown();
  sender.Advance(9000);
  EXPECT_EQ(Said(), Texts{"start 7/root"});
}

TEST_F(TypingSenderTest, IsBounded) {
  for (std::size_t i = 0; i <= TypingSender::kMostPlaces; ++i) {
    sender.Start(1, std::to_string(i), "", 0);
  }
  EXPECT_EQ(Said().size(), TypingSender::kMostPlaces);
}

}  // namespace
}  // namespace civic
