// One number for everything that was seen: two runs are the same when their digests are.
#pragma once

#include <cstdint>
#include <string_view>

namespace civic::simulation {

// FNV-1a, 64 bits.
class Digest {
 public:
  void Add(std::string_view bytes) {
    for (const char byte : bytes) {
      Mix(static_cast<unsigned char>(byte));
    }
    Mix(bytes.size());
  }
  void Add(std::uint64_t number) { Mix(number); }
  std::uint64_t value() const { return value_; }

 private:
  void Mix(std::uint64_t number) { value_ = (value_ ^ number) * 0x100000001b3ULL; }

  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

}  // namespace civic::simulation
