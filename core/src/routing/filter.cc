#include "civic/routing/filter.h"

#include <algorithm>
#include <array>
#include <utility>

#include "civic/wire/json_string.h"
#include "civic/wire/json_value.h"
#include "civic/wire/json_writer.h"

namespace civic {
namespace {
using Member = std::pair<std::string, JsonValue>;

bool IsScalar(const JsonValue& value) {
  return !value.Is(JsonKind::kObject) && !value.Is(JsonKind::kArray);
}

std::string ScalarText(const JsonValue& value) {
  return value.Is(JsonKind::kString) ? value.Text() : std::string(value.raw());
}

void WriteScalar(const JsonValue& value, JsonWriter* json) {
  if (value.Is(JsonKind::kString)) {
    json->Text(value.Text());
  } else {
    json->Raw(value.raw());
  }
}

// In the order of their names, each name once: members in any order are the same filter.
std::vector<Member> SortedMembers(const JsonValue& object) {
  std::vector<Member> members;
  object.ForEach([&](const std::string& name, const JsonValue& value) {
    const auto place = std::lower_bound(
        members.begin(), members.end(), name,
        [](const Member& member, const std::string& other) { return member.first < other; });
    if (place != members.end() && place->first == name) {
      place->second = value;
    } else {
      members.insert(place, {name, value});
    }
  });
  return members;
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
  const JsonValue parsed = JsonValue::Parse(text);
  if (!parsed.Is(JsonKind::kObject)) {
    return "filters must be an object of fields and values";
  }
  JsonWriter json;
  json.Begin('{');
  for (const auto& [field, value] : SortedMembers(parsed)) {
    Condition condition{field, LookUpField(field), {}};
    const bool is_list = value.Is(JsonKind::kArray);
    bool is_valid = is_list || IsScalar(value);
    const auto add = [&](const JsonValue& scalar) {
      is_valid = is_valid && IsScalar(scalar);
      condition.values.push_back(ScalarText(scalar));
      WriteScalar(scalar, &json);
    };
    json.Key(field);
    if (is_list) {
      json.Begin('[');
      value.ForEach([&](const std::string&, const JsonValue& one) { add(one); });
      json.End(']');
    } else {
      add(value);
    }
    if (!is_valid) {
      conditions_.clear();
      return "filters." + field +
             (is_list ? " must list strings, numbers, booleans or null"
                      : " must be a string, number, boolean, null or a list of those");
    }
    conditions_.push_back(std::move(condition));
  }
  json.End('}');
  if (!conditions_.empty()) {
    json_ = json.Take();
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
