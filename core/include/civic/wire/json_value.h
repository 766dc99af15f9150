// One value of a JSON text, to be looked into by name. Cold path: what is looked for is searched
// each time, and nothing is kept. Messages are read through MessageView.
#pragma once

#include <string>
#include <string_view>

#include "civic/wire/json_entry.h"

namespace civic {

// Borrows the text.
class JsonValue {
 public:
  // No value.
  JsonValue() = default;
  // The value of a whole text; no value when the text is not JSON.
  static JsonValue Parse(std::string_view text);

  bool exists() const { return !raw_.empty(); }
  bool Is(JsonKind kind) const { return exists() && this->kind() == kind; }
  // Of a value that exists.
  JsonKind kind() const;
  bool is_boolean() const { return Is(JsonKind::kTrue) || Is(JsonKind::kFalse); }
  // The value as it is written.
  std::string_view raw() const { return raw_; }
  // A string without its escapes; "" for anything else.
  std::string Text() const;
  // 0 for what is no number.
  double Number() const;

  // The member, the last one if it occurs more than once; no value if this has no such member.
  JsonValue Find(std::string_view name) const;

  // Calls visit(name, value) for every member of an object, or visit("", value) for every element
  // of an array, in order; not at all for anything else.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    std::string_view rest = Inside();
    std::string name;
    JsonValue value;
    while (TakeNext(&rest, &name, &value)) {
      visit(name, value);
    }
  }

 private:
  // `raw` is one valid value without space around it.
  explicit JsonValue(std::string_view raw) : raw_(raw) {}

  std::string_view Inside() const;
  bool TakeNext(std::string_view* rest, std::string* name, JsonValue* value) const;

  std::string_view raw_;
};

}  // namespace civic
