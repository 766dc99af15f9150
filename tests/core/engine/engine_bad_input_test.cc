// Bad input changes nothing, is counted, and is reported by one error that says what was wrong.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/engine_world.h"

namespace civic {
namespace {

using Texts = std::vector<std::string>;

class EngineBadInput : public testing::Test {
 protected:
  EngineBadInput() : world_(Config()) {
    world_.BringUp();
    world_.Subscribe(1, "bill:7");
    world_.RunFor(100);
    world_.DrainAll();
    world_.page().happenings.clear();
  }

  static EngineConfig Config() {
    EngineConfig config = EngineWorld::DefaultConfig();
    config.max_frame_bytes = 4096;
    config.store.cell_bytes = 1024;
    return config;
  }

  // The error entries that a frame leads to.
  std::vector<Happening> ErrorsOf(std::string_view frame, bool is_text = true) {
    world_.page().happenings.clear();
    world_.Frame(frame, is_text);
    world_.Drain();
    return world_.page().Of(wire_number::kError);
  }

  EngineWorld world_;
};

TEST_F(EngineBadInput, OfAFrameThatIsNotOneJsonObjectNothingTakesEffect) {
  const std::string good = BillUpdateText(7, 1);
  const Texts malformed = {"",
                           "null",
                           "[" + good + "]",
                           good + good,
                           good.substr(0, good.size() - 1),
                           R"({"type":"batch","messages":[)" + good + ",{]}",
                           good + std::string(1, '\0'),
                           "\xef\xbb\xbf" + good,
                           R"({"type":"bill_update","bill_id":7,"data":{"a":")"
                           "\xff"
                           R"("}})"};
  for (const std::string& frame : malformed) {
    const auto errors = ErrorsOf(frame);
    ASSERT_EQ(errors.size(), 1U) << frame;
    EXPECT_EQ(errors[0].json()["code"].get<std::string>(), "malformed-frame");
    EXPECT_EQ(errors[0].a, static_cast<std::uint32_t>(ErrorCode::kMalformedFrame));
    EXPECT_EQ(errors[0].count, 1U);
  }
  EXPECT_EQ(world_.page().Updates("bill:7"), Texts{});
  EXPECT_EQ(world_.page().Deliveries(1), Texts{});
  EXPECT_EQ(world_.counter(Counter::kMalformedFrames), static_cast<double>(malformed.size()));
}

TEST_F(EngineBadInput, ManyBadFramesAreOneErrorWithACount) {
  for (int i = 0; i < 1000; ++i) {
    world_.Frame("{" + std::to_string(i));
  }
  world_.Frame(R"({"type":5})");
  world_.Drain();
  const auto errors = world_.page().Of(wire_number::kError);
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].count, 1000U);
  EXPECT_NE(errors[0].text.find("At byte 1 of 2"), std::string::npos) << errors[0].text;
  EXPECT_EQ(errors[1].count, 1U);
  EXPECT_EQ(ErrorsOf("{").at(0).count, 1U) << "every bundle counts anew";
}

struct InvalidMessage {
  std::string_view frame;
  std::string_view type;
  std::string_view reason;
};

TEST_F(EngineBadInput, AnInvalidMessageIsReportedWithItsTypeAndTheReason) {
  constexpr InvalidMessage kInvalid[] = {
      {R"({"bill_id":7})", "", "type is missing"},
      {R"({"type":null})", "", "type must be a string"},
      {R"({"type":"bill_update","data":{}})", "bill_update",
       "bill_id must be a number or a string"},
      {R"({"type":"bill_update","bill_id":7.5,"data":{}})", "bill_update",
       "bill_id must be a number or a string"},
      {R"({"type":"bill_update","bill_id":"","data":{}})", "bill_update",
       "bill_id must be a number or a string"},
      {R"({"type":"billUpdate","bill_id":7})", "bill_update", "update or data is missing"},
      {R"({"type":"bill_update","bill_id":7,"update":"x"})", "bill_update",
       "update must be an object"},
      {R"({"type":"batched_updates"})", "batched_updates", "updates must be an array"},
      {R"({"type":"batched_updates","updates":[7]})", "batched_updates",
       "every element of updates must be an object"},
      {R"({"type":"batch","messages":{}})", "batch", "messages must be an array"},
      {R"({"type":"batch","messages":["x"]})", "batch",
       "every element of messages must be an object"},
  };
  for (const InvalidMessage& invalid : kInvalid) {
    const auto errors = ErrorsOf(invalid.frame);
    ASSERT_EQ(errors.size(), 1U) << invalid.frame;
    Json error = errors[0].json();
    EXPECT_EQ(error["code"].get<std::string>(), "invalid-message");
    EXPECT_EQ(error["context"].value("messageType", ""), invalid.type) << invalid.frame;
    EXPECT_EQ(error["context"].value("reason", ""), invalid.reason) << invalid.frame;
  }
  EXPECT_EQ(world_.counter(Counter::kInvalidMessages), static_cast<double>(std::size(kInvalid)));
  EXPECT_EQ(world_.page().Updates("bill:7"), Texts{});
}

