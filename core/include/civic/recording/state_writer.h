// Writes the state of an engine as JSON, for a recording.
//
// Whoever owns state has a member `template <typename Archive> void Walk(Archive& archive)` that
// names everything which decides what the engine does next; StateReader takes the same way back.
// What is due to nobody but a reader of bundles (cells, queued events) is no part of it. A comment
// before Walk says which members are left out: scripts/check-recorded-state.mjs finds any other.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "civic/recording/token_list.h"
#include "civic/wire/json_writer.h"

namespace civic {

class StateWriter {
 public:
  static constexpr bool kReads = false;

  // `tokens` knows what stands for a token; null where only stand-ins are known.
  explicit StateWriter(TokenList* tokens) : tokens_(tokens) {}

  template <typename Value>
  StateWriter& operator()(std::string_view name, const Value& value) {
    json_.Key(name);
    Write(value);
    return *this;
  }
  // Leaves out what whoever reads it begins with anyway. For what there may be many of.
  template <typename Value>
  StateWriter& operator()(std::string_view name, const Value& value,
                          const std::type_identity_t<Value>& usual) {
    return value == usual ? *this : (*this)(name, value);
  }
  template <typename Enum>
  StateWriter& Choice(std::string_view name, const Enum& value, Enum /*last*/) {
    return (*this)(name, static_cast<std::uint64_t>(value));
  }
  StateWriter& Token(std::string_view name, const std::string& token) {
    return (*this)(name, tokens_ == nullptr ? token : tokens_->StandIn(token));
  }
  StateWriter& Tokens(std::string_view name, const std::vector<std::string>& tokens) {
    json_.Begin(name, '[');
    for (const std::string& token : tokens) {
      Write(tokens_ == nullptr ? token : tokens_->StandIn(token));
    }
    json_.End(']');
    return *this;
  }
  // An object; walk(archive) names its members.
  template <typename WalkMembers>
  StateWriter& Object(std::string_view name, const WalkMembers& walk) {
    json_.Key(name);
    Braced(walk);
    return *this;
  }
  // `count` objects, for each of which walk(archive, index) names the members.
  template <typename WalkMembers>
  StateWriter& Objects(std::string_view name, std::size_t count, const WalkMembers& walk) {
    json_.Begin(name, '[');
    for (std::size_t i = 0; i < count; ++i) {
      Braced([&](StateWriter& archive) { walk(archive, i); });
    }
    json_.End(']');
    return *this;
  }

  // `owner` as one JSON object.
  template <typename Owner>
  static std::string Print(Owner& owner, TokenList* tokens) {
    StateWriter writer(tokens);
    writer.Braced([&](StateWriter& archive) { owner.Walk(archive); });
    return writer.json_.Take();
  }

 private:
  template <typename WalkMembers>
  void Braced(const WalkMembers& walk) {
    json_.Begin('{');
    walk(*this);
    json_.End('}');
  }

  void Write(bool value) { json_.Boolean(value); }
  void Write(const std::string& value) { json_.Text(value); }
  void Write(double value) { json_.Raw(ExactNumber(value)); }
  template <std::unsigned_integral Number>
  void Write(Number value) {
    json_.Raw(std::to_string(value));
  }
  void Write(int value) { json_.Integer(value); }
  template <typename Value>
  void Write(const std::optional<Value>& value) {
    if (value) {
      Write(*value);
    } else {
      json_.Raw("null");
    }
  }
  template <typename Value>
  void Write(const std::vector<Value>& values) {
    WriteAll(values);
  }
  template <typename Value>
  void Write(const std::deque<Value>& values) {
    WriteAll(values);
  }
  template <typename Value>
  void Write(const std::list<Value>& values) {
    WriteAll(values);
  }
  template <typename Value, std::size_t kSize>
  void Write(const std::array<Value, kSize>& values) {
    WriteAll(values);
  }
  template <typename Owner>
  requires requires(Owner& owner, StateWriter& archive) { owner.Walk(archive); }
  void Write(const Owner& owner) {
    // One way for reading and writing; this one changes nothing.
    Braced([&](StateWriter& archive) { const_cast<Owner&>(owner).Walk(archive); });
  }
  template <typename Values>
  void WriteAll(const Values& values) {
    json_.Begin('[');
    for (const auto& value : values) {
      Write(value);
    }
    json_.End(']');
  }

  JsonWriter json_;
  TokenList* tokens_;

 public:
  // A whole number as such; any other as text: its 64 bits in hexadecimal, "inf" or "-inf".
  static std::string ExactNumber(double value);
};

}  // namespace civic
