#include "token_authority.h"

namespace civic::simulation {

std::string TokenAuthority::Issue(int client, TimeMs now) {
  // Characters that a URL must escape.
  std::string token =
      std::string(kMark) + std::to_string(random_.Next()) + "+/=&" + std::to_string(issued_.size());
  issued_[token] = {client, lifetime_ms_ > 0 ? now + lifetime_ms_ : kNever};
  return token;
}

TimeMs TokenAuthority::GoodUntil(std::string_view token, int client, TimeMs now) const {
  const auto found = issued_.find(token);
  const bool is_good =
      found != issued_.end() && found->second.client == client && found->second.good_until > now;
  return is_good ? found->second.good_until : -kNever;
}

void TokenAuthority::StopExpiring(TimeMs now) {
  lifetime_ms_ = 0;
  for (auto& [token, issued] : issued_) {
    if (issued.good_until > now) {
      issued.good_until = kNever;
    }
  }
}

void TokenAuthority::Revoke(int client) {
  for (auto& [token, issued] : issued_) {
    if (issued.client == client) {
      issued.good_until = -kNever;
    }
  }
}

}  // namespace civic::simulation
