#include "civic/wire/iso_time.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace civic {
namespace {

constexpr TimeMs kNewYear2026 = 1'767'225'600'000;

TEST(IsoTime, IsMillisecondsSinceTheEpoch) {
  EXPECT_EQ(ParseIsoTime("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(ParseIsoTime("2026-01-01T00:00:00Z"), kNewYear2026);
  EXPECT_EQ(ParseIsoTime("1969-12-31T23:59:59.999Z"), -1);
  EXPECT_EQ(ParseIsoTime("9999-12-31T23:59:59Z"), 253'402'300'799'000);
  EXPECT_EQ(ParseIsoTime("0000-01-01T00:00:00Z"), -62'167'219'200'000);
}

TEST(IsoTime, MayBeADateAlone) { EXPECT_EQ(ParseIsoTime("2026-01-01"), kNewYear2026); }

TEST(IsoTime, MayLeaveOutSeconds) {
  EXPECT_EQ(ParseIsoTime("2026-01-01T00:01Z"), kNewYear2026 + 60'000);
}

TEST(IsoTime, MayHaveAFractionOfAnyLength) {
  EXPECT_EQ(ParseIsoTime("2026-01-01T00:00:00.5Z"), kNewYear2026 + 500);
  EXPECT_EQ(ParseIsoTime("2026-01-01T00:00:00.123Z"), kNewYear2026 + 123);
  EXPECT_EQ(ParseIsoTime("2026-01-01T00:00:00,123Z"), kNewYear2026 + 123);
  EXPECT_EQ(ParseIsoTime("2026-01-01T00:00:00.1235Z"), kNewYear2026 + 123.5);
  EXPECT_EQ(ParseIsoTime("2026-01-01T00:00:00.123500000999999999999Z"), kNewYear2026 + 123.5);
}

TEST(IsoTime, MayHaveAnOffset) {
  EXPECT_EQ(ParseIsoTime("2026-01-01T02:00:00+02:00"), kNewYear2026);
  EXPECT_EQ(ParseIsoTime("2025-12-31T18:30:00-05:30"), kNewYear2026);
  EXPECT_EQ(ParseIsoTime("2026-01-01T02:00:00+0200"), kNewYear2026);
  EXPECT_EQ(ParseIsoTime("2026-01-01 00:00:00+00"), kNewYear2026);
  EXPECT_EQ(ParseIsoTime("2026-01-01T00:00:00-00:00"), kNewYear2026);
}

TEST(IsoTime, IsUtcWithoutAnOffset) {
  EXPECT_EQ(ParseIsoTime("2026-01-01T00:00:00"), kNewYear2026);
}

TEST(IsoTime, MayUseTheLettersOfRfc3339InLowerCase) {
  EXPECT_EQ(ParseIsoTime("2026-01-01t00:00:00z"), kNewYear2026);
}

TEST(IsoTime, KnowsLeapYears) {
  EXPECT_EQ(ParseIsoTime("2024-02-29"), 1'709'164'800'000);
  EXPECT_EQ(ParseIsoTime("2000-02-29"), 951'782'400'000);
  EXPECT_EQ(ParseIsoTime("2025-02-29"), std::nullopt);
  EXPECT_EQ(ParseIsoTime("1900-02-29"), std::nullopt);
}

TEST(IsoTime, EndsADayAtTwentyFour) {
  EXPECT_EQ(ParseIsoTime("2025-12-31T24:00:00Z"), kNewYear2026);
  EXPECT_EQ(ParseIsoTime("2025-12-31T24:00:01Z"), std::nullopt);
  EXPECT_EQ(ParseIsoTime("2025-12-31T24:01Z"), std::nullopt);
}

TEST(IsoTime, HasLeapSecondsOnlyWhenADayEnds) {
  EXPECT_EQ(ParseIsoTime("1990-12-31T23:59:60Z"), ParseIsoTime("1991-01-01T00:00:00Z"));
  EXPECT_EQ(ParseIsoTime("1990-12-31T15:59:60-08:00"), ParseIsoTime("1991-01-01T00:00:00Z"));
  EXPECT_EQ(ParseIsoTime("1960-12-31T23:59:60Z"), ParseIsoTime("1961-01-01T00:00:00Z"));
  EXPECT_EQ(ParseIsoTime("1990-12-31T23:58:60Z"), std::nullopt);
}

TEST(IsoTime, IsNothingElse) {
  for (const std::string_view text : {"",
                                      "now",
                                      "2026",
                                      "2026-01",
                                      "20260101",
                                      "2026-1-1",
                                      "26-01-01",
                                      "2026-13-01",
                                      "2026-00-10",
                                      "2026-01-00",
                                      "2026-01-32",
                                      "2026-04-31",
                                      "2026/01/01",
                                      "2026-01-01T",
                                      "2026-01-01T1:00Z",
                                      "2026-01-01T25:00Z",
                                      "2026-01-01T12:60Z",
                                      "2026-01-01T12:00:61Z",
                                      "2026-01-01T12Z",
                                      "2026-01-01T12:00:00.Z",
                                      "2026-01-01T12:00:00ZZ",
                                      "2026-01-01Z",
                                      "2026-01-01T12:00:00+",
                                      "2026-01-01T12:00:00+2",
                                      "2026-01-01T12:00:00+24:00",
                                      "2026-01-01T12:00:00+02:60",
                                      "2026-01-01T12:00:00+02:",
                                      " 2026-01-01",
                                      "2026-01-01 ",
                                      "+2026-01-01",
                                      "-001-01-01",
                                      "1767225600000"}) {
    EXPECT_EQ(ParseIsoTime(text), std::nullopt) << text;
  }
}

TEST(IsoTime, CountsEveryDayOfAllYears) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::int64_t day_number = -719'528;  // 0000-01-01
  for (int year = 0; year < 10'000; ++year) {
    const bool is_leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
    for (int month = 1; month <= 12; ++month) {
      const int days = kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap ? 1 : 0);
      for (int day = 1; day <= days; day += day < days && year % 100 != 0 ? days - 1 : 1) {
        std::array<char, 32> text;
        std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day);
        ASSERT_EQ(ParseIsoTime(text.data()), static_cast<double>(day_number + day - 1) * 86'400'000)
            << text.data();
      }
      day_number += days;
    }
  }
}

}  // namespace
}  // namespace civic
