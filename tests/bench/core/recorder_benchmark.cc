// What a recording costs per message: the same frames with and without one. With many topics the
// state that every segment begins with is large.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "civic/engine/engine_config.h"
#include "civic/recording/recorded_engine.h"

namespace civic {
namespace {

constexpr TimeMs kNow = 1'700'000'000'000.0;

// `max_bytes`: 0 for no recording.
EngineConfig Config(std::size_t max_bytes) {
  EngineConfig config;
  ReadEngineConfig(R"({"url":"wss://bills.example/ws","recording":{"enabled":)" +
                       std::string(max_bytes > 0 ? "true" : "false") + R"(,"maxBytes":)" +
                       std::to_string(max_bytes > 0 ? max_bytes : 1U << 20U) + "}}",
                   &config);
  return config;
}

std::vector<std::string> Frames(int bills) {
  std::vector<std::string> frames;
  for (int i = 0; i < 1024; ++i) {
    frames.push_back(R"({"type":"bill_update","bill_id":)" + std::to_string(i % bills) +
                     R"(,"update":{"type":"status_change","data":{"version":)" + std::to_string(i) +
                     R"(,"note":")" + std::string(static_cast<std::size_t>(100 + i % 60), 'x') +
                     R"("}},"timestamp":1700000000000})");
  }
  return frames;
}

void RecordedFrame(benchmark::State& state) {
  const auto bills = static_cast<int>(state.range(1));
  RecordedEngine engine(Config(static_cast<std::size_t>(state.range(0)) << 10U), 1);
  const PageId page = engine.AddPage(kNow);
  engine.Connect(page, "", kNow);
  SocketId socket = kNoSocket;
  Action action;
  while (engine.PollAction(&action)) {
    socket = action.socket;
  }
  engine.SocketOpened(socket, "", kNow);
  for (int bill = 0; bill < bills; ++bill) {
    engine.Subscribe(page, static_cast<std::uint32_t>(bill), "bill:" + std::to_string(bill),
                     R"({"deliver":false})", kNow);
  }
  while (engine.PollAction(&action)) {
  }
  const std::vector<std::string> frames = Frames(bills);
  std::size_t next = 0;
  for (auto _ : state) {
    engine.SocketFrame(socket, frames[next % frames.size()], true,
                       kNow + static_cast<TimeMs>(next));
    ++next;
  }
}
BENCHMARK(RecordedFrame)
    ->ArgNames({"maxKiB", "bills"})
    ->ArgsProduct({{0, 256, 1024}, {10, 200, 2000}});

}  // namespace
}  // namespace civic
