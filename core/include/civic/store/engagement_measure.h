// What is counted of a bill, and over which windows of time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "civic/engine/time.h"

namespace civic {

enum class EngagementMeasure : std::uint8_t { kViews, kComments, kSaves, kShares };

inline constexpr std::size_t kMeasureCount = 4;

struct MeasureTraits {
  std::string_view name;
  double weight;  // in the score by which bills are ranked
};

inline constexpr std::array<MeasureTraits, kMeasureCount> kMeasures = {
    {{"views", 1}, {"comments", 10}, {"saves", 5}, {"shares", 5}}};

enum class EngagementWindow : std::uint8_t { kMinute, kQuarterHour, kDay };

inline constexpr std::size_t kWindowCount = 3;

struct WindowTraits {
  std::string_view name;
  DurationMs bucket_ms;
  std::uint32_t bucket_count;

  constexpr double Minutes() const { return bucket_ms * bucket_count / 60'000; }
};

inline constexpr std::array<WindowTraits, kWindowCount> kWindows = {
    {{"1m", 1'000, 60}, {"15m", 10'000, 90}, {"24h", 600'000, 144}}};

// Absolute counts as the server sends them; one that is missing, negative or not finite says
// nothing. Fractions are cut off.
struct EngagementCounts {
  std::optional<double> views = std::nullopt;
  std::optional<double> comments = std::nullopt;
  std::optional<double> saves = std::nullopt;
  std::optional<double> shares = std::nullopt;
};

}  // namespace civic
