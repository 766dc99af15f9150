// What the scanner must say about a text, worked out the slow way from nlohmann's parse of it. Used
// by the unit tests and by the fuzz target.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "civic/wire/field.h"
#include "civic/wire/json_entry.h"
#include "civic/wire/json_scanner.h"
#include "field_spellings.h"

namespace civic::scanner_oracle {

using Json = nlohmann::json;

// A copy with nothing readable before or behind it when the address sanitizer watches.
inline std::unique_ptr<char[]> CopyToHeap(std::string_view text) {
  auto copy = std::make_unique<char[]>(text.size());
  if (!text.empty()) std::memcpy(copy.get(), text.data(), text.size());
  return copy;
}

inline bool IsHex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// The UTF-16 unit of an escape \uXXXX at `i`, or -1.
inline int UnitAt(std::string_view text, std::size_t i) {
  if (i + 6 > text.size() || text[i] != '\\' || text[i + 1] != 'u') return -1;
  for (std::size_t j = i + 2; j < i + 6; ++j) {
    if (!IsHex(text[j])) return -1;
  }
  return std::stoi(std::string(text.substr(i + 2, 4)), nullptr, 16);
}

// A text of the same length and validity in which nlohmann agrees with JSON.parse: it refuses
// escaped surrogates that are not a pair and numbers too large for a double, JSON.parse does not.
// The first become \ufffd, exponents become zeros.
inline std::string Normalized(std::string_view text) {
  std::string out(text);
  bool in_string = false;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] == '"') in_string = !in_string;
    if (out[i] == '\\') {
      const int unit = UnitAt(out, i);
      const int next = UnitAt(out, i + 6);
      if (unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
        i += 11;
      } else if (unit >= 0xd800 && unit < 0xe000) {
        out.replace(i, 6, "\\ufffd");
        i += 5;
      } else {
        i += 1;
      }
    } else if (!in_string && (out[i] == 'e' || out[i] == 'E')) {
      std::size_t digit = i + 1;
      if (digit < out.size() && (out[digit] == '+' || out[digit] == '-')) ++digit;
      for (; digit < out.size() && out[digit] >= '0' && out[digit] <= '9'; ++digit) {
        out[digit] = '0';
      }
    }
  }
  return out;
}

// One value as nlohmann reports it, repeated members included, in the order of the text.
struct Node {
  std::optional<std::string> key;
  Json scalar;  // An empty object or array for a container.
  std::vector<Node> children;

  // Of a repeated member the last.
  Json ToJson() const {
    Json json = scalar;
    for (const Node& child : children) {
      if (json.is_object()) {
        json[*child.key] = child.ToJson();
      } else {
        json.push_back(child.ToJson());
      }
    }
    return json;
  }
};

class NodeBuilder : public nlohmann::json_sax<Json> {
 public:
  Node root;
  bool has_overflow = false;

  bool null() override { return Add(nullptr); }
  bool boolean(bool value) override { return Add(value); }
  bool number_integer(number_integer_t value) override { return Add(value); }
  bool number_unsigned(number_unsigned_t value) override { return Add(value); }
  bool number_float(number_float_t value, const string_t&) override { return Add(value); }
  bool string(string_t& value) override { return Add(value); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(Json::object()); }
  bool start_array(std::size_t) override { return Open(Json::array()); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }

  bool key(string_t& name) override {
    key_ = name;
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const Json::exception& error) override {
    has_overflow = error.id == 406;
    return false;
  }

 private:
  bool Add(Json scalar) {
    return Place({std::exchange(key_, std::nullopt), std::move(scalar), {}});
  }

  bool Open(Json container) {
    open_.push_back({std::exchange(key_, std::nullopt), std::move(container), {}});
    return true;
  }

  bool Close() {
    Node node = std::move(open_.back());
    open_.pop_back();
    return Place(std::move(node));
  }

  bool Place(Node node) {
    if (open_.empty()) {
      root = std::move(node);
    } else {
      open_.back().children.push_back(std::move(node));
    }
    return true;
  }

  std::vector<Node> open_;
  std::optional<std::string> key_;
};

enum class Verdict { kAccept, kReject, kCannotTell };

// What JSON.parse makes of a normalized text. nlohmann skips a byte order mark and takes NUL for
// the end of the text; JSON.parse accepts neither anywhere.
inline Verdict Parse(std::string_view text, Node* root) {
  if (text.starts_with("\xef\xbb\xbf") || text.find('\0') != std::string_view::npos) {
    return Verdict::kReject;
  }
  NodeBuilder builder;
  if (Json::sax_parse(text, &builder)) {
    *root = std::move(builder.root);
    return Verdict::kAccept;
  }
  return builder.has_overflow ? Verdict::kCannotTell : Verdict::kReject;
}

// One value that the scanner must have indexed.
struct ExpectedEntry {
  const Node* node;
  Field field;
  std::size_t depth;
  std::size_t next;
};

enum class Place { kMessage, kUpdate, kData, kBatch };

inline Field FieldOf(const Node& node) {
  for (const FieldSpelling& spelling : kFieldSpellings) {
    if (node.key == spelling.snake || node.key == spelling.camel) return spelling.field;
  }
  return Field::kUnknown;
}

// Where the values of a container are, if the container is one that is indexed.
inline std::optional<Place> PlaceInside(const Node& node, Place outside) {
  const auto is_named = [&node](std::initializer_list<std::string_view> names) {
    return node.key && std::find(names.begin(), names.end(), *node.key) != names.end();
  };
  if (node.scalar.is_object()) {
    if (outside == Place::kBatch) return Place::kMessage;
    if (outside == Place::kMessage && is_named({"update"})) return Place::kUpdate;
    if (outside == Place::kMessage && is_named({"data", "metrics", "notification"})) {
      return Place::kData;
    }
    if (outside == Place::kUpdate && is_named({"data"})) return Place::kData;
  }
  if (node.scalar.is_array() && outside == Place::kMessage && is_named({"messages", "updates"})) {
    return Place::kBatch;
  }
  return std::nullopt;
}

inline void Expect(const Node& node, Place place, std::size_t depth,
                   std::vector<ExpectedEntry>* entries) {
  const std::size_t index = entries->size();
  entries->push_back({&node, FieldOf(node), depth, 0});
  if (depth < kMaxIndexedDepth) {
    if (const auto inside = PlaceInside(node, place)) {
      for (const Node& child : node.children) Expect(child, *inside, depth + 1, entries);
    }
  }
  (*entries)[index].next = entries->size();
}

inline std::vector<ExpectedEntry> ExpectedEntries(const Node& root) {
  std::vector<ExpectedEntry> entries;
  Expect(root, Place::kBatch, 0, &entries);
  return entries;
}

inline JsonKind KindOf(const Json& value) {
  switch (value.type()) {
    case Json::value_t::object:
      return JsonKind::kObject;
    case Json::value_t::array:
      return JsonKind::kArray;
    case Json::value_t::string:
      return JsonKind::kString;
    case Json::value_t::boolean:
      return value.get<bool>() ? JsonKind::kTrue : JsonKind::kFalse;
    case Json::value_t::null:
      return JsonKind::kNull;
    default:
      return JsonKind::kNumber;
  }
}

}  // namespace civic::scanner_oracle
