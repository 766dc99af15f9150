// The schedule of a seed: what kind of world it is, and what befalls it.
#include <cmath>
#include <initializer_list>
#include <utility>

#include "civic/engine/random.h"
#include "schedule.h"

namespace civic::simulation {
namespace {

class Generator {
 public:
  // Neighbouring seeds are strangers.
  explicit Generator(std::uint64_t seed) : random_(Random(seed).Next()) { schedule_.seed = seed; }

  Schedule Generate(int events) {
    ChooseSetup();
    // Some schedules are all faults, some have few; some of the kinds do not occur in some of them,
    // so that what they hide is seen.
    fault_share_ = OneOf({2, 8, 8, 15, 30});
    forbidden_ = random_.Next() & random_.Next();
    for (int event = 0; event < events; ++event) {
      Pass();
      Add(Below(100) < fault_share_ ? ChooseFault() : ChooseDeed());
    }
    return std::move(schedule_);
  }

 private:
  int Below(int limit) {
    return static_cast<int>(random_.Next() % static_cast<std::uint64_t>(limit));
  }
  int Between(int least, int most) { return least + Below(most - least + 1); }
  bool Chance(int percent) { return Below(100) < percent; }
  int OneOf(std::initializer_list<int> values) {
    return values.begin()[Below(static_cast<int>(values.size()))];
  }
  // Short and long in equal measure.
  int Spread(int least, int most) {
    return static_cast<int>(least *
                            std::pow(static_cast<double>(most) / least, random_.NextUnit()));
  }

  void ChooseSetup() {
    Setup& setup = schedule_.setup;
    setup.clients = Between(1, 3);
    setup.bills = Between(1, 4);
    setup.dialect = OneOf({2, 2, 2, 2, 2, 2, 2, 1, 1, 3});
    setup.latency_ms = Spread(1, 300);
    setup.jitter_ms = Chance(50) ? 0 : Spread(1, 500);
    setup.seq_holes = Chance(25);
    setup.history = OneOf({0, 3, 20, 100, 1000, 1000});
    setup.initial_history = OneOf({0, 0, 5, 1000});
    setup.buffer_kib = OneOf({2, 8, 64, 1024});
    setup.slow_closes = Chance(30);
    setup.ack_delay_ms = OneOf({0, 0, 50, 1500});
    setup.max_in_flight = OneOf({0, 0, 1, 3, 100});
    setup.max_message_kib = OneOf({0, 0, 1, 4});
    setup.heartbeat_ms = OneOf({0, 0, 10'000, 60'000});
    setup.batches = Chance(30);
    setup.refuses_batches = Chance(30);
    setup.auth = Below(4);
    setup.token_lifetime_ms = Chance(50) ? 0 : Spread(15'000, 120'000);
    setup.tells_expiry = Chance(70);
    setup.refuses_early = Chance(50);
    setup.echoes_token = Chance(50);
    setup.pages = Between(1, 2);
    setup.linger_ms = OneOf({2000, 2000, 0, 200});
    setup.cell_records = OneOf({50, 50, 3});
    setup.cache_kib = Chance(85) ? 32768 : OneOf({4, 16});
    setup.queue_kib = Chance(85) ? 8192 : OneOf({2, 8});
    setup.outbox = OneOf({256, 256, 5});
    setup.batching = Chance(40);
    setup.idle_probe = Chance(70);
  }

