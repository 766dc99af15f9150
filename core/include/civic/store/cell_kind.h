// What can be read of a topic, as one table: number and name.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace civic {

// Part of the boundary: append, never renumber.
enum class CellKind : std::uint8_t {
  kBillUpdates = 1,         // list, newest n
  kBillEngagement = 2,      // one value, as all that are no list
  kComments = 3,            // list
  kVotes = 4,               // list
  kTyping = 5,              // everybody who types, by parent comment
  kPresence = 6,            // how many are there
  kActivity = 7,            // list
  kNotifications = 8,       // all of them, newest first
  kNotificationCounts = 9,  // how many, unread, by type and by priority
  kBillAnalytics = 10,      // rates and trends
  kMovers = 11,             // the bills that move most
  kOutbox = 12,             // messages that wait, for a later visit
};

// The name JavaScript has for it; empty for a number that is none. A kind without a name here does
// not compile.
constexpr std::string_view CellName(CellKind kind) {
  switch (kind) {
    case CellKind::kBillUpdates:
      return "billUpdates";
    case CellKind::kBillEngagement:
      return "billEngagement";
    case CellKind::kComments:
      return "comments";
    case CellKind::kVotes:
      return "votes";
    case CellKind::kTyping:
      return "typing";
    case CellKind::kPresence:
      return "presence";
    case CellKind::kActivity:
      return "activity";
    case CellKind::kNotifications:
      return "notifications";
    case CellKind::kNotificationCounts:
      return "notificationCounts";
    case CellKind::kBillAnalytics:
      return "billAnalytics";
    case CellKind::kMovers:
      return "movers";
    case CellKind::kOutbox:
      return "outbox";
  }
  return {};
}

inline constexpr std::size_t kCellKindCount = [] {
  std::size_t count = 0;
  for (std::size_t number = 1; number <= UINT8_MAX; ++number) {
    count += CellName(static_cast<CellKind>(number)).empty() ? 0 : 1;
  }
  return count;
}();

inline constexpr auto kCellKinds = [] {
  std::array<CellKind, kCellKindCount> kinds = {};
  for (std::size_t i = 0; i < kCellKindCount; ++i) {
    kinds[i] = static_cast<CellKind>(i + 1);
  }
  return kinds;
}();
static_assert(!CellName(kCellKinds.back()).empty(), "the numbers of cells leave none out");

}  // namespace civic
