#include "civic/routing/filter.h"

#include <algorithm>
#include <array>

#include "civic/wire/json.h"
#include "civic/wire/json_string.h"

namespace civic {
namespace {
bool IsScalar(const Json& value) { return !value.is_object() && !value.is_array(); }

std::string ScalarText(const Json& value) {
  const auto* text = value.get_ptr<const std::string*>();
  return text != nullptr ? *text : value.dump();
}

// The member's name without escapes.
std::string_view KeyText(const MessageView& message, const JsonEntry& member,
                         std::string* scratch) {
  const std::string_view text = message.text();
  const std::size_t start = member.key + 1;
  std::size_t end = start;
  bool escaped = false;
  while (text[end] != '"') {
    escaped = escaped || text[end] == '\\';
    end += text[end] == '\\' ? 2 : 1;
  }
  const std::string_view raw = text.substr(start, end - start);
  if (!escaped) {
    return raw;
  }
  DecodeJsonString(raw, scratch);
  return *scratch;
}

bool ValueIsOneOf(const MessageView& message, const JsonEntry& value,
                  const std::vector<std::string>& allowed) {
  if (value.kind == JsonKind::kObject || value.kind == JsonKind::kArray) {
    return false;
  }
  std::string scratch;
  std::string_view text = RawValue(message.text(), value);
  if (value.kind == JsonKind::kString) {
    text = RawString(message.text(), value);
    if (value.has_escapes) {
      DecodeJsonString(text, &scratch);
      text = scratch;
    }
  }
  return std::any_of(allowed.begin(), allowed.end(),
                     [&](const std::string& candidate) { return candidate == text; });
}

}  // namespace

std::string Filter::Parse(std::string_view text) {
  conditions_.clear();
  json_.clear();
  if (text.empty()) {
    return "";
  }
  const Json parsed = ParseJson(text);
  if (!parsed.is_object()) {
    return "filters must be an object of fields and values";
  }
  for (const auto& [field, value] : parsed.items()) {
    Condition condition{field, LookUpField(field), {}};
    if (value.is_array()) {
      for (const Json& one : value) {
        if (!IsScalar(one)) {
          return "filters." + field + " must list strings, numbers, booleans or null";
        }
        condition.values.push_back(ScalarText(one));
      }
    } else if (IsScalar(value)) {
      condition.values.push_back(ScalarText(value));
    } else {
      return "filters." + field + " must be a string, number, boolean, null or a list of those";
    }
    conditions_.push_back(std::move(condition));
  }
  // Members in any order are the same filter.
  std::vector<std::string> fields;
  for (const Condition& condition : conditions_) {
    fields.push_back(condition.field);
  }
  std::sort(fields.begin(), fields.end());
  Json sorted;
  for (const std::string& field : fields) {
    sorted[field] = *parsed.find(field);
  }
  if (!fields.empty()) {
    json_ = PrintJson(sorted);
  }
  return "";
}

bool Filter::Accepts(const MessageView& message) const {
  if (conditions_.empty()) {
    return true;
  }
  const JsonEntry* update = message.Find(Field::kUpdate);
  const bool has_update = update != nullptr && update->kind == JsonKind::kObject;
  const std::array<const JsonEntry*, 5> places = {
      &message.object(), update, message.Find(Field::kData),
      has_update ? message.FindIn(*update, Field::kData) : nullptr, message.Find(Field::kMetrics)};
  return std::all_of(conditions_.begin(), conditions_.end(), [&](const Condition& condition) {
    return std::any_of(places.begin(), places.end(), [&](const JsonEntry* place) {
      return place != nullptr && place->kind == JsonKind::kObject &&
             IsMet(condition, message, *place);
    });
  });
}

bool Filter::IsMet(const Condition& condition, const MessageView& message, const JsonEntry& place) {
  const JsonEntry* found = nullptr;
  std::string scratch;
  message.ForEachIn(place, [&](const JsonEntry& member) {
    const bool same = condition.known != Field::kUnknown
                          ? member.field == condition.known
                          : member.field == Field::kUnknown &&
                                KeyText(message, member, &scratch) == condition.field;
    if (same) {
      found = &member;
    }
  });
  return found != nullptr && ValueIsOneOf(message, *found, condition.values);
}

}  // namespace civic
