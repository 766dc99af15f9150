// Same inputs and seed, same outputs, byte for byte.
#include <gtest/gtest.h>

#include <string>

#include "civic/engine/random.h"
#include "support/engine_world.h"

namespace civic {
namespace {

void Note(const Action& action, std::string* log) {
  *log += std::to_string(static_cast<int>(action.kind)) + " " + std::to_string(action.socket) +
          " " + std::to_string(action.code) + " " + action.text + " " + action.url + "\n";
}

// A minute in the life of an engine, written down.
std::string Life(std::uint64_t seed) {
  EngineConfig config = EngineWorld::DefaultConfig();
  config.session.heartbeat.interval_ms = 3000;
  config.store.cache_bytes = 30'000;
  Engine engine(config, seed);
  Random script(77);
  std::string log;
  TimeMs now = 1'700'000'000'000.0;
  const PageId pages[] = {engine.AddPage(now), engine.AddPage(now), engine.AddPage(now)};
  engine.Connect(pages[0], "token", now);
  SocketId socket = kNoSocket;
  Action action;
  for (int step = 0; step < 3000; ++step) {
    now += static_cast<double>(script.Next() % 40);
    const PageId page = pages[script.Next() % 3];
    const auto handle = static_cast<std::uint32_t>(script.Next() % 30);
    const std::string topic = "bill:" + std::to_string(script.Next() % 20);
    switch (script.Next() % 10) {
      case 0:
        engine.Subscribe(page, handle, topic, "", now);
        break;
      case 1:
        engine.Unsubscribe(page, handle, now);
        break;
      case 2:
        engine.Send(page, handle, R"({"type":"vote_update"})", "", now);
        break;
      case 3:
        if (script.Next() % 20 == 0) {
          engine.SocketClosed(socket, 1006, "lost", now);
        }
        break;
      case 4: {
        const std::span<const char> bundle = engine.DrainBundle(page, now);
        log.append(bundle.begin(), bundle.end());
        break;
      }
      default:
        engine.SocketFrame(socket, BillUpdateText(static_cast<int>(script.Next() % 20), step), true,
                           now);
        break;
    }
    if (engine.NextDeadline() <= now) {
      engine.Advance(now);
    }
    while (engine.PollAction(&action)) {
      Note(action, &log);
      if (action.kind == Action::Kind::kOpenSocket) {
        socket = action.socket;
        engine.SocketOpened(socket, "", now);
      }
    }
  }
  return log;
}

TEST(EngineDeterminism, TheSameLifeTwiceIsTheSame) {
  const std::string first = Life(1);
  EXPECT_GT(first.size(), 100'000U);
  EXPECT_EQ(first.find("subscribe_confirmation"), std::string::npos);
  EXPECT_TRUE(first == Life(1));
  EXPECT_FALSE(first == Life(2)) << "ids and jitter come from the seed";
}

}  // namespace
}  // namespace civic
