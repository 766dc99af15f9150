// Dialect v2 as the engine speaks it: docs/protocol.md, row by row. The server here is a script;
// tests/simulation has one that follows the rules.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/engine_world.h"

namespace civic {
namespace {

using Texts = std::vector<std::string>;

constexpr std::uint32_t kGapBit = EventBit(EventKind::kGap);

class EngineDialectV2 : public testing::Test {
 protected:
  static EngineConfig Config() {
    EngineConfig config = EngineWorld::DefaultConfig();
    config.session.token_on_demand = false;
    config.session.reconnect.max_attempts = kUnlimitedAttempts;
    config.linger_ms = 0;
    return config;
  }

  explicit EngineDialectV2(const EngineConfig& config = Config()) : world(config) {
    world.protocol = "civic-engagement-v2";
    world.answers_pings = false;
    world.confirms_subscriptions = false;
    world.Listen(kGapBit | EventBit(EventKind::kBillUpdate));
  }

  // Connects and is welcomed.
  void BringUp(const std::string& welcome_data = "{}") {
    world.Connect();
    Greet(welcome_data);
  }
  void Greet(const std::string& welcome_data = "{}") {
    ASSERT_TRUE(world.RunUntil([&] { return world.open_socket() != kNoSocket; }));
    const Json hello = world.Sent("hello").back().json;
    world.Frame(R"({"type":"welcome","messageId":)" + hello["messageId"].dump() + R"(,"data":)" +
                welcome_data + "}");
    ASSERT_EQ(world.engine.connection_state(), ConnectionState::kConnected);
  }

  // Such as "bill:1@e/5 bill:2", of the newest subscribe.
  std::string Asked() const {
    std::string asked;
    const Json topics = world.Sent("subscribe").back().json["topics"];
    for (const Json& topic : topics) {
      asked += asked.empty() ? "" : " ";
      asked += topic["topic"].get<std::string>();
      if (topic.contains("since")) {
        asked +=
            "@" + topic["since"]["epoch"].get<std::string>() + "/" + topic["since"]["seq"].dump();
      }
      if (topic.contains("filters")) {
        asked += topic["filters"].dump();
      }
    }
    return asked;
  }
  std::size_t Asks() const { return world.Sent("subscribe").size(); }

  void Subscribed(const std::string& topic, int seq, int start, const std::string& epoch = "e") {
    world.Frame(R"({"type":"subscribed","messageId":)" +
                world.Sent("subscribe").back().json["messageId"].dump() +
                R"(,"topics":[{"topic":")" + topic + R"(","epoch":")" + epoch + R"(","seq":)" +
                std::to_string(seq) + R"(,"start":)" + std::to_string(start) +
                R"(,"recovered":true}]})");
  }
  void Update(int bill, int seq, const std::string& more = "") {
    std::string text = BillUpdateText(bill, seq);
    text.back() = ',';
    world.Frame(text + R"("topic":"bill:)" + std::to_string(bill) + R"(","epoch":"e","seq":)" +
                std::to_string(seq) + more + "}");
  }
  void Pong(const std::string& positions) {
    world.Frame(R"({"type":"pong","positions":[)" + positions + "]}");
  }

  // The numbers of the updates that bill 1 shows.
  std::vector<int> Shown() {
    world.Drain();
    std::vector<int> numbers;
    for (const std::string& record : world.page().Updates("bill:1")) {
      numbers.push_back(ParseJson(record)["data"]["number"].get<int>());
    }
    return numbers;
  }
  Texts Gaps() {
    world.Drain();
    Texts gaps;
    for (const Happening& happening : world.page().Of(wire_number::kEvent)) {
      if (happening.key == static_cast<std::uint32_t>(EventKind::kGap)) {
        gaps.push_back(happening.text);
      }
    }
    return gaps;
  }
  Texts Results() {
    world.Drain();
    Texts results;
    for (const Happening& result : world.page().Of(wire_number::kCommandResult)) {
      results.push_back(std::to_string(result.key) + " " +
                        std::string(ErrorName(static_cast<ErrorCode>(result.a))));
    }
    world.page().happenings.clear();
    return results;
  }

