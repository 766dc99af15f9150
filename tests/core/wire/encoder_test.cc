#include "civic/wire/encoder.h"

#include <gtest/gtest.h>

#include <string_view>

namespace civic {
namespace {

TEST(Encoder, SubscribeToABillCarriesItsIdAsDeployedServersWantIt) {
  EXPECT_EQ(EncodeSubscribe({"bill:117", "s1", "m1", ""}),
            R"({"type":"subscribe","topic":"bill:117","subscriptionId":"s1","messageId":"m1",)"
            R"("data":{"bill_id":117}})");
}

TEST(Encoder, AnIdThatIsNoNumberStaysText) {
  const auto data = [](std::string_view topic) {
    const std::string text = EncodeUnsubscribe({topic, "s", "m", ""});
    return text.substr(text.find("\"data\""));
  };
  EXPECT_EQ(data("bill:hr-1"), R"("data":{"bill_id":"hr-1"}})");
  EXPECT_EQ(data("bill:007"), R"("data":{"bill_id":"007"}})");
  EXPECT_EQ(data("bill:"), R"("data":{"bill_id":""}})");
  EXPECT_EQ(data("bill:-4"), R"("data":{"bill_id":-4}})");
  EXPECT_EQ(data("bill:99999999999999999999"), R"("data":{"bill_id":"99999999999999999999"}})");
}

// JavaScript servers read a number beyond 2^53 as another one.
TEST(Encoder, AnIdBeyondExactNumbersStaysText) {
  EXPECT_NE(EncodeSubscribe({"bill:9007199254740993", "s", "m", ""}).find(R"("9007199254740993")"),
            std::string::npos);
}

TEST(Encoder, OtherTopicsCarryNoData) {
  EXPECT_EQ(EncodeSubscribe({"user_notifications", "s1", "m1", R"({"priority":["high"]})"}),
            R"({"type":"subscribe","topic":"user_notifications","subscriptionId":"s1",)"
            R"("messageId":"m1","filters":{"priority":["high"]}})");
  EXPECT_EQ(
      EncodeUnsubscribe({"a \"topic\"", "s1", "m1", ""}),
      R"({"type":"unsubscribe","topic":"a \"topic\"","subscriptionId":"s1","messageId":"m1"})");
}

TEST(Encoder, TextThatIsNotUtf8IsReplacedNotRefused) {
  EXPECT_NE(EncodeUnsubscribe({"bad \xff topic", "s", "m", ""}).find("bad \xef\xbf\xbd topic"),
            std::string::npos);
}

TEST(Encoder, SignsOfLifeAndTheToken) {
  EXPECT_EQ(EncodePing("p1", 12.9), R"({"type":"ping","messageId":"p1","timestamp":12})");
  EXPECT_EQ(EncodePong("p1", 12.9), R"({"type":"pong","timestamp":12,"messageId":"p1"})");
  EXPECT_EQ(EncodePong("", 12), R"({"type":"pong","timestamp":12})");
  EXPECT_EQ(EncodeAuth("to\"ken", "m1"),
            R"({"type":"auth","data":{"token":"to\"ken"},"messageId":"m1"})");
}

}  // namespace
}  // namespace civic
