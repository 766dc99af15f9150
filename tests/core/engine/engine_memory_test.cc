// What comes and goes leaves nothing behind: live bytes, which a heap that only ever grows hides.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <string>

#include "civic/engine/engine.h"
#include "support/allocation_counter.h"
#include "support/engine_world.h"

namespace civic {
namespace {

constexpr std::size_t kWatched = 100;
constexpr int kMessagesPerSubscription = 10;

// A page that follows a hundred bills at a time, each for a while, and listens now and then.
class ComingAndGoing {
 public:
  ComingAndGoing() : engine_(Config(), 1), page_(engine_.AddPage(now_)) {
    engine_.Connect(page_, "", now_);
    Action action;
    while (engine_.PollAction(&action)) {
      socket_ = action.socket;
    }
    engine_.SocketOpened(socket_, "", now_);
  }

  void Follow(int bills) {
    for (int i = 0; i < bills; ++i) {
      if (followed_.size() == kWatched) {
        engine_.Unsubscribe(page_, followed_.front(), now_);
        followed_.pop_front();
      }
      followed_.push_back(++last_bill_);
      engine_.Subscribe(page_, last_bill_, "bill:" + std::to_string(last_bill_),
                        R"({"deliver":false})", now_);
      for (int message = 0; message < kMessagesPerSubscription; ++message) {
        Receive();
      }
      if (i % 50 == 49) {
        const bool listens = i / 50 % 10 == 0;
        engine_.Listen(page_, listens ? std::numeric_limits<std::uint32_t>::max() : 0, now_);
        Turn();
      }
    }
  }

  // Follows nothing any more, and has been told of it.
  void Rest() {
    for (const std::uint32_t bill : followed_) {
      engine_.Unsubscribe(page_, bill, now_);
    }
    followed_.clear();
    now_ += Config().linger_ms + 1000;
    Turn();
    ASSERT_EQ(engine_.counters().Get(Counter::kTopicsActive), 0);
    ASSERT_EQ(engine_.counters().Get(Counter::kCacheBytes), 0);
  }

 private:
  static EngineConfig Config() {
    EngineConfig config = EngineWorld::DefaultConfig();
    config.session.heartbeat.enabled = false;
    config.linger_ms = 1;
    return config;
  }

  void Receive() {
    const std::uint32_t index = message_++;
    const std::uint32_t bill = followed_[index * 31 % followed_.size()];
    const std::string frame =
        index % 10 == 9 ? R"({"type":"engagement_metrics","bill_id":)" + std::to_string(bill) +
                              R"(,"metrics":{"view_count":)" + std::to_string(index) + "}}"
        : index % 97 == 96 ? R"({"type":"bill_update","bill_id":)"
                           : BillUpdateText(static_cast<int>(bill), static_cast<int>(index),
                                            std::string(index % 200, 'x'));
    engine_.SocketFrame(socket_, frame, true, now_);
  }

  void Turn() {
    now_ += 20;
    engine_.Advance(now_);
    Action action;
    while (engine_.PollAction(&action)) {
    }
    engine_.DrainBundle(page_, now_);
  }

  TimeMs now_ = EngineWorld::kBegin;
  Engine engine_;
  PageId page_;
  SocketId socket_ = kNoSocket;
  std::deque<std::uint32_t> followed_;
  std::uint32_t last_bill_ = 0;
  std::uint32_t message_ = 0;
};

TEST(EngineMemory, IsTheSameAfterTenThousandBillsThatCameAndWent) {
  ComingAndGoing page;
  page.Follow(2'000);
  page.Rest();
  const std::size_t before = LiveBytes();
  page.Follow(10'000);
  page.Rest();
  // What a byte for each bill would be.
  EXPECT_LT(LiveBytes(), before + 10'000);
}

}  // namespace
}  // namespace civic
