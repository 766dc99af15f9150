// Messages that wait: bounded, in order, and every one of them settled once.
#include "civic/outbox/outbox.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "support/json.h"

namespace civic {
namespace {

using Texts = std::vector<std::string>;

constexpr std::size_t kAnySize = 1U << 20U;

std::string Text(const std::string& name) { return R"({"n":")" + name + R"("})"; }

class OutboxTest : public testing::Test {
 protected:
  ErrorCode Keep(std::uint32_t command, const std::string& name, const std::string& options = "",
                 PageId page = 1, bool is_acknowledged = true) {
    SendOptions parsed;
    EXPECT_EQ(parsed.Parse(options), "");
    return outbox.Keep({page, command, Text(name)}, "", is_acknowledged, parsed, now);
  }

  // Names and ids of everything that can be sent now, such as "a pme-1".
  Texts Sent(std::size_t most_in_flight = 64) {
    Texts sent;
    while (const auto next = outbox.SendNext(most_in_flight, kAnySize, false, now)) {
      const Json json = ParseJson(next->message);
      sent.push_back(json["n"].get<std::string>() + " " + json.value("messageId", ""));
    }
    return sent;
  }

  // Such as "1/10 ok".
  Texts Settled() {
    Texts settled;
    for (const Outbox::Settled& one : outbox.settled()) {
      settled.push_back(std::to_string(one.page) + "/" + std::to_string(one.command) + " " +
                        std::string(ErrorName(one.code)));
    }
    outbox.settled().clear();
    return settled;
  }

  Texts Taken() {
    Texts taken;
    while (const auto next = outbox.TakeNext()) {
      taken.push_back(next->message);
    }
    return taken;
  }

