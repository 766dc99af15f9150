// Who may connect: issues tokens and knows which of them are good.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "civic/engine/random.h"
#include "civic/engine/time.h"

namespace civic::simulation {

class TokenAuthority {
 public:
  // Every token begins with this, so that one that shows up where it must not is recognized.
  static constexpr std::string_view kMark = "secret~";
  // The beginning of every token in base64url.
  static constexpr std::string_view kMarkInBase64 = "c2VjcmV0f";

  // `lifetime_ms` 0: tokens are good for ever.
  TokenAuthority(DurationMs lifetime_ms, std::uint64_t seed)
      : lifetime_ms_(lifetime_ms), random_(seed) {}

  std::string Issue(int client, TimeMs now);
  // Until when the token is good; -kNever if it is not.
  TimeMs GoodUntil(std::string_view token, int client, TimeMs now) const;
  // What is good now stays good, and so does what will be issued.
  void StopExpiring(TimeMs now);
  // None of what the client was given is good any more.
  void Revoke(int client);

 private:
  struct Issued {
    int client;
    TimeMs good_until;
  };

  DurationMs lifetime_ms_;
  Random random_;
  std::map<std::string, Issued, std::less<>> issued_;
};

}  // namespace civic::simulation
