#include "civic/replay/state_reader.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace civic {

bool StateReader::Expect(JsonKind kind, std::string_view what) {
  if (value_.Is(kind)) {
    return true;
  }
  Fail("it must be " + std::string(what));
  return false;
}

// Exactly, which a double could not.
bool StateReader::ReadWhole(std::uint64_t most, std::uint64_t* number) {
  const std::string_view digits = value_.raw();
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), *number);
  if (error == std::errc() && end == digits.data() + digits.size() && *number <= most) {
    return true;
  }
  Fail("it must be a whole number from 0 to " + std::to_string(most));
  return false;
}

void StateReader::Read(bool& value) {
  if (value_.is_boolean()) {
    value = value_.Is(JsonKind::kTrue);
  } else {
    Fail("it must be true or false");
  }
}

void StateReader::Read(double& value) {
  if (value_.Is(JsonKind::kNumber)) {
    value = value_.Number();
  } else {
    const std::string text = value_.Text();
    std::uint64_t bits = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits, 16);
    if (text == "inf" || text == "-inf") {
      const double infinity = std::numeric_limits<double>::infinity();
      value = text == "inf" ? infinity : -infinity;
      return;
    }
    if (text.size() != 16 || error != std::errc() || end != text.data() + text.size()) {
      return Fail("it must be a number");
    }
    value = std::bit_cast<double>(bits);
  }
  Check(std::fabs(value) <= kLargestNumber, "it is no number of an engine");
}

void StateReader::Read(int& value) {
  const double number = value_.Number();
  if (value_.Is(JsonKind::kNumber) && number == std::floor(number) &&
      std::fabs(number) <= kLargestInt) {
    value = static_cast<int>(number);
  } else {
    Fail("it must be a whole number of at most " + std::to_string(kLargestInt));
  }
}

void StateReader::Read(std::string& value) {
  if (Expect(JsonKind::kString, "a text")) {
    value = value_.Text();
  }
}

void StateReader::Fail(std::string_view fault) {
  if (!problem_->empty()) {
    return;
  }
  std::string place = name_;
  for (const StateReader* at = parent_; at != nullptr; at = at->parent_) {
    std::string outer = at->name_;
    if (!outer.empty() && !place.empty()) {
      outer += '.';
    }
    outer += place;
    place = std::move(outer);
  }
  *problem_ = (place.empty() ? "the state" : place) + ": " + std::string(fault);
}

}  // namespace civic
