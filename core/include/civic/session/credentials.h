// The token, where it came from, and whether a fresh one has to be asked for.
//
// Nothing else in the session keeps the token. One request is under way at most; requests are
// numbered, and only the answer to the last one counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "civic/session/token.h"

namespace civic {

class Credentials {
 public:
  // `on_demand`: somebody answers requests.
  explicit Credentials(bool on_demand) : on_demand_(on_demand) {}

  // Empty forgets the token.
  void Set(std::string token);

  bool HasToken() const { return !token_.empty(); }
  // "" if there is none.
  const std::string& token() const { return token_; }

  bool NeedsRequest() const { return on_demand_ && token_.empty(); }
  // The id of the new request, which replaces any earlier one.
  std::uint32_t Request();
  void CancelRequest() { request_ = 0; }
  // False if the id is not that of the request under way. The token is taken unless it is empty.
  bool Answer(std::uint32_t request_id, std::optional<std::string_view> token);

  // The token as it goes to the server, with the live socket.
  const std::string& Present();
  // `text` without the tokens the server may still speak of: this one, and those before it, of
  // kRememberedTokens the newest.
  std::string Redact(std::string_view text) const;
  bool HasPresented() const { return !presented_.empty(); }
  bool HasUnpresented() const { return !token_.empty() && token_ != presented_; }
  // The server took the handshake.
  void Opened() {
    if (token_ == presented_) fresh_ = false;
  }
  // A handshake failed. Browsers report one that was refused with 401 like any other, so a token
  // that is not fresh, or that failed several times, is dropped if another can be had: while a
  // server is away its tokens may expire.
  void HandshakeFailed();
  // The server said that the token is no good. False if that happened twice in a row. Otherwise the
  // token is dropped if another can be had, and gets its second chance if not.
  bool Refused();
  void Accepted() { refusals_ = 0; }

  // There is, or can be had, another token than the one presented.
  bool HasAnother() const { return NeedsRequest() || token_ != presented_; }

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  template <typename Archive>
  void Walk(Archive& archive) {
    archive.Token("token", token_).Token("presented", presented_);
    archive.Tokens("presentedBefore", presented_before_);
    archive("fresh", fresh_)("failedHandshakes", failed_handshakes_)("refusals", refusals_)(
        "request", request_);
    archive("lastRequest", last_request_);
  }

 private:
  // Of one token that never opened a socket.
  static constexpr int kMostFailedHandshakes = 3;
  static constexpr std::size_t kMostPresentedBefore = kRememberedTokens - 1;

  const bool on_demand_;
  std::string token_;
  std::string presented_;
  std::vector<std::string> presented_before_;  // the newest first
  bool fresh_ = false;                         // Has not opened a socket yet.
  int failed_handshakes_ = 0;                  // with this token
  int refusals_ = 0;
  std::uint32_t request_ = 0;
  std::uint32_t last_request_ = 0;
};

}  // namespace civic
