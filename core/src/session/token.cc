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

std::string PublicReason(std::string_view reason, std::string_view token) {
  constexpr std::size_t kShortestBeginning = 8;
  constexpr std::size_t kMaxBytes = 123;
  const std::string_view beginning = token.substr(0, kShortestBeginning);
  std::string result;
  while (!beginning.empty()) {
    const std::size_t found = reason.find(beginning);
    if (found == std::string_view::npos) break;
    result += reason.substr(0, found);
    result += "[token]";
    reason.remove_prefix(found);
    const std::size_t longest = std::min(reason.size(), token.size());
    std::size_t length = beginning.size();
    while (length < longest && reason[length] == token[length]) ++length;
    reason.remove_prefix(length);
  }
  result += reason;
  if (result.size() > kMaxBytes) {
    std::size_t size = kMaxBytes;
    while (size > 0 && (static_cast<unsigned char>(result[size]) & 0xC0U) == 0x80U) --size;
    result.resize(size);
  }
  return result;
}

}  // namespace civic
