// What one bill update costs the whole engine, from the frame's bytes to the stored record, and
// what a page's bundle costs. Messages differ from each other, as in scanner_benchmark.cc.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "civic/engine/engine.h"
#include "support/allocation_counter.h"

namespace civic {
namespace {

constexpr int kMessages = 1024;
// Messages for each bill before anything is counted; a bill keeps 50 updates.
constexpr std::uint64_t kFilling = 200;
constexpr TimeMs kNow = 1'700'000'000'000.0;

std::string Update(Random& random, std::uint64_t bills, std::size_t bytes) {
  std::string message = R"({"type":"bill_update","bill_id":)" +
                        std::to_string(random.Next() % bills) +
                        R"(,"update":{"type":"status_change","data":{"version":)" +
                        std::to_string(random.Next() % 100'000) + R"(,"note":")";
  const std::string end = R"("}},"timestamp":17)" +
                          std::to_string(10'000'000'000 + random.Next() % 80'000'000'000) + "}";
  const std::size_t filled = message.size() + end.size();
  const std::size_t wanted = bytes - 10 + random.Next() % 20;
  for (std::size_t i = filled; i < wanted; ++i) {
    message += i % 7 == 0 ? ' ' : static_cast<char>('a' + random.Next() % 26);
  }
  return message + end;
}

// An engine that is connected and watches `bills` bills.
class Watching {
 public:
  explicit Watching(std::uint64_t bills, std::string_view options = R"({"deliver":false})")
      : engine(Config(), 1), page(engine.AddPage(kNow)) {
    engine.Connect(page, "", kNow);
    Action action;
    while (engine.PollAction(&action)) {
      socket = action.socket;
    }
    engine.SocketOpened(socket, "", kNow);
    for (std::uint64_t bill = 0; bill < bills; ++bill) {
      engine.Subscribe(page, static_cast<std::uint32_t>(bill), "bill:" + std::to_string(bill),
                       options, kNow);
    }
    while (engine.PollAction(&action)) {
    }
  }

  Engine engine;
  PageId page;
  SocketId socket = kNoSocket;

 private:
  static EngineConfig Config() {
    EngineConfig config;
    config.session.url = "wss://bills.example/ws";
    config.store.cache_bytes = 256U << 20U;
    return config;
  }
};

std::vector<std::string> Frames(std::uint64_t bills, std::size_t bytes, int batch,
                                int messages = kMessages) {
  Random random(7);
  std::vector<std::string> frames;
  for (int i = 0; i < messages / batch; ++i) {
    std::string frame = batch == 1 ? "" : R"({"type":"batch","messages":[)";
    for (int j = 0; j < batch; ++j) {
      frame += j == 0 ? "" : ",";
      frame += Update(random, bills, bytes);
    }
    frames.push_back(frame + (batch == 1 ? "" : "]}"));
  }
  return frames;
}

void PerMessage(benchmark::State& state, double messages) {
  state.counters["seconds_per_message"] =
      benchmark::Counter(messages, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void SocketFrame(benchmark::State& state) {
  const auto bytes = static_cast<std::size_t>(state.range(0));
  const auto bills = static_cast<std::uint64_t>(state.range(1));
  const auto batch = static_cast<int>(state.range(2));
  const std::vector<std::string> frames = Frames(bills, bytes, batch);
  Watching watching(bills);
  std::size_t next = 0;
  // Until every bill has all it keeps, memory grows.
  for (std::uint64_t sent = 0; sent < kFilling * bills; sent += static_cast<std::uint64_t>(batch)) {
    watching.engine.SocketFrame(watching.socket, frames[next++ % frames.size()], true, kNow);
  }
  double messages = 0;
  double message_bytes = 0;
  const std::size_t allocations = AllocationCount();
  for (auto _ : state) {
    const std::string& frame = frames[next++ % frames.size()];
    watching.engine.SocketFrame(watching.socket, frame, true, kNow);
    messages += batch;
    message_bytes += static_cast<double>(frame.size());
  }
  state.counters["allocations_per_message"] =
      static_cast<double>(AllocationCount() - allocations) / messages;
  state.SetBytesProcessed(static_cast<std::int64_t>(message_bytes));
  PerMessage(state, messages);
}
BENCHMARK(SocketFrame)
    ->ArgNames({"bytes", "bills", "batch"})
    ->ArgsProduct({{200, 450}, {10, 200, 2000}, {1, 50}});

// As above, with a listener for every message and a bundle every 160 messages.
void SocketFrameWithListeners(benchmark::State& state) {
  const std::vector<std::string> frames = Frames(200, 200, 1);
  Watching watching(200, "");
  std::size_t next = 0;
  for (auto _ : state) {
    watching.engine.SocketFrame(watching.socket, frames[next % frames.size()], true, kNow);
    if (++next % 160 == 0) {
      benchmark::DoNotOptimize(watching.engine.DrainBundle(watching.page, kNow).data());
    }
  }
  PerMessage(state, static_cast<double>(next));
}
BENCHMARK(SocketFrameWithListeners);

// A bundle with `changed` of 2000 bills, one new record each; only the bundle is measured.
void DrainBundle(benchmark::State& state) {
  const auto changed = static_cast<std::uint64_t>(state.range(0));
  Random random(7);
  std::vector<std::string> frames;
  for (std::uint64_t i = 0; i < changed; ++i) {
    frames.push_back(Update(random, changed, 200));
  }
  Watching watching(2000);
  std::size_t bytes = 0;
  for (auto _ : state) {
    state.PauseTiming();
    for (const std::string& frame : frames) {
      watching.engine.SocketFrame(watching.socket, frame, true, kNow);
    }
    state.ResumeTiming();
    bytes += watching.engine.DrainBundle(watching.page, kNow).size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(DrainBundle)->ArgName("changed")->Arg(1)->Arg(20)->Arg(200)->Arg(2000);

// Many more bills than the memory holds: every message empties another bill.
void SocketFrameOverBudget(benchmark::State& state) {
  const auto bills = static_cast<std::uint64_t>(state.range(0));
  const std::vector<std::string> frames = Frames(bills, 200, 1, static_cast<int>(2 * bills));
  EngineConfig config;
  config.session.url = "wss://bills.example/ws";
  config.store.cache_bytes = 1U << 20U;
  Engine engine(config, 1);
  const PageId page = engine.AddPage(kNow);
  for (std::uint64_t bill = 0; bill < bills; ++bill) {
    engine.Subscribe(page, static_cast<std::uint32_t>(bill), "bill:" + std::to_string(bill),
                     R"({"deliver":false})", kNow);
  }
  std::size_t next = 0;
  for (auto _ : state) {
    engine.Inject(page, frames[next++ % frames.size()], kNow);
  }
  PerMessage(state, static_cast<double>(next));
}
BENCHMARK(SocketFrameOverBudget)->ArgName("bills")->Arg(1000)->Arg(8000);

}  // namespace
}  // namespace civic
