// One value of a scanned JSON text: where it is, what it is, and which member it is.
#pragma once

#include <cstdint>
#include <string_view>

#include "civic/wire/field.h"

namespace civic {

enum class JsonKind : std::uint8_t { kNull, kFalse, kTrue, kNumber, kString, kObject, kArray };

// Offsets are bytes from the start of the scanned text. Entries are in the order of the text. The
// members (or elements) of an indexed container at `i` are
//   for (j = i + 1; j < entries[i].next; j = entries[j].next)
// A container that is not indexed, or is empty, has `next == i + 1`.
struct JsonEntry {
  std::uint32_t key;    // Opening quote of the member's name; equals `value` when there is none.
  std::uint32_t value;  // First byte of the value.
  std::uint32_t end;    // One past the last byte of the value.
  std::uint32_t next;   // Index of the next entry that is not inside this one.
  JsonKind kind;
  Field field;         // What the member's name means; kUnknown for the root and for elements.
  bool has_escapes;    // A string value that holds at least one backslash.
  std::uint8_t depth;  // How many indexed containers are around the value; 0 is the root.

  bool has_key() const { return key != value; }
  bool operator==(const JsonEntry&) const = default;
};

static_assert(sizeof(JsonEntry) == 20);

// The value as it is written, a string with its quotes.
inline std::string_view RawValue(std::string_view text, const JsonEntry& entry) {
  return text.substr(entry.value, entry.end - entry.value);
}

// What is between the quotes of a string value, escapes as written.
inline std::string_view RawString(std::string_view text, const JsonEntry& entry) {
  return text.substr(entry.value + 1, entry.end - entry.value - 2);
}

}  // namespace civic
