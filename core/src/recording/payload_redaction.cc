#include "civic/recording/payload_redaction.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "civic/recording/stand_in.h"
#include "civic/wire/field.h"
#include "civic/wire/json_scanner.h"
#include "civic/wire/json_string.h"
#include "civic/wire/utf8.h"

namespace civic {
namespace {

bool IsJson(std::string_view text, JsonKind* kind) {
  // Too large for the stack of a small target.
  const auto scanner = std::make_unique<JsonScanner>();
  const bool is_json = scanner->Scan(text).ok();
  *kind = is_json ? scanner->entries().front().kind : JsonKind::kNull;
  return is_json;
}

// Of a member whose value decides where a message goes, or what an engine does with it.
bool IsKept(Field field) {
  switch (field) {
    case Field::kUnknown:
    case Field::kData:
    case Field::kUpdate:
    case Field::kUpdates:
    case Field::kMessages:
    case Field::kMetrics:
    case Field::kNotification:
    case Field::kTitle:
    case Field::kMessage:
    case Field::kPreferences:
    case Field::kError:
    case Field::kReason:
    case Field::kToken:
      return false;
    default:
      return true;
  }
}

bool IsKept(std::string_view name, PayloadKind kind) {
  if (kind == PayloadKind::kState) {
    return name != "message" && name != "messages";
  }
  if (kind == PayloadKind::kOutbox && (name == "client" || name == "whenFull" || name == "key")) {
    return true;
  }
  return IsKept(LookUpField(name));
}

// One character of a JSON text: as it is written, and the bytes it stands for.
struct Character {
  std::size_t written = 1;
  std::size_t bytes = 1;
  bool is_numbered = false;  // \u….
};

Character NextCharacter(std::string_view raw) {
  if (raw.front() != '\\') {
    const std::size_t size = std::max<std::size_t>(CharacterSize(raw), 1);
    return {size, size, false};
  }
  if (raw[1] != 'u') {
    return {2, 1, false};
  }
  constexpr std::size_t kEscape = 6;
  std::string decoded;
  // A pair of surrogates is one character, and two that are none are two.
  if (raw.size() >= 2 * kEscape && raw[kEscape] == '\\' && raw[kEscape + 1] == 'u' &&
      DecodeJsonString(raw.substr(0, 2 * kEscape), &decoded) && decoded.size() == 4 &&
      CharacterSize(decoded) == 4) {
    return {2 * kEscape, 4, true};
  }
  DecodeJsonString(raw.substr(0, kEscape), &decoded);
  return {kEscape, decoded.size(), true};
}

std::string_view EscapedStandIn(std::size_t bytes) {
  constexpr std::array<std::string_view, 5> kEscaped = {"", "\\u0078", "\\u00e9", "\\u20ac",
                                                        "\\ud83d\\ude00"};
  return kEscaped[bytes];
}

bool MustStay(std::string_view character) {
  return character.size() == 1 && (static_cast<unsigned char>(character[0]) < ' ' ||
                                   character[0] == '"' || character[0] == '\\');
}

// Replaces the characters of `raw`, which stands for `text`, where `wanted` differs from that. All
// three have the same characters apart from those that are replaced.
void Rewrite(std::span<char> raw, std::string_view text, std::string_view wanted) {
  while (!raw.empty()) {
    const Character character = NextCharacter({raw.data(), raw.size()});
    if (text.substr(0, character.bytes) != wanted.substr(0, character.bytes)) {
      const std::string_view stand_in = character.is_numbered ? EscapedStandIn(character.bytes)
                                                              : kStandInCharacters[character.bytes];
      std::copy(stand_in.begin(), stand_in.end(), raw.begin());
    }
    raw = raw.subspan(character.written);
    text.remove_prefix(character.bytes);
    wanted.remove_prefix(character.bytes);
  }
}

std::string Hidden(std::string_view text) {
  std::string hidden;
  while (!text.empty()) {
    const std::size_t size = std::max<std::size_t>(CharacterSize(text), 1);
    const std::string_view character = text.substr(0, size);
    hidden += MustStay(character) ? character : kStandInCharacters[size];
    text.remove_prefix(size);
  }
  return hidden;
}

// What is between the quotes of a JSON text.
void HideText(std::span<char> raw) {
  std::string text;
  if (!DecodeJsonString({raw.data(), raw.size()}, &text)) {
    return;
  }
  JsonKind kind = JsonKind::kNull;
  const bool is_message = text.find('{') != std::string::npos && IsJson(text, &kind) &&
                          (kind == JsonKind::kObject || kind == JsonKind::kArray);
  std::string wanted = is_message ? text : Hidden(text);
  if (is_message) {
    RedactPayload(wanted, PayloadKind::kMessage);
  }
  Rewrite(raw, text, wanted);
}

// Walks a valid JSON text.
class Redaction {
 public:
  Redaction(std::span<char> text, PayloadKind kind) : text_(text), kind_(kind) {}