  EngineWorld world;
};

TEST_F(EngineDialectV2, HelloAndEverySubscriptionLeaveTogetherBeforeTheWelcome) {
  for (std::uint32_t bill = 1; bill <= 500; ++bill) {
    world.Subscribe(bill, "bill:" + std::to_string(bill));
  }
  world.Connect();
  ASSERT_TRUE(world.RunUntil([&] { return world.open_socket() != kNoSocket; }));
  ASSERT_EQ(world.sent.size(), 2U) << "500 topics are one frame";
  EXPECT_EQ(world.sent[0].type(), "hello");
  EXPECT_FALSE(world.sent[0].json["data"]["client"].get<std::string>().empty());
  EXPECT_EQ(world.sent[1].json["topics"].size(), 500U);
  EXPECT_EQ(world.engine.connection_state(), ConnectionState::kConnecting);
  Greet();
}

TEST_F(EngineDialectV2, WithoutAWelcomeItTriesAnotherConnection) {
  world.Connect();
  ASSERT_TRUE(world.RunUntil([&] { return world.opened.size() == 2; }));
  EXPECT_EQ(world.closed.front().text, "no welcome came");
}

TEST_F(EngineDialectV2, EventsAreTakenInOrderAndDuplicatesDropped) {
  world.Subscribe(1, "bill:1");
  BringUp();
  Subscribed("bill:1", 4, 4);
  Update(1, 5);
  Update(1, 5);
  Update(1, 6);
  Update(1, 5);
  EXPECT_EQ(Shown(), (std::vector<int>{5, 6}));
  EXPECT_EQ(world.counter(Counter::kDuplicatesDropped), 2);
  EXPECT_EQ(world.page().Deliveries(1).size(), 2U);
}

TEST_F(EngineDialectV2, ADuplicateInABatchIsDroppedToo) {
  world.Subscribe(1, "bill:1");
  BringUp();
  Subscribed("bill:1", 4, 4);
  std::string event = BillUpdateText(1, 5);
  event.back() = ',';
  event += R"("topic":"bill:1","epoch":"e","seq":5})";
  world.Frame(R"({"type":"batch","messages":[)" + event + "," + event + "]}");
  EXPECT_EQ(Shown(), std::vector<int>{5});
}

TEST_F(EngineDialectV2, AHoleIsAskedForAndWhatFollowsWaitsForTheReplay) {
  world.Subscribe(1, "bill:1");
  BringUp();
  Subscribed("bill:1", 4, 4);
  Update(1, 7);
  EXPECT_EQ(Asked(), "bill:1@e/4");
  Update(1, 8);
  EXPECT_EQ(Shown(), std::vector<int>{});
  Subscribed("bill:1", 8, 4);
  for (int seq = 5; seq <= 8; ++seq) {
    Update(1, seq);
  }
  EXPECT_EQ(Shown(), (std::vector<int>{5, 6, 7, 8}));
  EXPECT_EQ(Gaps(), Texts{R"({"topic":"bill:1","epoch":"e","from":5,"to":6,"recovered":true})"});
  EXPECT_EQ(world.counter(Counter::kGaps), 1);
  EXPECT_EQ(world.counter(Counter::kGapsRecovered), 1);
}

TEST_F(EngineDialectV2, FiguresTellDuplicatesAndGapsOfEachTopicOfTheStream) {
  world.Subscribe(1, "discussion:1");
  world.Subscribe(2, "community:1");
  world.Subscribe(3, "bill:1");
  BringUp();
  Subscribed("discussion:1", 4, 4);
  const auto vote = [&](int seq) {
    world.Frame(R"({"type":"vote_update","bill_id":1,"vote_type":"support","topic":"discussion:1",)"
                R"("epoch":"e","seq":)" +
                std::to_string(seq) + "}");
  };
  vote(5);
  vote(5);
  world.Frame(R"({"type":"gap","topic":"discussion:1","epoch":"e","from":6,"to":7})");
  vote(10);
  Subscribed("discussion:1", 10, 7);
  for (int seq = 8; seq <= 10; ++seq) {
    vote(seq);
  }
  std::size_t rows = 0;
  const Json figures = world.Figures();
  for (const Json& row : figures["topics"]) {
    const bool is_of_stream = row[1] != 0;
    EXPECT_EQ(row[1], is_of_stream ? 4 : 0) << "messages";
    EXPECT_EQ(row[5], is_of_stream ? 1 : 0) << "duplicates";
    EXPECT_EQ(row[6], is_of_stream ? 2 : 0) << "gaps";
    EXPECT_EQ(row[7], is_of_stream ? 1 : 0) << "of them recovered";
    rows += is_of_stream ? 1 : 0;
  }
  EXPECT_EQ(rows, 2U);
}

TEST_F(EngineDialectV2, ALateAnswerToAnOlderSubscribeMeansNothing) {
  world.Subscribe(1, "bill:1");
  BringUp();
  const std::string old_id = world.Sent("subscribe").back().json["messageId"].dump();
  Subscribed("bill:1", 4, 4);
  Update(1, 7);
  world.Frame(R"({"type":"subscribed","messageId":)" + old_id +
              R"(,"topics":[{"topic":"bill:1","epoch":"e","seq":9,"start":9}]})");
  Update(1, 8);
  EXPECT_EQ(Shown(), std::vector<int>{}) << "the replay is still to come";
}

TEST_F(EngineDialectV2, AReconnectGoesOnFromThePosition) {
  world.Subscribe(1, "bill:1");
  world.Subscribe(2, "bill:2");
  BringUp();
  Subscribed("bill:1", 0, 0);
  Update(1, 1);
  world.Drop(1006);
  Greet();
  EXPECT_EQ(Asked(), "bill:1@e/1 bill:2");
  Subscribed("bill:1", 2, 1);
  Update(1, 2);
  EXPECT_EQ(Shown(), (std::vector<int>{1, 2}));
  EXPECT_EQ(Gaps(), Texts{});
  EXPECT_EQ(world.counter(Counter::kStreamsResumed), 1);
}

TEST_F(EngineDialectV2, ANewEpochIsOneGapOfUnknownLength) {
  world.Subscribe(1, "bill:1");
  BringUp();
  Subscribed("bill:1", 3, 3);
  world.Drop(1006);
  Greet();
  Subscribed("bill:1", 0, 0, "f");
  EXPECT_EQ(Gaps(),
            Texts{R"({"topic":"bill:1","epoch":"f","from":4,"to":null,"recovered":false})"});
}

TEST_F(EngineDialectV2, TheServersOwnGapIsTold) {
  world.Subscribe(1, "bill:1");
  BringUp();
  Subscribed("bill:1", 3, 3);
  world.Frame(R"({"type":"gap","topic":"bill:1","epoch":"e","from":4,"to":6})");
  Update(1, 7);
  EXPECT_EQ(Shown(), std::vector<int>{7});
  EXPECT_EQ(Gaps(), Texts{R"({"topic":"bill:1","epoch":"e","from":4,"to":6,"recovered":false})"});
  world.Frame(R"({"type":"gap","topic":"bill:1"})");
  world.Drain();
  EXPECT_EQ(world.page().Errors(), Texts{"invalid-message"});
}

TEST_F(EngineDialectV2, APongTellsThatTheNewestWasLost) {
  world.Subscribe(1, "bill:1");
  BringUp();
  Subscribed("bill:1", 3, 3);
  Pong(R"({"topic":"bill:1","epoch":"e","seq":3},{"topic":"bill:9","epoch":"e","seq":3},7)");
  EXPECT_EQ(Asks(), 1U);
  Pong(R"({"topic":"bill:1","epoch":"e","seq":4})");
  EXPECT_EQ(Asked(), "bill:1@e/3");
  EXPECT_EQ(Asks(), 2U);
}

TEST_F(EngineDialectV2, AFrameThatCannotBeReadMayHaveBeenAnything) {
  world.Subscribe(1, "bill:1");
  BringUp();
  Subscribed("bill:1", 3, 3);
  world.Send(1, R"({"type":"comment_update"})");
  EXPECT_EQ(world.Sent("comment_update").size(), 1U);
  world.Frame(R"({"type":"bill_upd)");
  EXPECT_EQ(Asked(), "bill:1@e/3");
  EXPECT_EQ(world.Sent("comment_update").size(), 2U) << "its acknowledgement may be lost";
  world.Frame("[");
  EXPECT_EQ(Asks(), 2U) << "at most once a second";
  world.RunFor(1000);
  EXPECT_EQ(Asks(), 3U);
  EXPECT_EQ(world.counter(Counter::kResyncs), 2);
  Subscribed("bill:1", 3, 3);
  EXPECT_EQ(Gaps(), Texts{}) << "nothing was missing";
}

TEST_F(EngineDialectV2, ASubscribeThatNobodyAnswersIsSentAgain) {
  world.answers_pings = true;
  world.Subscribe(1, "bill:1");
  BringUp();
  world.RunFor(10'100);
  EXPECT_EQ(Asks(), 2U);
}

TEST_F(EngineDialectV2, OnAConnectionThatJustDiedNothingIsAsked) {
  world.Subscribe(1, "bill:1");
  BringUp();
  // The silence, and the `subscribe` that nobody answered, are due at one time.
  ASSERT_TRUE(world.RunUntil([&] { return !world.closed.empty(); }));
  EXPECT_EQ(Asks(), 1U);
}

TEST_F(EngineDialectV2, ARefusedSubscriptionIsAnErrorThatNamesTheTopic) {
  world.Subscribe(1, "bill:1");
  world.Subscribe(2, "bill:2");
  BringUp();
  world.Frame(R"({"type":"subscribed","messageId":)" +
              world.Sent("subscribe").back().json["messageId"].dump() +
              R"(,"topics":[{"topic":"bill:1","error":"no such bill"}]})");
  world.Drain();
  const Happening error = world.page().Of(wire_number::kError).back();
  EXPECT_EQ(error.json()["code"], "subscription-refused");
  EXPECT_NE(error.json()["message"].get<std::string>().find("bill:1: no such bill"),
            std::string::npos);
  Update(1, 1);
  EXPECT_EQ(Shown(), std::vector<int>{}) << "of a stream that was refused nothing is taken";
}

TEST_F(EngineDialectV2, AnErrorToTheWholeSubscribeNamesEveryTopic) {
  world.Subscribe(1, "bill:1");
  world.Subscribe(2, "bill:2");
  BringUp();
  world.Frame(R"({"type":"error","messageId":)" +
              world.Sent("subscribe").back().json["messageId"].dump() +
              R"(,"data":{"error":"too many"}})");
  world.Drain();
  Texts topics;
  for (const Happening& error : world.page().Of(wire_number::kError)) {
    topics.push_back(error.json()["context"]["topic"].get<std::string>());
  }
  EXPECT_EQ(topics, (Texts{"bill:1", "bill:2"}));
}

TEST_F(EngineDialectV2, UnsubscribingSendsOneFrame) {
  world.Subscribe(1, "bill:1");
  world.Subscribe(2, "bill:2");
  BringUp();
  world.engine.RemovePage(1, world.now());
  world.AddPage();
  EXPECT_EQ(world.Sent("unsubscribe").size(), 1U);
  EXPECT_EQ(world.Sent("unsubscribe").back().json["topics"], ParseJson(R"(["bill:1","bill:2"])"));
}

TEST_F(EngineDialectV2, ViewsOfOneStreamShareIt) {
  world.Subscribe(1, "community:5");
  world.Subscribe(2, "discussion:5");
  world.Subscribe(3, "expert:7");
  world.Subscribe(4, "*");
  BringUp();
  EXPECT_EQ(Asked(), "discussion:5 expert:updates *");
  Subscribed("discussion:5", 0, 0);
  world.Frame(R"({"type":"comment_update","bill_id":5,"comment_id":1,"action":"created","data":{},)"
              R"("topic":"discussion:5","epoch":"e","seq":1})");
  world.Drain();
  EXPECT_EQ(world.page().Deliveries(1).size(), 1U);
  EXPECT_EQ(world.page().Deliveries(2).size(), 1U);
  EXPECT_EQ(world.page().Deliveries(4).size(), 1U);
  EXPECT_EQ(world.page().List("discussion:5", CellKind::kComments).size(), 1U);
}

TEST_F(EngineDialectV2, WhoReceivesEverythingGetsStreamsThatNobodyKeeps) {
  world.Subscribe(1, "*");
  BringUp();
  Update(3, 17);
  Update(3, 12);
  world.Drain();
  EXPECT_EQ(world.page().Deliveries(1).size(), 2U);
}

TEST_F(EngineDialectV2, FiltersGoToTheServerAndWhatItLeftOutIsNoHole) {
  world.Subscribe(1, "bill:1", R"({"filters":{"type":"amendment"}})");
  BringUp();
  EXPECT_EQ(Asked(), R"(bill:1{"type":"amendment"})");
  Subscribed("bill:1", 3, 3);
  Update(1, 9, R"(,"previous":3)");
  EXPECT_EQ(Shown(), std::vector<int>{9});
  world.Subscribe(2, "bill:1");
  EXPECT_EQ(Asked(), "bill:1@e/9");
}

TEST_F(EngineDialectV2, APositionThatIsNoneIsAnErrorAndNothingIsTaken) {
  world.Subscribe(1, "bill:1");
  BringUp();
  Subscribed("bill:1", 3, 3);
  world.Frame(
      R"({"type":"bill_update","bill_id":1,"topic":"bill:1","epoch":"e","seq":"4","update":{}})");
  EXPECT_EQ(Shown(), std::vector<int>{});
  EXPECT_EQ(world.page().Errors(), Texts{"invalid-message"});
}

TEST_F(EngineDialectV2, PagesAreToldWhichGuaranteeHolds) {
  const auto guarantees = [&] {
    world.Drain();
    Texts texts;
    for (const Happening& one : world.page().Of(wire_number::kGuarantee)) {
      texts.push_back(std::to_string(one.a));
    }
    world.page().happenings.clear();
    return texts;
  };
  world.Subscribe(1, "bill:1");
  BringUp();
  EXPECT_EQ(guarantees(), Texts{});
  Subscribed("bill:1", 3, 3);
  EXPECT_EQ(guarantees(), Texts{"1"});
  world.protocol = "civic-engagement-v1";
  world.Drop(1006);
  ASSERT_TRUE(world.RunUntil(
      [&] { return world.engine.connection_state() == ConnectionState::kConnected; }));
  EXPECT_EQ(guarantees(), Texts{"0"}) << "a server of dialect v1 promises less";
  EXPECT_EQ(world.Subscriptions(world.sent.size() - 1), Texts{"subscribe bill:1"});
}

TEST_F(EngineDialectV2, AMessageIsDoneWhenItIsAcknowledgedAndSentAgainUntilThen) {
  BringUp();
  world.Send(1, R"({"type":"comment_update","data":{}})");
  world.Send(2, R"({"type":"vote_update","messageId":"mine"})");
  EXPECT_EQ(Results(), Texts{});
  EXPECT_EQ(world.Sent("vote_update").back().json["messageId"], "mine");
  const Json id = world.Sent("comment_update").back().json["messageId"];
  world.Drop(1006);
  Greet();
  EXPECT_EQ(world.Sent("comment_update").size(), 2U);
  EXPECT_EQ(world.Sent("comment_update").back().json["messageId"], id);
  world.Frame(R"({"type":"ack","messageIds":[)" + id.dump() + R"(,"mine"]})");
  EXPECT_EQ(Results(), (Texts{"1 ok", "2 ok"}));
  EXPECT_EQ(world.counter(Counter::kMessagesResent), 2);
  EXPECT_EQ(world.counter(Counter::kMessagesAcknowledged), 2);
}

TEST_F(EngineDialectV2, AMessageTheServerRefusesIsRejectedWithItsReason) {
  BringUp();
  world.Send(1, R"({"type":"comment_update","messageId":"m"})");
  world.Frame(R"({"type":"error","messageId":"m","data":{"error":"too rude"}})");
  world.Drain();
  EXPECT_NE(world.page().Of(wire_number::kCommandResult).back().text.find("too rude"),
            std::string::npos);
  EXPECT_EQ(Results(), Texts{"1 message-rejected"});
}

TEST_F(EngineDialectV2, CommandsOfThePageAreNotAwaited) {
  BringUp();
  world.Send(1, R"({"type":"typing_start"})");
  EXPECT_EQ(Results(), Texts{"1 ok"});
}

TEST_F(EngineDialectV2, AnAnswerOfAnotherTypeAcknowledgesToo) {
  BringUp();
  world.Send(1, R"({"type":"get_preferences","messageId":"p"})");
  world.Frame(R"({"type":"preferences_response","messageId":"p","data":{}})");
  EXPECT_EQ(Results(), Texts{"1 ok"});
}

TEST_F(EngineDialectV2, TheServersLimitsHold) {
  BringUp(R"({"maxInFlight":2,"maxMessageBytes":100})");
  for (std::uint32_t command = 1; command <= 3; ++command) {
    world.Send(command,
               R"({"type":"vote_update","messageId":"m)" + std::to_string(command) + R"("})");
  }
  EXPECT_EQ(world.Sent("vote_update").size(), 2U);
  world.Frame(R"({"type":"ack","messageId":"m1"})");
  EXPECT_EQ(world.Sent("vote_update").size(), 3U);
  world.Frame(R"({"type":"ack","messageIds":["m2","m3"]})");
  world.Send(4, R"({"type":"vote_update","data":")" + std::string(100, 'x') + R"("})");
  EXPECT_EQ(Results(), (Texts{"1 ok", "2 ok", "3 ok", "4 message-too-large"}));
}

TEST_F(EngineDialectV2, MessagesWaitWhileTheSocketIsFull) {
  BringUp();
  world.engine.SocketBacklog(world.open_socket(), 1U << 20U, world.now());
  world.Send(1, R"({"type":"vote_update","messageId":"m"})");
  world.StartTyping("1");
  EXPECT_TRUE(world.Sent("vote_update").empty());
  EXPECT_TRUE(world.Sent("typing_start").empty()) << "typing that comes late says nothing";
  EXPECT_LE(world.engine.NextDeadline(), world.now() + 100);
  world.engine.SocketBacklog(world.open_socket(), 0, world.now());
  world.RunFor(0);
  EXPECT_EQ(world.Sent("vote_update").size(), 1U);
}

TEST_F(EngineDialectV2, AHostThatSaysNoMoreOfABacklogHasNone) {
  BringUp();
  world.engine.SocketBacklog(world.open_socket(), 1U << 20U, world.now());
  world.Send(1, R"({"type":"vote_update"})");
  world.RunFor(200);
  EXPECT_EQ(world.Sent("vote_update").size(), 1U);
}

TEST_F(EngineDialectV2, TheOutboxIsReadableAndComesBackInALaterVisit) {
  world.Subscribe(1, "local:outbox");
  world.Send(1, R"({"type":"vote_update","n":1})");
  world.Drain();
  const std::string saved = world.page().Value("local:outbox", CellKind::kOutbox);
  EXPECT_EQ(ParseJson(saved).size(), 1U);
  EngineWorld later(Config());
  later.protocol = "civic-engagement-v2";
  later.engine.RestoreOutbox(1, saved, later.now());
  later.Connect();
  ASSERT_TRUE(later.RunUntil([&] { return later.open_socket() != kNoSocket; }));
  later.Frame(R"({"type":"welcome","data":{}})");
  ASSERT_EQ(later.Sent("vote_update").size(), 1U);
  EXPECT_EQ(later.Sent("vote_update").back().json["messageId"], ParseJson(saved)[0]["messageId"]);
  world.Disconnect();
  world.Drain();
  EXPECT_EQ(world.page().Value("local:outbox", CellKind::kOutbox), saved)
      << "nothing was given up: there never was a connection";
}

// A page that read an empty outbox would keep nothing for the next visit.
TEST_F(EngineDialectV2, MemoryThatRunsShortDoesNotHideWhatWaitsToBeSent) {
  EngineConfig config = Config();
  config.store.cache_bytes = 6000;
  EngineWorld small(config);
  small.Subscribe(1, "local:outbox");
  small.Send(1, R"({"type":"vote_update","n":1})");
  small.Drain();
  const std::string saved = small.page().Value("local:outbox", CellKind::kOutbox);
  for (int bill = 1; bill < 5; ++bill) {
    small.Subscribe(10 + static_cast<std::uint32_t>(bill), "bill:" + std::to_string(bill));
    small.engine.Inject(1, BillUpdateText(bill, 1), small.now());
    small.Drain();
    EXPECT_EQ(small.page().Value("local:outbox", CellKind::kOutbox), saved) << bill;
  }
  EXPECT_GT(small.counter(Counter::kTopicsEvicted), 0);
  EXPECT_EQ(ParseJson(saved).size(), 1U);
}

class EngineDialectV2Deflate : public EngineDialectV2 {
 protected:
  static EngineConfig DeflatingConfig() {
    EngineConfig config = Config();
    config.deflates = true;
    return config;
  }
  EngineDialectV2Deflate() : EngineDialectV2(DeflatingConfig()) {}

  Action::Kind KindOfNext(const std::string& message) {
    world.engine.Send(1, 1, message, "", world.now());
    Action action;
    EXPECT_TRUE(world.engine.PollAction(&action));
    return action.kind;
  }
  // As the page was told last.
  Json Connection() {
    world.Drain();
    return world.page().Of(wire_number::kConnection).back().json();
  }
  const std::string large_ = R"({"type":"vote_update","x":")" + std::string(1100, 'x') + R"("})";
};

TEST_F(EngineDialectV2Deflate, LargeMessagesAreDeflatedWhenBothSidesSaidSo) {
  BringUp(R"({"compression":"deflate-raw"})");
  EXPECT_EQ(world.Sent("hello").back().json["data"]["compression"],
            ParseJson(R"(["deflate-raw"])"));
  EXPECT_EQ(KindOfNext(large_), Action::Kind::kSendDeflated);
  EXPECT_EQ(KindOfNext(R"({"type":"vote_update"})"), Action::Kind::kSendText);
  world.engine.NoteDeflated(true, 100, 1100);
  EXPECT_EQ(world.counter(Counter::kDeflatedBytesSent), 100);
  EXPECT_EQ(world.counter(Counter::kDeflatedTextBytesSent), 1100);
  EXPECT_EQ(Connection()["dialect"], "v2");
  EXPECT_EQ(Connection()["compression"], "deflate-raw");
  world.Drop(1006);
  EXPECT_FALSE(Connection().contains("compression")) << "there is no connection";
}

TEST_F(EngineDialectV2Deflate, OtherwiseTheyAreNot) {
  BringUp("{}");
  EXPECT_EQ(KindOfNext(large_), Action::Kind::kSendText);
  EXPECT_FALSE(Connection().contains("compression"));
}

}  // namespace
}  // namespace civic
