// Why a text is not valid JSON.
#pragma once

#include <cstdint>
#include <string_view>

namespace civic {

enum class ScanError : std::uint8_t {
  kNone = 0,                  // The text is valid JSON.
  kEmpty,                     // The text holds nothing but whitespace.
  kTooLarge,                  // The text is larger than the scanner's offsets reach.
  kUnexpectedEnd,             // The text ends in the middle of a value.
  kUnexpectedCharacter,       // A character is not allowed where it stands.
  kTrailingCharacters,        // Something other than whitespace follows the value.
  kUnterminatedString,        // The text ends inside a string.
  kControlCharacterInString,  // A string holds a control character that is not escaped.
  kInvalidEscape,             // A backslash is followed by something that is not an escape.
  kInvalidUtf8,               // A string is not valid UTF-8.
  kInvalidNumber,             // A number is not written as JSON wants it.
  kTooDeep,                   // Containers are nested too deep.
};

// The sentence a person reads.
std::string_view ScanErrorSentence(ScanError error);

}  // namespace civic