  void Run() {
    for (std::size_t at = 0; at < text_.size(); ++at) {
      switch (text_[at]) {
        case '{':
        case '[':
          Open(text_[at] == '{');
          break;
        case '}':
        case ']':
          open_.pop_back();
          break;
        case ',':
          awaits_name_ = !open_.empty() && open_.back().is_object;
          break;
        case '"':
          at = TakeText(at);
          break;
        default:
          break;
      }
    }
  }

 private:
  struct Container {
    bool is_object = false;
    bool keeps_all = false;         // of filters, whatever is inside
    bool keeps_value = false;       // the member at hand, or every element
    bool is_filters_value = false;  // the member at hand is filters
  };

  void Open(bool is_object) {
    Container inner{is_object, false, false, false};
    if (!open_.empty()) {
      const Container& outer = open_.back();
      inner.keeps_all = outer.keeps_all || outer.is_filters_value;
      inner.keeps_value = inner.keeps_all || (!is_object && outer.keeps_value);
    }
    open_.push_back(inner);
    awaits_name_ = is_object;
  }

  // Returns where it ends.
  std::size_t TakeText(std::size_t begin) {
    std::size_t end = begin + 1;
    while (text_[end] != '"') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    const std::span<char> inside = text_.subspan(begin + 1, end - begin - 1);
    if (awaits_name_) {
      awaits_name_ = false;
      NoteName({inside.data(), inside.size()});
    } else if (open_.empty() || !open_.back().keeps_value) {
      HideText(inside);
    }
    return end;
  }

  void NoteName(std::string_view raw) {
    std::string name;
    DecodeJsonString(raw, &name);
    Container& object = open_.back();
    object.keeps_value = object.keeps_all || IsKept(name, kind_);
    object.is_filters_value = kind_ != PayloadKind::kState && LookUpField(name) == Field::kFilters;
  }

  std::span<char> text_;
  PayloadKind kind_;
  std::vector<Container> open_;
  bool awaits_name_ = false;
};

// What is wrong with the text stays wrong: its punctuation, and that it is no UTF-8.
void HideMalformed(std::span<char> text) {
  for (char& letter : text) {
    const bool is_alphanumeric = (letter >= '0' && letter <= '9') ||
                                 (letter >= 'A' && letter <= 'Z') ||
                                 (letter >= 'a' && letter <= 'z');
    if (is_alphanumeric) {
      letter = 'x';
    } else if (static_cast<unsigned char>(letter) >= 0x80) {
      letter = '\xff';
    }
  }
}

}  // namespace

void RedactPayload(std::span<char> text, PayloadKind kind) {
  JsonKind root = JsonKind::kNull;
  if (IsJson({text.data(), text.size()}, &root)) {
    Redaction(text, kind).Run();
  } else {
    HideMalformed(text);
  }
}

}  // namespace civic
