#include "civic/wire/json_writer.h"

#include <cmath>
#include <cstddef>

#include "civic/wire/exact_integer.h"
#include "civic/wire/utf8.h"

namespace civic {

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
