// One message inside a scanned frame: its members by field.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "civic/wire/json_entry.h"

namespace civic {

// Borrows the frame's text and the scanner's entries; valid as long as both. Never copies.
class MessageView {
 public:
  // `index` is the entry of the message's object.
  MessageView(std::string_view text, std::span<const JsonEntry> entries, std::uint32_t index);

  // The member, the last one if it occurs more than once; null if it does not occur.
  const JsonEntry* Find(Field field) const {
    const std::uint32_t member = members_[static_cast<std::size_t>(field)];
    return member == 0 ? nullptr : &entries_[member];
  }

  // The last member of an indexed object; null if there is none.
  const JsonEntry* FindIn(const JsonEntry& object, Field field) const;

  // Calls visit(entry) for every member or element of an indexed container, in order.
  template <typename Visit>
  void ForEachIn(const JsonEntry& container, const Visit& visit) const {
    for (std::uint32_t i = IndexOf(container) + 1; i < container.next; i = entries_[i].next) {
      visit(entries_[i]);
    }
  }

  // The text of a string member, decoded into `scratch` if it has escapes; "" when `entry` is null
  // or no string.
  std::string_view TextOf(const JsonEntry* entry, std::string* scratch) const;

  std::string_view text() const { return text_; }
  std::span<const JsonEntry> entries() const { return entries_; }
  const JsonEntry& object() const { return entries_[index_]; }
  // The message as the server sent it.
  std::string_view raw() const { return RawValue(text_, object()); }
  std::uint32_t IndexOf(const JsonEntry& entry) const {
    return static_cast<std::uint32_t>(&entry - entries_.data());
  }

 private:
  std::string_view text_;
  std::span<const JsonEntry> entries_;
  std::uint32_t index_;
  std::array<std::uint32_t, kFieldCount> members_ = {};  // 0 is the root, never a member
};

}  // namespace civic