TEST_F(EngineBadInput, EngagementWithoutANumberSaysWhatItNeeds) {
  const auto errors =
      ErrorsOf(R"({"type":"engagement_metrics","bill_id":7,"metrics":{"view_count":"many"}})");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_NE(errors[0].text.find("view_count"), std::string::npos);
  EXPECT_EQ(world_.page().Engagement("bill:7"), "");
}

TEST_F(EngineBadInput, TheRestOfABatchTakesEffect) {
  const auto errors = ErrorsOf(R"({"type":"batch","messages":[)" + BillUpdateText(7, 1) +
                               R"(,{"type":"bill_update"},3,)" + BillUpdateText(7, 2) + "]}");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].count, 2U);
  EXPECT_EQ(world_.page().Updates("bill:7"),
            (Texts{BillUpdateRecord(7, 1), BillUpdateRecord(7, 2)}));
}

TEST_F(EngineBadInput, AFrameOverTheLimitIsRefusedUnread) {
  const auto errors = ErrorsOf(BillUpdateText(7, 1, std::string(4096, 'x')));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].json()["code"].get<std::string>(), "frame-too-large");
  world_.engine.SocketFrameTooLarge(world_.open_socket(), 1'000'000, world_.now());
  world_.engine.SocketFrameTooLarge(world_.open_socket() + 1, 1'000'000, world_.now());
  EXPECT_EQ(world_.counter(Counter::kOversizedFrames), 2);
  EXPECT_EQ(world_.page().Updates("bill:7"), Texts{});
}

TEST_F(EngineBadInput, ARecordLargerThanACellIsDeliveredButNotKept) {
  const std::string large = BillUpdateText(7, 1, std::string(2000, 'x'));
  const auto errors = ErrorsOf(large);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].json()["code"].get<std::string>(), "record-too-large");
  EXPECT_NE(errors[0].text.find("bill:7"), std::string::npos);
  EXPECT_EQ(world_.page().Updates("bill:7"), Texts{});
  EXPECT_EQ(world_.page().Deliveries(1), Texts{large});
  EXPECT_EQ(world_.counter(Counter::kRecordsRefused), 1);
}

TEST_F(EngineBadInput, ABinaryFrameIsTheSameJsonOrNothing) {
  EXPECT_TRUE(ErrorsOf(BillUpdateText(7, 1), false).empty());
  EXPECT_EQ(world_.page().Updates("bill:7"), Texts{BillUpdateRecord(7, 1)});
  for (const std::string_view frame : {"", " {}", "\x01zip", "[1]"}) {
    const auto errors = ErrorsOf(frame, false);
    ASSERT_EQ(errors.size(), 1U) << frame;
    EXPECT_EQ(errors[0].json()["code"].get<std::string>(), "malformed-frame");
  }
}

TEST_F(EngineBadInput, CommandsWithFaultsAreAnsweredToTheirPageAlone) {
  const PageId other = world_.AddPage();
  world_.DrainAll();
  world_.page().happenings.clear();
  world_.page(other).happenings.clear();
  for (const std::string_view options : {"7", "{", R"({"filters":null})", R"({"filters":{"a":{}}})",
                                         R"({"priority":"urgent"})", R"({"deliver":1})"}) {
    world_.Subscribe(50, "bill:8", options);
  }
  world_.Subscribe(50, "");
  world_.Subscribe(1, "bill:8");
  world_.DrainAll();
  const auto errors = world_.page().Of(wire_number::kError);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].json()["code"].get<std::string>(), "invalid-argument");
  EXPECT_EQ(errors[0].count, 8U);
  EXPECT_FALSE(world_.page().IsOpen("bill:8"));
  EXPECT_TRUE(world_.page(other).Of(wire_number::kError).empty());
}

}  // namespace
}  // namespace civic
