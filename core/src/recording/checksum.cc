#include "civic/recording/checksum.h"

#include <cstdint>

namespace civic {

void AppendChecksum(std::string* file) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char byte : *file) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
  }
  for (unsigned shift = 0; shift < 64; shift += 8) {
    *file += static_cast<char>(hash >> shift);
  }
}

bool HasChecksum(std::string_view file) {
  if (file.size() < kChecksumBytes) {
    return false;
  }
  std::string expected(file.substr(0, file.size() - kChecksumBytes));
  AppendChecksum(&expected);
  return expected == file;
}

}  // namespace civic
