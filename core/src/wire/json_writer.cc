#include "civic/wire/json_writer.h"

#include <cmath>
#include <cstddef>

#include "civic/wire/exact_integer.h"

namespace civic {
namespace {

// The size of the UTF-8 character that `text` starts with; 0 when there is none.
std::size_t CharacterSize(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const std::size_t size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0U) != 0x80) return 0;
  }
  // Neither longer than need be, nor a surrogate, nor beyond the last character.
  const unsigned char second = byte(1);
  if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f)) return 0;
  if ((first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f)) return 0;
  return size;
}

}  // namespace

void AppendJsonString(std::string_view text, std::string* out) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  constexpr std::string_view kReplacementCharacter = "\xef\xbf\xbd";
  *out += '"';
  while (!text.empty()) {
    const auto byte = static_cast<unsigned char>(text.front());
    const std::size_t size = CharacterSize(text);
    if (byte < 0x20) {
      *out += "\\u00";
      *out += kHexDigits[byte >> 4U];
      *out += kHexDigits[byte & 0xfU];
    } else if (size == 0) {
      *out += kReplacementCharacter;
    } else {
      if (byte == '"' || byte == '\\') *out += '\\';
      *out += text.substr(0, size);
    }
    text.remove_prefix(size == 0 ? 1 : size);
  }
  *out += '"';
}

void AppendId(std::string_view id, std::string* out) {
  if (ReadExactInteger(id)) {
    *out += id;
  } else {
    AppendJsonString(id, out);
  }
}

void JsonWriter::Begin(char bracket) {
  Separate();
  text_ += bracket;
}

void JsonWriter::Key(std::string_view key) {
  Text(key);
  text_ += ':';
}

void JsonWriter::Text(std::string_view text) {
  Separate();
  AppendJsonString(text, &text_);
}

void JsonWriter::Id(std::string_view id) {
  Separate();
  AppendId(id, &text_);
}

void JsonWriter::Integer(std::int64_t value) { Raw(std::to_string(value)); }

void JsonWriter::Time(double time_ms) { Integer(static_cast<std::int64_t>(std::floor(time_ms))); }

void JsonWriter::Raw(std::string_view json) {
  Separate();
  text_ += json;
}

// A comma is wanted behind the end of a value.
void JsonWriter::Separate() {
  constexpr std::string_view kBeforeValue = "{[:";
  if (!text_.empty() && kBeforeValue.find(text_.back()) == std::string_view::npos) text_ += ',';
}

}  // namespace civic
