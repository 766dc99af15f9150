#include "civic/wire/iso_time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace civic {
namespace {

constexpr std::int64_t kMinutesPerDay = 24 * 60;
constexpr int kFractionDigits = 9;
constexpr double kFractionUnitsPerMs = 1e6;

// Reads a text from its start; every method leaves the position alone when it finds nothing.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool AtEnd() const { return at_ == text_.size(); }

  // One letter out of `letters`; 0 when another one, or none, comes next.
  char Take(std::string_view letters) {
    return !AtEnd() && letters.find(text_[at_]) != std::string_view::npos ? text_[at_++] : '\0';
  }

  // Exactly `count` digits.
  std::optional<int> Number(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!IsDigitAt(at_ + i)) {
        return std::nullopt;
      }
      value = value * 10 + (text_[at_ + i] - '0');
    }
    at_ += count;
    return value;
  }

  // All digits that come next, at least one, as nanoseconds of a second.
  std::optional<std::int64_t> Fraction() {
    if (!IsDigitAt(at_)) {
      return std::nullopt;
    }
    std::int64_t nanoseconds = 0;
    for (int digits = 0; digits < kFractionDigits || IsDigitAt(at_); ++digits) {
      const int digit = IsDigitAt(at_) ? text_[at_++] - '0' : 0;
      if (digits < kFractionDigits) {
        nanoseconds = nanoseconds * 10 + digit;
      }
    }
    return nanoseconds;
  }

 private:
  bool IsDigitAt(std::size_t at) const {
    return at < text_.size() && text_[at] >= '0' && text_[at] <= '9';
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

bool IsLeapYear(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysOfMonth(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

// Days from 1970-01-01 in the proleptic Gregorian calendar: `days_from_civil` of Howard Hinnant,
// "chrono-Compatible Low-Level Date Algorithms"
// (https://howardhinnant.github.io/date_algorithms.html). Years begin in March, so that the leap
// day is the last of its year; an era is 400 years.
std::int64_t DaysFromCivil(int year, int month, int day) {
  const int shifted_year = month <= 2 ? year - 1 : year;
  const int era = (shifted_year >= 0 ? shifted_year : shifted_year - 399) / 400;
  const int year_of_era = shifted_year - era * 400;
  const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return std::int64_t{era} * 146'097 + day_of_era - 719'468;
}

std::optional<std::int64_t> ReadDate(Reader& reader) {
  const auto year = reader.Number(4);
  if (!year || reader.Take("-") == '\0') {
    return std::nullopt;
  }
  const auto month = reader.Number(2);
  if (!month || *month < 1 || *month > 12 || reader.Take("-") == '\0') {
    return std::nullopt;
  }
  const auto day = reader.Number(2);
  if (!day || *day < 1 || *day > DaysOfMonth(*year, *month)) {
    return std::nullopt;
  }
  return DaysFromCivil(*year, *month, *day);
}

struct TimeOfDay {
  int minutes = 0;
  int seconds = 0;  // 60 for a leap second
  std::int64_t nanoseconds = 0;
};

std::optional<TimeOfDay> ReadTimeOfDay(Reader& reader) {
  const auto hours = reader.Number(2);
  if (!hours || *hours > 24 || reader.Take(":") == '\0') {
    return std::nullopt;
  }
  const auto minutes = reader.Number(2);
  if (!minutes || *minutes > 59) {
    return std::nullopt;
  }
  TimeOfDay time{.minutes = *hours * 60 + *minutes};
  if (reader.Take(":") != '\0') {
    const auto seconds = reader.Number(2);
    if (!seconds || *seconds > 60) {
      return std::nullopt;
    }
    time.seconds = *seconds;
    if (reader.Take(".,") != '\0') {
      const auto nanoseconds = reader.Fraction();
      if (!nanoseconds) {
        return std::nullopt;
      }
      time.nanoseconds = *nanoseconds;
    }
  }
  const bool is_past_midnight =
      time.minutes > kMinutesPerDay ||
      (time.minutes == kMinutesPerDay && (time.seconds > 0 || time.nanoseconds > 0));
  return is_past_midnight ? std::nullopt : std::optional(time);
}

// Minutes that the text is ahead of UTC.
std::optional<int> ReadOffset(Reader& reader) {
  if (reader.AtEnd() || reader.Take("Zz") != '\0') {
    return 0;
  }
  const char sign = reader.Take("+-");
  const auto hours = reader.Number(2);
  if (sign == '\0' || !hours || *hours > 23) {
    return std::nullopt;
  }
  int minutes = 0;
  if (!reader.AtEnd()) {
    reader.Take(":");
    const auto read = reader.Number(2);
    if (!read || *read > 59) {
      return std::nullopt;
    }
    minutes = *read;
  }
  const int offset = *hours * 60 + minutes;
  return sign == '-' ? -offset : offset;
}

}  // namespace

std::optional<TimeMs> ParseIsoTime(std::string_view text) {
  Reader reader(text);
  const auto days = ReadDate(reader);
  if (!days) {
    return std::nullopt;
  }
  std::int64_t minutes = *days * kMinutesPerDay;
  TimeOfDay time;
  if (!reader.AtEnd()) {
    const bool has_time = reader.Take("Tt ") != '\0';
    const auto read = has_time ? ReadTimeOfDay(reader) : std::nullopt;
    const auto offset = read ? ReadOffset(reader) : std::nullopt;
    if (!offset || !reader.AtEnd()) {
      return std::nullopt;
    }
    time = *read;
    minutes += time.minutes - *offset;
    const bool ends_a_day = (minutes + 1) % kMinutesPerDay == 0;
    if (time.seconds == 60 && !ends_a_day) {
      return std::nullopt;
    }
  }
  return static_cast<double>((minutes * 60 + time.seconds) * 1000) +
         static_cast<double>(time.nanoseconds) / kFractionUnitsPerMs;
}

}  // namespace civic