  Outbox outbox{{3, 60}, "me"};
  TimeMs now = 1000;
};

TEST_F(OutboxTest, HandsOutEverythingInOrderWithAnIdAndKeepsItUntilItIsAcknowledged) {
  Keep(10, "a");
  Keep(11, "b", "", 2);
  EXPECT_EQ(Sent(), (Texts{"a pme-1", "b pme-2"}));
  EXPECT_EQ(Sent(), Texts{});
  EXPECT_EQ(outbox.size(), 2U);
  EXPECT_TRUE(outbox.Acknowledge("pme-2"));
  EXPECT_FALSE(outbox.Acknowledge("pme-2"));
  EXPECT_TRUE(outbox.Acknowledge("pme-1"));
  EXPECT_EQ(Settled(), (Texts{"2/11 ok", "1/10 ok"}));
  EXPECT_EQ(outbox.size(), 0U);
  EXPECT_EQ(outbox.bytes(), 0U);
}

TEST_F(OutboxTest, AServerThatAcknowledgesNothingGetsTheTextAsItIs) {
  Keep(10, "a");
  Keep(11, "b");
  EXPECT_EQ(Taken(), (Texts{Text("a"), Text("b")}));
  EXPECT_EQ(outbox.size(), 0U);
  EXPECT_EQ(Settled(), Texts{});
}

TEST_F(OutboxTest, AnIdOfTheMessagesOwnIsKept) {
  outbox.Keep({1, 1, R"({ "messageId" : "mine" } )"}, "mine", true, {}, now);
  outbox.Keep({1, 2, " { } "}, "", true, {}, now);
  const auto first = outbox.SendNext(64, kAnySize, false, now);
  const auto second = outbox.SendNext(64, kAnySize, false, now);
  EXPECT_EQ(ParseJson(first->message)["messageId"], "mine");
  EXPECT_EQ(ParseJson(second->message), ParseJson(R"({"messageId":"pme-1"})"));
  EXPECT_TRUE(outbox.Acknowledge("mine"));
}

TEST_F(OutboxTest, HasNoMoreUnderWayThanTheServerTakes) {
  Keep(1, "a");
  Keep(2, "b");
  Keep(3, "c");
  EXPECT_EQ(Sent(2), (Texts{"a pme-1", "b pme-2"}));
  outbox.Acknowledge("pme-1");
  EXPECT_EQ(Sent(2), Texts{"c pme-3"});
}

TEST_F(OutboxTest, WhatExpiredUnderWayStillCountsWhenTheRestIsSentAgain) {
  Keep(1, "a", R"({"expiresInMs":10})");
  Sent();
  Keep(2, "b");
  now += 10;
  outbox.Advance(now);
  EXPECT_EQ(Sent(1), Texts{}) << "the server has it still";
  now += 100'000;
  outbox.Advance(now);
  EXPECT_EQ(Sent(1), Texts{}) << "and time does not change that";
  outbox.SendAgain();
  EXPECT_EQ(Sent(1), Texts{"a pme-1"}) << "its answer may be the one that was lost";
  outbox.ConnectionDown();
  EXPECT_EQ(Sent(1), Texts{"b pme-2"}) << "of the next connection it is no concern";
}

TEST_F(OutboxTest, SendsAgainInOrderWithTheSameIds) {
  Keep(1, "a");
  Keep(2, "b");
  Sent();
  Keep(3, "c");
  outbox.Acknowledge("pme-1");
  outbox.SendAgain();
  EXPECT_EQ(Sent(), (Texts{"b pme-2", "c pme-3"}));
  EXPECT_EQ(outbox.TakeResent(), 1U);
  EXPECT_EQ(outbox.TakeResent(), 0U);
}

TEST_F(OutboxTest, WhatIsNotAcknowledgedForLongIsSentAgain) {
  Keep(1, "a");
  Sent();
  EXPECT_EQ(outbox.NextDeadline(), now + 15'000);
  now += 15'000;
  outbox.Advance(now);
  EXPECT_EQ(Sent(), Texts{"a pme-1"});
}

TEST_F(OutboxTest, RefusesTheNewestOverTheCount) {
  Keep(1, "a");
  Keep(2, "b");
  Keep(3, "c");
  EXPECT_EQ(Keep(4, "d"), ErrorCode::kOutboxFull);
  EXPECT_EQ(Taken(), (Texts{Text("a"), Text("b"), Text("c")}));
}

TEST_F(OutboxTest, RefusesTheNewestOverTheBytesButTakesAnyWhenEmpty) {
  const std::string long_name(100, 'x');
  EXPECT_EQ(Keep(1, long_name), ErrorCode::kOk);
  EXPECT_EQ(Keep(2, "b"), ErrorCode::kOutboxFull);
  Taken();
  EXPECT_EQ(Keep(3, "a"), ErrorCode::kOk);
  EXPECT_EQ(Keep(4, long_name), ErrorCode::kOutboxFull);
  EXPECT_EQ(Keep(5, "b"), ErrorCode::kOk);
}

TEST_F(OutboxTest, DropsTheOldestOfThoseThatMayBeDropped) {
  const std::string may_drop = R"({"whenFull":"dropOldest"})";
  Keep(1, "a");
  Keep(2, "b", may_drop);
  Keep(3, "c", may_drop);
  EXPECT_EQ(Keep(4, "d", may_drop), ErrorCode::kOk);
  EXPECT_EQ(Settled(), Texts{"1/2 outbox-full"});
  EXPECT_EQ(Taken(), (Texts{Text("a"), Text("c"), Text("d")}));
}

TEST_F(OutboxTest, WhatWasSentIsNotDropped) {
  const std::string may_drop = R"({"whenFull":"dropOldest"})";
  Keep(1, "a", may_drop);
  Keep(2, "b", may_drop);
  Keep(3, "c", may_drop);
  Sent();
  EXPECT_EQ(Keep(4, "d", may_drop), ErrorCode::kOutboxFull);
  EXPECT_EQ(Settled(), Texts{});
}

TEST_F(OutboxTest, OfOneKeyTheLatestIsKept) {
  Keep(1, "a", R"({"key":"draft"})");
  Keep(2, "b");
  Keep(3, "c", R"({"key":"draft"})");
  EXPECT_EQ(Settled(), Texts{"1/1 message-superseded"});
  EXPECT_EQ(Taken(), (Texts{Text("b"), Text("c")}));
}

TEST_F(OutboxTest, WhatWaitsTooLongExpires) {
  Keep(1, "a", R"({"expiresInMs":500})");
  Keep(2, "b", R"({"expiresInMs":900})");
  Sent(1);
  EXPECT_EQ(outbox.NextDeadline(), now + 500);
  outbox.Advance(now + 500);
  EXPECT_EQ(outbox.settled().front().detail,
            "it was sent, and whether it took effect is not known");
  EXPECT_EQ(Settled(), Texts{"1/1 message-expired"});
  outbox.Advance(now + 900);
  EXPECT_EQ(outbox.settled().front().detail, "it was never sent");
  EXPECT_EQ(Settled(), Texts{"1/2 message-expired"});
  EXPECT_EQ(outbox.NextDeadline(), kNever);
}

TEST_F(OutboxTest, WhatTheServerRefusesIsSettledWithItsReason) {
  Keep(1, "a");
  Sent();
  EXPECT_FALSE(outbox.Reject("other", "no"));
  EXPECT_TRUE(outbox.Reject("pme-1", "too rude"));
  EXPECT_EQ(outbox.settled().front().detail, "too rude");
  EXPECT_EQ(Settled(), Texts{"1/1 message-rejected"});
}

TEST_F(OutboxTest, WhatIsTooLargeForThisServerIsSettled) {
  Keep(1, "a");
  EXPECT_EQ(outbox.SendNext(64, 5, false, now), std::nullopt);
  EXPECT_EQ(Settled(), Texts{"1/1 message-too-large"});
}

TEST_F(OutboxTest, WhatNobodyAcknowledgesLeavesWithItsCommand) {
  Keep(7, "typing", "", 1, false);
  const auto next = outbox.SendNext(64, kAnySize, false, now);
  EXPECT_EQ(next->command, 7U);
  EXPECT_EQ(next->message, Text("typing"));
  EXPECT_EQ(outbox.size(), 0U);
}

TEST_F(OutboxTest, RejectingAllSettlesEveryOne) {
  Keep(1, "a");
  Keep(2, "b");
  Sent(1);
  outbox.RejectAll(ErrorCode::kNotConnected);
  EXPECT_EQ(Settled(), (Texts{"1/1 not-connected", "1/2 not-connected"}));
  EXPECT_EQ(outbox.bytes(), 0U);
}

TEST_F(OutboxTest, WhatIsPutBackComesFirst) {
  Keep(3, "c");
  outbox.PutBack({{1, 1, Text("a")}, {1, 2, Text("b")}}, now);
  EXPECT_EQ(Taken(), (Texts{Text("a"), Text("b"), Text("c")}));
  EXPECT_EQ(outbox.bytes(), 0U);
}

TEST_F(OutboxTest, APageThatGoesTakesWhatWasNotSent) {
  Keep(1, "a");
  Keep(2, "b");
  Keep(3, "c", "", 2);
  Sent(1);
  outbox.RemovePage(1);
  EXPECT_EQ(outbox.size(), 2U);
  outbox.SendAgain();
  EXPECT_EQ(Sent(), (Texts{"a pme-1", "c pme-3"}));
  outbox.Acknowledge("pme-1");
  EXPECT_EQ(Settled(), Texts{"0/1 ok"}) << "nobody waits for it any more";
}

TEST_F(OutboxTest, AnotherVisitGoesOnWithTheSameIds) {
  Keep(1, "a", R"({"key":"k","whenFull":"dropOldest"})");
  Keep(2, "b", R"({"expiresInMs":10})");
  Keep(3, "c");
  Sent(1);
  std::string saved;
  outbox.Write(&saved);
  Outbox later({3, 1000}, "later");
  later.Restore(saved, now + 10);
  later.Restore(saved, now + 10);
  EXPECT_EQ(later.size(), 2U) << "one had expired, none is there twice";
  std::string again;
  later.Write(&again);
  const Json entries = ParseJson(again);
  EXPECT_EQ(entries[0]["messageId"], "pme-1");
  EXPECT_EQ(entries[0]["key"], "k");
  EXPECT_EQ(entries[0]["whenFull"], "dropOldest");
  EXPECT_EQ(entries[1]["messageId"], "pme-3");
}

// A server that knows a sender by nothing else would take it for another one's.
TEST_F(OutboxTest, WhatWasSentWithoutATokenSaysByWhomWhoeverSendsItAgain) {
  const auto client_of = [this](Outbox& of, bool is_guest) {
    const auto next = of.SendNext(64, kAnySize, is_guest, now);
    return next ? ParseJson(next->message).value("client", "nobody") : "";
  };
  Keep(1, "guest's");
  EXPECT_EQ(client_of(outbox, true), "me");
  outbox.SendAgain();
  EXPECT_EQ(client_of(outbox, false), "me") << "also once there is a token";
  Keep(2, "user's");
  EXPECT_EQ(client_of(outbox, false), "nobody");
  outbox.ConnectionDown();
  EXPECT_EQ(client_of(outbox, true), "me");
  EXPECT_EQ(client_of(outbox, true), "nobody") << "it had been sent with a token";
  Keep(3, "not sent");

  std::string saved;
  outbox.Write(&saved);
  Outbox later({3, 1000}, "later");
  later.Restore(saved, now);
  EXPECT_EQ(client_of(later, true), "me");
  EXPECT_EQ(client_of(later, true), "later") << "nobody says that it was sent before";
  EXPECT_EQ(client_of(later, true), "later");
  std::string again;
  later.Write(&again);
  EXPECT_EQ(ParseJson(again)[0]["client"], "me");
  later.Advance(now + SendOptions::kUsualExpiryMs);
  later.SendAgain();
  EXPECT_EQ(client_of(later, false), "me") << "it was given up, and an answer is due";
}

// A server remembers for ten minutes what took effect.
TEST_F(OutboxTest, WhatWasSentIsGivenUpBeforeTheServerForgetsIt) {
  constexpr DurationMs kMinuteMs = 60'000;
  Keep(1, "sent");
  Keep(2, "waits");
  Sent(1);
  outbox.ConnectionDown();
  now += 8 * kMinuteMs;
  EXPECT_EQ(Sent(1), Texts{"sent pme-1"}) << "the answer may have been lost";
  outbox.ConnectionDown();
  std::string saved;
  outbox.Write(&saved);

  now += kMinuteMs;
  EXPECT_EQ(Sent(), Texts{"waits pme-2"}) << "no timer has to have fired";
  ASSERT_EQ(outbox.settled().size(), 1U);
  EXPECT_EQ(outbox.settled().front().code, ErrorCode::kMessageExpired);
  EXPECT_EQ(outbox.settled().front().detail,
            "it was sent, and whether it took effect is not known");

  Outbox later({3, 1000}, "later");
  later.Restore(saved, now);
  const auto next = later.SendNext(64, kAnySize, false, now);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->message_id, "pme-2") << "nor does a later visit send it";
}

TEST_F(OutboxTest, WhatMakesNoSenseIsNotRestored) {
  for (const std::string text :
       {"", "7", "{}", "[7]", "[{}]", R"([{"messageId":"a","message":"{}"}])",
        R"([{"messageId":"a","message":"[]","expiresAt":9e9}])",
        R"([{"messageId":"","message":"{}","expiresAt":9e9}])",
        R"([{"messageId":3,"message":"{}","expiresAt":9e9}])"}) {
    outbox.Restore(text, now);
    EXPECT_EQ(outbox.size(), 0U) << text;
  }
}

TEST_F(OutboxTest, SaysThatItChangedOnce) {
  EXPECT_FALSE(outbox.TakeChanged());
  Keep(1, "a");
  EXPECT_TRUE(outbox.TakeChanged());
  EXPECT_FALSE(outbox.TakeChanged());
}

TEST(SendOptions, NamesWhatIsWrong) {
  const auto fault = [](std::string_view json) { return SendOptions().Parse(json); };
  EXPECT_EQ(fault(""), "");
  EXPECT_EQ(fault("[]"), "the options must be a JSON object");
  EXPECT_EQ(fault(R"({"expiresInMs":0})"), "expiresInMs must be a number over 0");
  EXPECT_EQ(fault(R"({"expiresInMs":"1"})"), "expiresInMs must be a number over 0");
  EXPECT_EQ(fault(R"({"whenFull":"explode"})"), "whenFull must be reject or dropOldest");
  EXPECT_EQ(fault(R"({"key":""})"), "key must be a string that is not empty");
  EXPECT_EQ(fault(R"({"speed":1})"), "there is no option speed");
}

}  // namespace
}  // namespace civic
