// The way of one message through the engine takes no memory once everything has its size.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "civic/engine/engine.h"
#include "civic/engine/event_kind.h"
#include "support/allocation_counter.h"
#include "support/engine_world.h"

namespace civic {
namespace {

constexpr int kBills = 20;

// What a server sends: updates in and out of ASCII, engagement, batches; prepared, so that only the
// engine is measured.
std::vector<std::string> Frames(bool is_ascii) {
  const std::string text = is_ascii ? "an amendment to clause four"
                                    : "una enmienda al artículo – 第四条の修正案 🏛";
  std::vector<std::string> frames;
  for (int i = 0; i < 400; ++i) {
    const int bill = (i * 7) % kBills;
    const std::string id = std::to_string(bill);
    switch (i % 8) {
      case 5:
        frames.push_back(R"({"type":"engagement_metrics","bill_id":)" + id +
                         R"(,"metrics":{"view_count":)" + std::to_string(1000 + i) +
                         R"(,"share_count":"7","expert_engagement":0.5},"timestamp":1})");
        break;
      case 6:
        frames.push_back(R"({"type":"batch","messages":[)" + BillUpdateText(bill, 100 + i, text) +
                         "," + BillUpdateText(bill, 200 + i, text) + "]}");
        break;
      case 7:
        frames.push_back(R"({"type":"batched_updates","updates":[{"bill_id":)" + id +
                         R"(,"type":"amendment","data":{"text":")" + text +
                         R"("},"timestamp":1}]})");
        break;
      default:
        frames.push_back(BillUpdateText(bill, 100 + i, text));
        break;
    }
  }
  return frames;
}

// Allocations of 12,000 frames, with a bundle taken after every 160, after as many to warm up.
std::size_t AllocationsOf(const std::vector<std::string>& frames, std::string_view options,
                          std::uint32_t listen_mask) {
  TimeMs now = EngineWorld::kBegin;
  Engine engine(EngineWorld::DefaultConfig(), 1);
  const PageId page = engine.AddPage(now);
  for (std::uint32_t bill = 0; bill < kBills; ++bill) {
    engine.Subscribe(page, bill, "bill:" + std::to_string(bill), options, now);
  }
  engine.Listen(page, listen_mask, now);
  engine.Connect(page, "", now);
  Action action;
  SocketId socket = kNoSocket;
  while (engine.PollAction(&action)) {
    socket = action.socket;
  }
  engine.SocketOpened(socket, "", now);
  while (engine.PollAction(&action)) {
  }
  const auto run = [&] {
    for (std::size_t i = 0; i < 12'000; ++i) {
      engine.SocketFrame(socket, frames[i % frames.size()], true, now);
      if (i % 160 == 159) {
        PageId woken = 0;
        bool urgent = false;
        while (engine.PollWake(&woken, &urgent)) {
          EXPECT_FALSE(engine.DrainBundle(woken, now).empty());
        }
      }
      now += 0.25;
    }
  };
  run();
  const std::size_t before = AllocationCount();
  run();
  return AllocationCount() - before;
}

TEST(EngineAllocation, StateCostsNothingPerMessage) {
  EXPECT_EQ(AllocationsOf(Frames(true), R"({"deliver":false})", 0), 0U);
  EXPECT_EQ(AllocationsOf(Frames(false), R"({"deliver":false})", 0), 0U);
}

TEST(EngineAllocation, ListenersCostNothingPerMessageEither) {
  constexpr std::uint32_t kMask =
      EventBit(EventKind::kBillUpdate) | EventBit(EventKind::kEngagementUpdate);
  EXPECT_EQ(AllocationsOf(Frames(false), "", kMask), 0U);
  EXPECT_EQ(AllocationsOf(Frames(true), R"({"filters":{"type":"amendment"}})", kMask), 0U);
}

}  // namespace
}  // namespace civic
