#include "civic/session/socket_url.h"

#include <cstddef>

namespace civic {
namespace {

bool IsUnreserved(unsigned char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// "Example.org" of "ws://user@Example.org:80/path", in lower case; "[::1]" keeps its brackets.
std::string HostOf(std::string_view url) {
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return {};
  url.remove_prefix(scheme_end + 3);
  std::string_view host = url.substr(0, url.find_first_of("/?#"));
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) {
    host.remove_prefix(at + 1);
  }
  if (!host.empty() && host.front() == '[') {
    host = host.substr(0, host.find(']') + 1);
  } else {
    host = host.substr(0, host.find(':'));
  }
  std::string lower(host);
  for (char& c : lower) c = ToLower(c);
  return lower;
}

bool IsDotted127(std::string_view host) {
  return host.substr(0, 4) == "127." &&
         host.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

bool IsLoopbackUrl(std::string_view url) {
  constexpr std::string_view kSuffix = ".localhost";
  const std::string host = HostOf(url);
  return host == "localhost" || host == "[::1]" || IsDotted127(host) ||
         (host.size() > kSuffix.size() &&
          host.compare(host.size() - kSuffix.size(), kSuffix.size(), kSuffix) == 0);
}

std::string UrlWithToken(std::string_view url, std::string_view token) {
  constexpr char kHexDigits[] = "0123456789ABCDEF";
  std::string result(url.substr(0, url.find('#')));
  if (token.empty()) return result;
  if (result.find('?') == std::string::npos) {
    result += '?';
  } else if (result.back() != '?' && result.back() != '&') {
    result += '&';
  }
  result += "token=";
  for (const char c : token) {
    const auto byte = static_cast<unsigned char>(c);
    if (IsUnreserved(byte)) {
      result += c;
    } else {
      result += '%';
      result += kHexDigits[byte >> 4U];
      result += kHexDigits[byte & 15U];
    }
  }
  return result;
}

}  // namespace civic
