// What one client did and saw, for the oracle.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "civic/engine/error_code.h"
#include "civic/engine/time.h"
#include "civic/routing/page_id.h"

namespace civic::simulation {

// Something a subscription was told, in the order in which the page learned it.
struct Item {
  enum class Kind : std::uint8_t {
    kEvent,     // number
    kGap,       // of its topic
    kOverflow,  // the page was too slow; what was dropped was dropped here, and it was told
    kBreak,     // from here on another connection of a mixed fleet
  };

  Item() = default;
  explicit Item(Kind its_kind) : kind(its_kind) {}

  Kind kind = Kind::kEvent;
  std::int64_t number = 0;
  bool is_sequenced = false;  // the event had a position
  int epoch = 0;
  std::int64_t from = 0;
  std::optional<std::int64_t> to;
  bool is_recovered = false;
  TimeMs at = 0;  // of the world
};

// One subscription of a page.
struct Reading {
  PageId page = 0;
  std::uint32_t handle = 0;
  int topic = 0;
  char kind = 0;  // its filter; 0: none
  TimeMs since = 0;
  bool is_open = true;
  // Somebody on the same engine read the stream already: everything published from now on is owed.
  bool has_company = false;
  // Events after this number are owed, because the server said so and the engine heard it.
  std::optional<std::int64_t> owed_after;
  std::vector<Item> items;
  // Dialect v1: numbers of the events that reached the engine.
  std::vector<std::int64_t> arrived;
};

// One message of a page.
struct Sending {
  PageId page = 0;
  int number = 0;
  int results = 0;
  ErrorCode code = ErrorCode::kOk;
  // A visit that found it in what the one before left goes on sending it so long, by the client's
  // clock; 0: none did.
  TimeMs owed_until = 0;
};

}  // namespace civic::simulation
