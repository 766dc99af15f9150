// What an engine did, in two numbers: how much it was, and which.
#pragma once

#include <cstdint>

#include "civic/engine/action.h"
#include "civic/recording/fingerprint.h"

namespace civic {

class ActionTally {
 public:
  void Add(const Action& action) {
    ++count_;
    Fingerprint fingerprint(hash_);
    fingerprint.Add(static_cast<std::uint64_t>(action.kind));
    fingerprint.Add(action.socket);
    fingerprint.Add(static_cast<std::uint64_t>(action.code));
    // Not what it says: texts are redacted on their way into a file.
    fingerprint.Add(action.text.size());
    fingerprint.Add(action.url.size());
    hash_ = fingerprint.value();
  }

  std::uint64_t count() const { return count_; }
  std::uint64_t hash() const { return hash_; }

  template <typename Archive>
  void Walk(Archive& archive) {
    archive("actions", count_)("actionsHash", hash_);
  }

 private:
  std::uint64_t count_ = 0;
  std::uint64_t hash_ = 0;
};

}  // namespace civic
