// A number that two equal sequences share and two different ones most likely do not.
#pragma once

#include <cstdint>
#include <string_view>

namespace civic {

// FNV-1a, 64 bits.
class Fingerprint {
 public:
  Fingerprint() = default;
  // Goes on from a value.
  explicit Fingerprint(std::uint64_t value) : value_(value) {}

  void Add(std::uint64_t number) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
      Mix(static_cast<unsigned char>(number >> shift));
    }
  }
  void Add(std::string_view text) {
    for (const char byte : text) {
      Mix(static_cast<unsigned char>(byte));
    }
    Add(text.size());
  }
  std::uint64_t value() const { return value_; }

 private:
  void Mix(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001b3ULL; }

  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

}  // namespace civic
