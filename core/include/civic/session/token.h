// The two places where a token is turned into, or kept out of, text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace civic {

// So many tokens, the one in use among them, are kept out of what is shown: what a server says of
// one may have been under way for long. JavaScript's copy of the number is in js/src/engine/abi.ts.
inline constexpr std::size_t kRememberedTokens = 9;

// The subprotocol that carries a token: "bearer." and the token as base64url without padding (RFC
// 4648, section 5), which is a valid subprotocol name whatever the token holds. It is offered last,
// so that a server which picks the first never picks it.
std::string BearerProtocol(std::string_view token);

// `text` with every occurrence of the token, or of a beginning of it of at least eight bytes,
// replaced by "[token]". Peers cut what they quote, hence the beginnings.
std::string RedactToken(std::string_view text, std::string_view token);

// A close reason as it may be shown: redacted, and at most 123 bytes (RFC 6455, section 5.5)
// without cutting a UTF-8 character in two.
std::string PublicReason(std::string_view reason, std::string_view token);

}  // namespace civic
