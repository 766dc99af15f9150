#include "civic/wire/message_view.h"

#include "civic/wire/json_string.h"

namespace civic {

MessageView::MessageView(std::string_view text, std::span<const JsonEntry> entries,
                         std::uint32_t index)
    : text_(text), entries_(entries), index_(index) {
  for (std::uint32_t i = index + 1; i < entries[index].next; i = entries[i].next) {
    members_[static_cast<std::size_t>(entries[i].field)] = i;
  }
}

const JsonEntry* MessageView::FindIn(const JsonEntry& object, Field field) const {
  const JsonEntry* found = nullptr;
  ForEachIn(object, [&](const JsonEntry& member) {
    if (member.field == field) {
      found = &member;
    }
  });
  return found;
}

std::string_view MessageView::TextOf(const JsonEntry* entry, std::string* scratch) const {
  if (entry == nullptr || entry->kind != JsonKind::kString) {
    return {};
  }
  const std::string_view raw = RawString(text_, *entry);
  if (!entry->has_escapes) {
    return raw;
  }
  DecodeJsonString(raw, scratch);
  return *scratch;
}

}  // namespace civic
