#include "civic/routing/topic_sync.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/json.h"

namespace civic {
namespace {

class TopicSyncTest : public testing::Test {
 protected:
  using Texts = std::vector<std::string>;

  void Subscribe(std::uint32_t handle, std::string_view topic, std::string_view filter_json = "") {
    Filter filter;
    EXPECT_EQ(filter.Parse(filter_json), "");
    table.Subscribe(1, handle, topic, filter, Priority::kMedium, true);
    Follow();
  }
  void Unsubscribe(std::uint32_t handle) {
    table.Unsubscribe(1, handle, 0);
    Follow();
  }
  void LetLingerPass() {
    table.Advance(1000);
    Follow();
  }

  // Such as `subscribe bill:1 {"type":"x"}`.
  Texts Sent() {
    Texts texts;
    for (const std::string& text : sync.messages()) {
      const Json message = ParseJson(text);
      texts.push_back(message["type"].get<std::string>() + " " +
                      message["topic"].get<std::string>());
      if (message.contains("filters")) {
        texts.back() += " " + message["filters"].dump();
      }
      last_message_id = message["messageId"].get<std::string>();
      last_subscription_id = message["subscriptionId"].get<std::string>();
      EXPECT_TRUE(message_ids.insert(last_message_id).second) << "a message id was used again";
    }
    sync.messages().clear();
    return texts;
  }

  Random random{1};
  TopicTable table{100};
  TopicSync sync{table, random};
  std::string last_message_id;
  std::string last_subscription_id;
  std::set<std::string> message_ids;

 private:
  void Follow() {
    for (const RoutingChange& change : table.changes()) {
      switch (change.kind) {
        case RoutingChange::Kind::kTopicOpened:
        case RoutingChange::Kind::kTopicWanted:
        case RoutingChange::Kind::kFilterChanged:
          sync.Update(change.topic);
          break;
        case RoutingChange::Kind::kTopicClosed:
          sync.Close(change.topic);
          table.Release(change.topic);
          break;
        default:
          break;
      }
    }
    table.changes().clear();
  }
};

TEST_F(TopicSyncTest, NothingIsSaidBeforeThereIsAConnection) {
  Subscribe(1, "bill:1");
  Subscribe(2, "bill:2");
  Unsubscribe(2);
  LetLingerPass();
  EXPECT_EQ(Sent(), Texts{});
  sync.ConnectionUp();
  EXPECT_EQ(Sent(), Texts{"subscribe bill:1"});
}

TEST_F(TopicSyncTest, OneSubscribePerTopicAndOneUnsubscribe) {
  sync.ConnectionUp();
  Subscribe(1, "bill:1");
  Subscribe(2, "bill:1");
  Subscribe(3, "bill:1");
  EXPECT_EQ(Sent(), Texts{"subscribe bill:1"});
  const std::string subscription_id = last_subscription_id;
  for (const std::uint32_t handle : {1U, 2U, 3U}) {
    Unsubscribe(handle);
  }
  EXPECT_EQ(Sent(), Texts{});
  LetLingerPass();
  EXPECT_EQ(Sent(), Texts{"unsubscribe bill:1"});
  EXPECT_EQ(last_subscription_id, subscription_id);
}

TEST_F(TopicSyncTest, EveryConnectionIsToldOnce) {
  Subscribe(1, "bill:1");
  sync.ConnectionUp();
  EXPECT_EQ(Sent(), Texts{"subscribe bill:1"});
  const std::string first_id = last_subscription_id;
  sync.ConnectionDown();
  Subscribe(2, "bill:2");
  EXPECT_EQ(Sent(), Texts{});
  sync.ConnectionUp();
  EXPECT_EQ(Sent(), (Texts{"subscribe bill:1", "subscribe bill:2"}));
  EXPECT_NE(last_subscription_id, first_id);
}

TEST_F(TopicSyncTest, ATopicThisConnectionNeverHeardOfIsNotUnsubscribed) {
  sync.ConnectionUp();
  Subscribe(1, "bill:1");
  Sent();
  Unsubscribe(1);
  sync.ConnectionDown();
  sync.ConnectionUp();
  EXPECT_EQ(Sent(), Texts{}) << "nobody refers to a topic that lingers";
  LetLingerPass();
  EXPECT_EQ(Sent(), Texts{});
}

TEST_F(TopicSyncTest, WhoReturnsAfterAReconnectFindsTheTopicSubscribed) {
  sync.ConnectionUp();
  Subscribe(1, "bill:1");
  Unsubscribe(1);
  sync.ConnectionDown();
  sync.ConnectionUp();
  Sent();
  Subscribe(2, "bill:1");
  EXPECT_EQ(Sent(), Texts{"subscribe bill:1"});
}

TEST_F(TopicSyncTest, AnotherFilterIsAnotherSubscribeUnderTheSameId) {
  sync.ConnectionUp();
  Subscribe(1, "bill:1", R"({"type":"x"})");
  EXPECT_EQ(Sent(), Texts{R"(subscribe bill:1 {"type":"x"})"});
  const std::string subscription_id = last_subscription_id;
  Subscribe(2, "bill:1");
  EXPECT_EQ(Sent(), Texts{"subscribe bill:1"});
  EXPECT_EQ(last_subscription_id, subscription_id);
  Unsubscribe(2);
  EXPECT_EQ(Sent(), Texts{R"(subscribe bill:1 {"type":"x"})"});
}

TEST_F(TopicSyncTest, AnAnswerNamesItsTopicOnce) {
  sync.ConnectionUp();
  Subscribe(1, "bill:1");
  Sent();
  EXPECT_EQ(sync.TakeAnswered("somebody else's"), TopicTable::kNone);
  EXPECT_EQ(sync.TakeAnswered(""), TopicTable::kNone);
  EXPECT_EQ(sync.TakeAnswered(last_message_id), table.Find("bill:1"));
  EXPECT_EQ(sync.TakeAnswered(last_message_id), TopicTable::kNone);
}

TEST_F(TopicSyncTest, AnswersOfAnEarlierConnectionOrSubscribeAreNobodys) {
  sync.ConnectionUp();
  Subscribe(1, "bill:1");
  Sent();
  const std::string superseded = last_message_id;
  Subscribe(2, "bill:1", R"({"type":"x"})");
  Unsubscribe(1);
  Sent();
  EXPECT_EQ(sync.TakeAnswered(superseded), TopicTable::kNone);
  sync.ConnectionDown();
  EXPECT_EQ(sync.TakeAnswered(last_message_id), TopicTable::kNone);
}

TEST_F(TopicSyncTest, AClosedTopicsHandleStartsAnew) {
  sync.ConnectionUp();
  Subscribe(1, "bill:1");
  Sent();
  const std::string answer = last_message_id;
  Unsubscribe(1);
  LetLingerPass();
  Sent();
  Subscribe(1, "bill:2");
  EXPECT_EQ(Sent(), Texts{"subscribe bill:2"});
  EXPECT_EQ(sync.TakeAnswered(answer), TopicTable::kNone);
}

}  // namespace
}  // namespace civic
