// Three and more pages on one engine, doing as they please, and what each of them must know
// afterwards.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "civic/engine/event_kind.h"
#include "civic/engine/random.h"
#include "routing/watch_model.h"
#include "support/engine_world.h"

namespace civic {

struct SimulationLimits {
  std::uint32_t bill_updates = 50;
  std::size_t cache_bytes = 32U << 20U;
  std::uint64_t bills = 12;
  std::size_t longest_text = 200;

  bool IsTight() const { return cache_bytes < 1U << 20U; }
};

class PagesSimulation {
 public:
  static constexpr DurationMs kLinger = 2000;

  PagesSimulation(const SimulationLimits& limits, std::uint64_t seed)
      : limits_(limits), random_(seed), world_(ConfigOf(limits), seed) {
    world_.BringUp();
    live_ = {1, world_.AddPage(), world_.AddPage()};
  }

  void Run(int steps) {
    for (int step = 0; step < steps && !testing::Test::HasFailure(); ++step) {
      Step();
    }
    for (const PageId page : live_) {
      DrainAndCheck(page);
    }
  }

  double counter(Counter counter) const { return world_.counter(counter); }

 private:
  using Texts = std::vector<std::string>;
  using Reader = std::pair<PageId, std::uint32_t>;

  static EngineConfig ConfigOf(const SimulationLimits& limits) {
    EngineConfig config = EngineWorld::DefaultConfig();
    config.linger_ms = kLinger;
    config.session.reconnect.max_attempts = kUnlimitedAttempts;
    config.store.bill_updates = limits.bill_updates;
    config.store.cache_bytes = limits.cache_bytes;
    return config;
  }

  std::uint64_t Below(std::uint64_t limit) { return random_.Next() % limit; }
  static std::string TopicOf(std::uint64_t bill) { return "bill:" + std::to_string(bill); }

  void Step() {
    const PageId page = live_[Below(live_.size())];
    const auto handle = static_cast<std::uint32_t>(1 + Below(8));
    switch (Below(20)) {
      case 0:
      case 1:
        Subscribe(page, handle);
        break;
      case 2:
        // What is queued for a handle would be mixed with what its next subscription gets.
        DrainAndCheck(page);
        model_.Unsubscribe(page, handle, world_.now());
        world_.Unsubscribe(handle, page);
        deliveries_.erase({page, handle});
        break;
      case 3:
        Pass(static_cast<double>(Below(1500)));
        break;
      case 4:
        world_.SetVisible(Below(2) == 0, page);
        break;
      case 5:
        if (Below(4) == 0) {
          Replace(page);
        }
        break;
      case 6:
        if (Below(4) == 0) {
          Reconnect();
        }
        break;
      case 7:
        listening_[page] = Below(2) == 0;
        world_.Listen(listening_[page] ? EventBit(EventKind::kBillUpdate) : 0, page);
        break;
      case 8:
        // Readers of different pace: the oldest page reads a hundred times less than the newest.
        if (page != live_.front() || Below(30) == 0) {
          DrainAndCheck(page);
        }
        break;
      case 9:
        DrainAndCheck(live_.back());
        break;
      default:
        Publish();
        break;
    }
  }

  void Subscribe(PageId page, std::uint32_t handle) {
    const std::string topic = TopicOf(Below(limits_.bills));
    const bool delivers = Below(2) == 0;
    if (!model_.Subscribe(page, handle, topic)) {
      return;
    }
    if (delivers) {
      deliveries_[{page, handle}];
    }
    world_.Subscribe(handle, topic, delivers ? "" : R"({"deliver":false})", page);
  }

  void Publish() {
    const std::uint64_t bill = Below(limits_.bills);
    const std::string topic = TopicOf(bill);
    const std::string text(Below(limits_.longest_text), 'x');
    const int number = ++published_;
    const std::string message = BillUpdateText(static_cast<int>(bill), number, text);
    const std::string record = BillUpdateRecord(static_cast<int>(bill), number, text);
    world_.Frame(message);
    if (!model_.IsOpen(topic)) {
      return;
    }
    std::deque<std::string>& records = state_[topic];
    records.push_back(record);
    if (records.size() > limits_.bill_updates) {
      records.pop_front();
    }
    for (const auto& [reader, subscribed] : model_.subscriptions()) {
      if (subscribed == topic && deliveries_.contains(reader)) {
        deliveries_[reader].push_back(message);
      }
    }
    for (const PageId page : live_) {
      if (listening_[page] && model_.Watches(page, topic)) {
        events_[page].emplace_back(topic, record);
      }
    }
  }

  void Pass(DurationMs duration) {
    world_.RunFor(duration);
    model_.Advance(world_.now());
    ForgetClosed();
  }

  void Replace(PageId page) {
    DrainAndCheck(page);
    world_.RemovePage(page);
    model_.RemovePage(page);
    ForgetClosed();
    std::erase(live_, page);
    std::erase_if(deliveries_, [&](const auto& each) { return each.first.first == page; });
    live_.push_back(world_.AddPage());
  }

  void Reconnect() {
    world_.Drop(1012);
    const bool is_back = world_.RunUntil(
        [&] { return world_.engine.connection_state() == ConnectionState::kConnected; });
    EXPECT_TRUE(is_back);
    model_.Advance(world_.now());
    ForgetClosed();
  }

  void ForgetClosed() {
    for (const std::string& topic : model_.TakeClosed()) {
      state_.erase(topic);
    }
  }

  void DrainAndCheck(PageId page) {
    world_.Drain(page);
    PageModel& model = world_.page(page);
    for (std::uint64_t bill = 0; bill < limits_.bills; ++bill) {
      const std::string topic = TopicOf(bill);
      ASSERT_EQ(model.IsOpen(topic), model_.Watches(page, topic)) << topic;
      if (!model.IsOpen(topic)) {
        continue;
      }
      const std::deque<std::string>& all = state_[topic];
      const Texts& held = model.Updates(topic);
      // Only a topic emptied for want of memory may hold less than everything there is.
      ASSERT_LE(held.size(), all.size());
      ASSERT_EQ(held, Texts(all.end() - static_cast<long>(held.size()), all.end())) << topic;
      if (!limits_.IsTight()) {
        ASSERT_EQ(held.size(), all.size()) << topic;
      }
    }
    for (auto& [reader, expected] : deliveries_) {
      if (reader.first == page) {
        ASSERT_EQ(model.Deliveries(reader.second), expected) << "subscription " << reader.second;
        expected.clear();
      }
    }
    std::vector<std::pair<std::string, std::string>> events;
    for (const Happening& event : model.Of(wire_number::kEvent)) {
      events.emplace_back(event.topic, event.text);
    }
    ASSERT_EQ(events, events_[page]);
    events_[page].clear();
    ASSERT_EQ(model.Errors(), Texts{});
    model.happenings.clear();
    ASSERT_LE(model.counter(Counter::kCacheBytes),
              static_cast<double>(limits_.cache_bytes) + 4.0 * 50 * 1000);
  }

  SimulationLimits limits_;
  Random random_;
  EngineWorld world_;
  WatchModel model_{kLinger};
  std::vector<PageId> live_;
  std::map<std::string, std::deque<std::string>> state_;  // of open topics, newest n records
  std::map<Reader, Texts> deliveries_;                    // expected since the page's last bundle
  std::map<PageId, std::vector<std::pair<std::string, std::string>>> events_;
  std::map<PageId, bool> listening_;
  int published_ = 0;
};

}  // namespace civic
