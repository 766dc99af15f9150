#include "civic/wire/scan_error.h"

#include <string_view>

namespace civic {

std::string_view ScanErrorSentence(ScanError error) {
  switch (error) {
    case ScanError::kNone:
      return "The text is valid JSON.";
    case ScanError::kEmpty:
      return "The text holds nothing but whitespace.";
    case ScanError::kTooLarge:
      return "The text is too large.";
    case ScanError::kUnexpectedEnd:
      return "The text ends in the middle of a value.";
    case ScanError::kUnexpectedCharacter:
      return "A character is not allowed where it stands.";
    case ScanError::kTrailingCharacters:
      return "Something other than whitespace follows the value.";
    case ScanError::kUnterminatedString:
      return "The text ends inside a string.";
    case ScanError::kControlCharacterInString:
      return "A string holds a control character that is not escaped.";
    case ScanError::kInvalidEscape:
      return "A backslash is followed by something that is not an escape.";
    case ScanError::kInvalidUtf8:
      return "A string is not valid UTF-8.";
    case ScanError::kInvalidNumber:
      return "A number is not written as JSON wants it.";
    case ScanError::kTooDeep:
      return "Containers are nested too deep.";
  }
  return "The error is not known.";
}

}  // namespace civic
