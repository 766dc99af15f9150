// Reads what StateWriter wrote, into an engine that was just made. Trusts nothing.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "civic/wire/json_value.h"

namespace civic {

// Members that are missing keep what they are: a state of an older engine says nothing of what is
// new. What is no value of its member is a problem, and everything after it is meaningless.
class StateReader {
 public:
  static constexpr bool kReads = true;
  // More than any counter of attempts comes to, and far from an overflow.
  static constexpr int kLargestInt = 1'000'000'000;
  static constexpr double kLargestNumber = 1e18;

  template <typename Value>
  StateReader& operator()(std::string_view name, Value& value) {
    Member(name, [&](StateReader& member) { member.Read(value); });
    return *this;
  }
  // `usual` is what `value` is now.
  template <typename Value>
  StateReader& operator()(std::string_view name, Value& value,
                          const std::type_identity_t<Value>& /*usual*/) {
    return (*this)(name, value);
  }
  template <typename Enum>
  StateReader& Choice(std::string_view name, Enum& value, Enum last) {
    Member(name, [&](StateReader& member) {
      std::uint64_t number = 0;
      const auto most = static_cast<std::uint64_t>(last);
      if (member.ReadWhole(most, &number)) {
        value = static_cast<Enum>(number);
      }
    });
    return *this;
  }
  StateReader& Token(std::string_view name, std::string& token) { return (*this)(name, token); }
  StateReader& Tokens(std::string_view name, std::vector<std::string>& tokens) {
    return (*this)(name, tokens);
  }
  template <typename WalkMembers>
  StateReader& Object(std::string_view name, const WalkMembers& walk) {
    Member(name, [&](StateReader& member) {
      if (member.Expect(JsonKind::kObject, "an object")) {
        walk(member);
      }
    });
    return *this;
  }
  template <typename WalkMembers>
  StateReader& Objects(std::string_view name, std::size_t /*count*/, const WalkMembers& walk) {
    Member(name, [&](StateReader& member) {
      member.EachElement([&](StateReader& element, std::size_t index) {
        if (element.Expect(JsonKind::kObject, "an object")) {
          walk(element, index);
        }
      });
    });
    return *this;
  }
  // For what only whoever reads it can see.
  void Check(bool is_sound, std::string_view fault) {
    if (!is_sound) {
      Fail(fault);
    }
  }

  // Where the first problem is and what; "" when there is none.
  template <typename Owner>
  static std::string Parse(std::string_view json, Owner* owner) {
    std::string problem;
    StateReader reader(JsonValue::Parse(json), nullptr, "", &problem);
    if (reader.Expect(JsonKind::kObject, "an object")) {
      owner->Walk(reader);
    }
    return problem;
  }

 private:
  StateReader(JsonValue value, const StateReader* parent, std::string name, std::string* problem)
      : value_(value), parent_(parent), name_(std::move(name)), problem_(problem) {}

  template <typename ReadMember>
  void Member(std::string_view name, const ReadMember& read) {
    const JsonValue value = problem_->empty() ? value_.Find(name) : JsonValue();
    if (value.exists()) {
      StateReader member(value, this, std::string(name), problem_);
      read(member);
    }
  }
  template <typename ReadElement>
  void EachElement(const ReadElement& read) {
    if (!Expect(JsonKind::kArray, "a list")) {
      return;
    }
    std::size_t index = 0;
    value_.ForEach([&](const std::string&, const JsonValue& value) {
      if (problem_->empty()) {
        StateReader element(value, this, std::to_string(index), problem_);
        read(element, index++);
      }
    });
  }

  bool Expect(JsonKind kind, std::string_view what);
  bool ReadWhole(std::uint64_t most, std::uint64_t* number);
  void Fail(std::string_view fault);

  void Read(bool& value);
  void Read(double& value);
  void Read(int& value);
  void Read(std::string& value);
  template <std::unsigned_integral Number>
  void Read(Number& value) {
    std::uint64_t number = 0;
    if (ReadWhole(std::numeric_limits<Number>::max(), &number)) {
      value = static_cast<Number>(number);
    }
  }
  template <typename Value>
  void Read(std::optional<Value>& value) {
    value.reset();
    if (!value_.Is(JsonKind::kNull)) {
      // Not emplace(): clang 14 takes a nested struct with default members for one that has no
      // default constructor.
      Value read{};
      Read(read);
      value = std::move(read);
    }
  }
  template <typename Value>
  void Read(std::vector<Value>& values) {
    ReadAll(values);
  }
  template <typename Value>
  void Read(std::deque<Value>& values) {
    ReadAll(values);
  }
  template <typename Value>
  void Read(std::list<Value>& values) {
    ReadAll(values);
  }
  // Of a newer engine there may be more, of an older one less.
  template <typename Value, std::size_t kSize>
  void Read(std::array<Value, kSize>& values) {
    EachElement([&](StateReader& element, std::size_t index) {
      if (index < kSize) {
        element.Read(values[index]);
      }
    });
  }
  template <typename Owner>
  requires requires(Owner& owner, StateReader& archive) { owner.Walk(archive); }
  void Read(Owner& owner) {
    if (Expect(JsonKind::kObject, "an object")) {
      owner.Walk(*this);
    }
  }
  template <typename Values>
  void ReadAll(Values& values) {
    values.clear();
    EachElement([&](StateReader& element, std::size_t) { element.Read(values.emplace_back()); });
  }

  JsonValue value_;
  const StateReader* parent_;
  std::string name_;
  std::string* problem_;
};

}  // namespace civic
