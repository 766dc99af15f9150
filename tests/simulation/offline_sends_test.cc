// A page that goes on sending while there is no connection gets its answers, and costs no memory.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "civic/engine/engine.h"
#include "support/allocation_counter.h"
#include "support/page_model.h"

namespace civic {
namespace {

// Every command is settled once; results are counted as bundles bring them.
class Results {
 public:
  explicit Results(std::size_t commands) : settled_(commands, 0) {}

  void Take(PageModel& page) {
    for (const Happening& happening : page.happenings) {
      if (happening.kind == wire_number::kCommandResult) {
        ++settled_[happening.key];
        ++done_;
        accepted_ += happening.a == 0 ? 1 : 0;
      }
    }
    page.happenings.clear();
  }

  std::size_t done() const { return done_; }
  std::size_t accepted() const { return accepted_; }
  bool EachOnce() const {
    return std::all_of(settled_.begin(), settled_.end(), [](char count) { return count == 1; });
  }

 private:
  std::vector<char> settled_;
  std::size_t done_ = 0;
  std::size_t accepted_ = 0;
};

void SendAMillion(std::string_view options) {
  constexpr std::uint32_t kSends = 1'000'000;
  constexpr std::uint32_t kPerFrame = 1000;
  EngineConfig config;
  config.session.url = "wss://bills.example/ws";
  config.session.reconnect.max_attempts = kUnlimitedAttempts;
  Engine engine(config, 1);
  TimeMs now = 1'700'000'000'000.0;
  const PageId id = engine.AddPage(now);
  engine.Connect(id, "", now);
  engine.SetOnline(id, false, now);
  PageModel page;
  Results results(kSends);
  const std::size_t before = LiveBytes();
  std::size_t most = 0;
  const auto drain = [&] {
    const auto bundle = engine.DrainBundle(id, now);
    if (!bundle.empty()) {
      ASSERT_EQ(page.Apply(bundle), "");
      results.Take(page);
    }
  };
  for (std::uint32_t command = 0; command < kSends; ++command) {
    engine.Send(id, command, R"({"type":"vote_update","data":{"billId":7,"voteType":"support"}})",
                options, now);
    if (command % kPerFrame == 0) {
      now += 16;
      drain();
      most = std::max(most, LiveBytes() - before);
    }
  }
  EXPECT_LT(most, 4U << 20U) << "bytes";
  // Whoever waits too long hears of it, without a connection.
  now += 2 * SendOptions::kUsualExpiryMs;
  engine.Advance(now);
  drain();
  EXPECT_EQ(results.done(), kSends);
  EXPECT_TRUE(results.EachOnce());
  EXPECT_EQ(results.accepted(), 0U);
}

TEST(OfflineSends, AMillionAreRefusedWhenTheOutboxIsFull) { SendAMillion(""); }

TEST(OfflineSends, AMillionReplaceEachOther) { SendAMillion(R"({"whenFull":"dropOldest"})"); }

TEST(OfflineSends, AMillionDraftsOfOneThing) { SendAMillion(R"({"key":"draft"})"); }

}  // namespace
}  // namespace civic
