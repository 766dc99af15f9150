// JSON that the engine itself says, value by value. Cold path.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace civic {

// The text as a JSON string with its quotes; what is not UTF-8 becomes U+FFFD.
void AppendJsonString(std::string_view text, std::string* out);

// A canonical identifier: a number when JavaScript prints it so, otherwise a string.
void AppendId(std::string_view id, std::string* out);

// Sets the commas. The caller closes what it opened; in an object every value has a key.
class JsonWriter {
 public:
  void Begin(char bracket);
  void End(char bracket) { text_ += bracket; }

  void Key(std::string_view key);
  void Text(std::string_view text);
  void Id(std::string_view id);
  void Integer(std::int64_t value);
  // Whole milliseconds.
  void Time(double time_ms);
  void Boolean(bool value) { Raw(value ? "true" : "false"); }
  // JSON as it is.
  void Raw(std::string_view json);

  void Begin(std::string_view key, char bracket) { Key(key), Begin(bracket); }
  void Text(std::string_view key, std::string_view text) { Key(key), Text(text); }
  void Id(std::string_view key, std::string_view id) { Key(key), Id(id); }
  void Integer(std::string_view key, std::int64_t value) { Key(key), Integer(value); }
  void Time(std::string_view key, double time_ms) { Key(key), Time(time_ms); }
  void Boolean(std::string_view key, bool value) { Key(key), Boolean(value); }
  void Raw(std::string_view key, std::string_view json) { Key(key), Raw(json); }

  std::string Take() { return std::move(text_); }

 private:
  void Separate();

  std::string text_;
};

}  // namespace civic
