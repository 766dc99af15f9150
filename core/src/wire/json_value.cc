#include "civic/wire/json_value.h"

#include <cstddef>
#include <memory>

#include "civic/wire/json_scanner.h"
#include "civic/wire/json_string.h"
#include "civic/wire/number.h"

namespace civic {
namespace {

// The first value of a valid text; it ends where its brackets and quotes do.
std::string_view FirstValue(std::string_view text) {
  std::size_t at = 0;
  std::size_t depth = 0;
  for (; at < text.size(); ++at) {
    switch (text[at]) {
      case '"':
        while (text[++at] != '"') {
          at += text[at] == '\\' ? 1 : 0;
        }
        break;
      case '{':
      case '[':
        ++depth;
        continue;
      case '}':
      case ']':
        --depth;
        break;
      default:
        if (depth > 0) continue;
        // A number or a word.
        at = text.find_first_of(" \t\r\n,}]", at);
        return text.substr(0, at);
    }
    if (depth == 0) {
      ++at;
      break;
    }
  }
  return text.substr(0, at);
}

// What separates values.
void SkipTo(std::string_view* rest) {
  const std::size_t first = rest->find_first_not_of(" \t\r\n,:");
  rest->remove_prefix(first == std::string_view::npos ? rest->size() : first);
}

std::string Decoded(std::string_view quoted) {
  std::string text;
  DecodeJsonString(quoted.substr(1, quoted.size() - 2), &text);
  return text;
}

}  // namespace

JsonValue JsonValue::Parse(std::string_view text) {
  // Too large for the stack of a small target.
  const auto scanner = std::make_unique<JsonScanner>();
  if (!scanner->Scan(text).ok()) {
    return {};
  }
  return JsonValue(RawValue(text, scanner->entries().front()));
}

JsonKind JsonValue::kind() const {
  switch (raw_.front()) {
    case '{':
      return JsonKind::kObject;
    case '[':
      return JsonKind::kArray;
    case '"':
      return JsonKind::kString;
    case 't':
      return JsonKind::kTrue;
    case 'f':
      return JsonKind::kFalse;
    case 'n':
      return JsonKind::kNull;
    default:
      return JsonKind::kNumber;
  }
}

std::string JsonValue::Text() const { return Is(JsonKind::kString) ? Decoded(raw_) : ""; }

double JsonValue::Number() const { return Is(JsonKind::kNumber) ? ReadNumber(raw_) : 0; }

JsonValue JsonValue::Find(std::string_view name) const {
  JsonValue found;
  if (Is(JsonKind::kObject)) {
    ForEach([&](const std::string& member, const JsonValue& value) {
      if (member == name) {
        found = value;
      }
    });
  }
  return found;
}

std::string_view JsonValue::Inside() const {
  const bool is_container = Is(JsonKind::kObject) || Is(JsonKind::kArray);
  return is_container ? raw_.substr(1, raw_.size() - 2) : std::string_view();
}

bool JsonValue::TakeNext(std::string_view* rest, std::string* name, JsonValue* value) const {
  SkipTo(rest);
  if (rest->empty()) {
    return false;
  }
  if (Is(JsonKind::kObject)) {
    const std::string_view key = FirstValue(*rest);
    *name = Decoded(key);
    rest->remove_prefix(key.size());
    SkipTo(rest);
  }
  *value = JsonValue(FirstValue(*rest));
  rest->remove_prefix(value->raw_.size());
  return true;
}

}  // namespace civic