  // Bursts, now and then a pause, and seldom one in which a server forgets.
  void Pass() {
    const int shape = Below(1000);
    time_ms_ += shape < 500   ? Below(20)
                : shape < 980 ? Spread(10, 800)
                : shape < 999 ? Spread(1000, 30'000)
                              : Spread(30'000, 2'400'000);
  }

  void Add(Step step) {
    step.at_ms = time_ms_;
    schedule_.steps.push_back(step);
  }

  int Client() { return Below(schedule_.setup.clients); }
  int Page() { return Below(3); }
  int Stream() {
    return Chance(70) ? Below(schedule_.setup.bills) : Below(schedule_.setup.bills + 5);
  }
  int Topic() {
    return Chance(70) ? Below(schedule_.setup.bills) : Below(schedule_.setup.bills + 8);
  }
  int Bytes() { return Chance(95) ? Below(200) : Spread(200, 8000); }

  // Arguments stand in braces because those are evaluated from left to right by every compiler.

  Step ChooseDeed() {
    const int deed = Below(100);
    if (deed < 66) {
      return {0, StepKind::kPublish, {Stream(), Chance(80) ? 1 : Between(2, 6), Below(4), Bytes()}};
    }
    if (deed < 68) {
      return {0, StepKind::kWhisper, {Stream()}};
    }
    if (deed < 82) {
      return {0, StepKind::kSend, {Client(), Page(), Chance(90) ? 1 : Between(2, 20), Below(16)}};
    }
    if (deed < 84) {
      return {0, StepKind::kType, {Client(), Page()}};
    }
    if (deed < 92) {
      return {0, StepKind::kSubscribe, {Client(), Page(), Topic(), Chance(80) ? 0 : Between(1, 2)}};
    }
    if (deed < 97) {
      return {0, StepKind::kUnsubscribe, {Client(), Page(), Below(8)}};
    }
    if (deed < 98) {
      return {0, StepKind::kAddPage, {Client()}};
    }
    if (deed < 99) {
      return {0, StepKind::kRemovePage, {Client(), Page()}};
    }
    return {0, Chance(30) ? StepKind::kDisconnect : StepKind::kConnect, {Client()}};
  }

  Step ChooseFault() {
    for (int attempt = 0; attempt < 8; ++attempt) {
      const Step fault = AnyFault();
      if (((forbidden_ >> static_cast<unsigned>(fault.kind)) & 1U) == 0) {
        return fault;
      }
    }
    return {0, StepKind::kPublish, {Stream(), 1, Below(4), Bytes()}};
  }

  Step AnyFault() {
    switch (Below(27)) {
      case 0:
      case 1:
        return {0, StepKind::kDropEvents, {Client(), Spread(1, 20)}};
      case 2:
        return {0, StepKind::kDuplicateEvents, {Client(), Spread(1, 10), OneOf({0, 1, 100, 3000})}};
      case 3:
        return {0, StepKind::kReorderEvents, {Client(), Spread(1, 10), Between(1, 5)}};
      case 4:
        return {0, StepKind::kTruncate, {Client(), Spread(1, 4)}};
      case 5:
        return {0, StepKind::kCorrupt, {Client(), Spread(1, 4)}};
      case 6:
        return {0,
                StepKind::kRestart,
                {Spread(1, 40'000), 1, OneOf({0, 0, 1001, 1012}), OneOf({0, 0, 3000})}};
      case 7:
        return {0,
                StepKind::kRestart,
                {Spread(1, 40'000), 0, OneOf({0, 0, 1001, 1012}), OneOf({0, 0, 3000})}};
      case 8:
        return {0, StepKind::kTrimHistory, {Stream(), Below(4)}};
      case 9:
        return {0,
                StepKind::kServerClose,
                {Client(), OneOf({1001, 1011, 1013, 3000, 4000, 4002}), OneOf({0, 0, 5000})}};
      case 10:
        return {0, StepKind::kRejectSends, {Client(), Between(1, 3)}};
      case 11:
        return {0, StepKind::kServerPing, {Client()}};
      case 12:
      case 13:
        return {0, StepKind::kCut, {Client()}};
      case 14:
      case 15:
        return {0, StepKind::kHalfOpen, {Client()}};
      case 16:
        return {0, StepKind::kDelay, {Client(), Spread(1, 6000), OneOf({0, 50, 2000})}};
      case 17:
        return {0, StepKind::kStall, {Client(), Below(3), Spread(50, 20'000)}};
      case 18:
        return {0, StepKind::kSlow, {Client(), Spread(100, 20'000), Spread(500, 20'000)}};
      case 19:
        return {0, StepKind::kOffline, {Client(), Spread(100, 60'000), Below(2)}};
      case 20:
        return {0, StepKind::kFreeze, {Client(), Spread(100, 2'400'000), Below(3)}};
      case 21:
        return {0, StepKind::kHide, {Client(), Page(), Spread(100, 600'000)}};
      case 22:
        return {0, StepKind::kBusy, {Client(), Page(), Spread(20, 10'000)}};
      case 23:
        return {
            0, StepKind::kClockJump, {Client(), (Chance(60) ? 1 : -1) * Spread(100, 3'600'000)}};
      case 24:
        return {0, StepKind::kReload, {Client(), Spread(10, 2'400'000)}};
      case 25:
        return {0, StepKind::kExpireToken, {Client()}};
      default:
        return {0, StepKind::kTokenService, {Client(), Between(1, 3), Spread(100, 30'000)}};
    }
  }

  Random random_;
  Schedule schedule_;
  int time_ms_ = 0;
  int fault_share_ = 0;
  std::uint64_t forbidden_ = 0;
};

}  // namespace

Schedule GenerateSchedule(std::uint64_t seed, int events) {
  return Generator(seed).Generate(events);
}

}  // namespace civic::simulation
