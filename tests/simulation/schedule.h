// What happens in a virtual world, as data: it comes from a seed or from a script, and can be made
// smaller.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "setup.h"

namespace civic::simulation {

enum class StepKind : std::uint8_t {
  // People.
  kPublish,      // topic's stream, count, kind and expert, bytes
  kWhisper,      // stream: something nobody needs later, without a position
  kSend,         // client, page, count, options
  kType,         // client, page: keystrokes
  kSubscribe,    // client, page, topic, filter (0 none, 1 kind a, 2 kind b)
  kUnsubscribe,  // client, page, which of its subscriptions
  kAddPage,      // client
  kRemovePage,   // client, page
  kDisconnect,   // client
  kConnect,      // client
  // The server.
  kDropEvents,       // client, count: the next ones are not sent to it
  kDuplicateEvents,  // client, count, ms until they come again
  kReorderEvents,    // client, count, how many overtake each
  kTruncate,         // client, count: the next frames end early
  kCorrupt,          // client, count: the next frames hold a byte that JSON does not allow
  kRestart,          // down for ms, keeps history, close code (0: none), retryAfter ms
  kTrimHistory,      // stream, events that stay
  kServerClose,      // client, code, retryAfter ms
  kRejectSends,      // client, count: the next messages are refused for good
  kServerPing,       // client
  // The network.
  kCut,       // client: the connection breaks and both sides know
  kHalfOpen,  // client: it breaks and nobody knows
  kDelay,     // client, latency ms, jitter ms
  kStall,     // client, direction (0 up, 1 down, 2 both), ms
  kSlow,      // client, bytes per second down, ms
  kOffline,   // client, ms, whether connections break
  // The machine and the browser.
  kFreeze,     // client, ms, order on waking
  kHide,       // client, page, ms
  kBusy,       // client, page, ms without a frame
  kClockJump,  // client, ms
  kReload,     // client, ms: every page is closed and, so long after, opened again
  // Tokens.
  kExpireToken,   // client
  kTokenService,  // client, mode (1 slow, 2 none, 3 silent), ms
};

inline constexpr std::size_t kStepKindCount = 33;

struct Step {
  int at_ms = 0;  // since the beginning
  StepKind kind = StepKind::kPublish;
  std::array<int, 4> args = {};

  // As a line of a script.
  std::string Print() const;
  bool operator==(const Step&) const = default;
};

struct StepShape {
  std::string_view name;
  std::array<std::string_view, 4> args;  // "" after the last
};

const StepShape& ShapeOf(StepKind kind);

struct Schedule {
  std::uint64_t seed = 0;  // of the engines and the network
  Setup setup;
  std::vector<Step> steps;  // by time

  // One line for the seed, one for every setting that is not the plainest, one for each step.
  std::string Print() const;
  // What is wrong with the text as a sentence; "" when all is well.
  std::string Parse(std::string_view text);
};

// The schedule of a seed: `events` steps.
Schedule GenerateSchedule(std::uint64_t seed, int events);

}  // namespace civic::simulation
