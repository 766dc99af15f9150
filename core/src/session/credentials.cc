#include "civic/session/credentials.h"

#include <utility>
#include <vector>

#include "civic/session/token.h"

namespace civic {

void Credentials::Set(std::string token) {
  token_ = std::move(token);
  fresh_ = true;
  failed_handshakes_ = 0;
  refusals_ = 0;
}

std::uint32_t Credentials::Request() {
  request_ = ++last_request_;
  return request_;
}

const std::string& Credentials::Present() {
  if (token_ != presented_) {
    std::erase(presented_before_, token_);
    presented_before_.insert(presented_before_.begin(), std::exchange(presented_, token_));
    if (presented_before_.size() > kMostPresentedBefore) presented_before_.pop_back();
  }
  return presented_;
}

std::string Credentials::Redact(std::string_view text) const {
  std::string redacted = RedactToken(text, presented_);
  for (const std::string& token : presented_before_) redacted = RedactToken(redacted, token);
  return redacted;
}

bool Credentials::Answer(std::uint32_t request_id, std::optional<std::string_view> token) {
  if (request_id == 0 || request_id != request_) return false;
  request_ = 0;
  if (token && !token->empty()) {
    token_ = *token;
    fresh_ = true;
    failed_handshakes_ = 0;
  }
  return true;
}

void Credentials::HandshakeFailed() {
  ++failed_handshakes_;
  if (on_demand_ && (!fresh_ || failed_handshakes_ >= kMostFailedHandshakes)) token_.clear();
}

bool Credentials::Refused() {
  if (++refusals_ >= 2) return false;
  if (on_demand_ && token_ == presented_) token_.clear();
  return true;
}

}  // namespace civic
