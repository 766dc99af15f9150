// What the session needs to know about, and add to, the URL of a WebSocket.
#pragma once

#include <string>
#include <string_view>

namespace civic {

// True if the URL names this machine: localhost, *.localhost, 127.0.0.0/8, [::1]. Reachable without
// a network.
bool IsLoopbackUrl(std::string_view url);

// `url` with `token=…` in its query, percent-encoded (RFC 3986, everything but unreserved
// characters), and without its fragment. An empty token adds nothing.
std::string UrlWithToken(std::string_view url, std::string_view token);

}  // namespace civic
