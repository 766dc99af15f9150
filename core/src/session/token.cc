#include "civic/session/token.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace civic {

std::string BearerProtocol(std::string_view token) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string result = "bearer.";
  std::uint32_t bits = 0;
  unsigned bit_count = 0;
  for (const char c : token) {
    bits = (bits << 8U) | static_cast<unsigned char>(c);
    bit_count += 8;
    while (bit_count >= 6) {
      bit_count -= 6;
      result += kDigits[(bits >> bit_count) & 63U];
    }
  }
  if (bit_count > 0) result += kDigits[(bits << (6 - bit_count)) & 63U];
  return result;
}

std::string RedactToken(std::string_view text, std::string_view token) {
  constexpr std::size_t kShortestBeginning = 8;
  const std::string_view beginning = token.substr(0, kShortestBeginning);
  std::string result;
  while (!beginning.empty()) {
    const std::size_t found = text.find(beginning);
    if (found == std::string_view::npos) break;
    result += text.substr(0, found);
    result += "[token]";
    text.remove_prefix(found);
    const std::size_t longest = std::min(text.size(), token.size());
    std::size_t length = beginning.size();
    while (length < longest && text[length] == token[length]) ++length;
    text.remove_prefix(length);
  }
  result += text;
  return result;
}

std::string PublicReason(std::string_view reason, std::string_view token) {
  constexpr std::size_t kMaxBytes = 123;
  std::string result = RedactToken(reason, token);
  if (result.size() <= kMaxBytes) return result;
  std::size_t size = kMaxBytes;
  while (size > 0 && (static_cast<unsigned char>(result[size]) & 0xC0U) == 0x80U) --size;
  result.resize(size);
  return result;
}

}  // namespace civic
