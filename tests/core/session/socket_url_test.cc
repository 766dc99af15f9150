#include "civic/session/socket_url.h"

#include <gtest/gtest.h>

namespace civic {
namespace {

TEST(SocketUrl, TokenGoesIntoTheQuery) {
  EXPECT_EQ(UrlWithToken("wss://h/ws", "abc"), "wss://h/ws?token=abc");
  EXPECT_EQ(UrlWithToken("wss://h", "abc"), "wss://h?token=abc");
}

TEST(SocketUrl, AnExistingQueryStays) {
  EXPECT_EQ(UrlWithToken("wss://h/ws?a=1&b=2", "t"), "wss://h/ws?a=1&b=2&token=t");
  EXPECT_EQ(UrlWithToken("wss://h/ws?", "t"), "wss://h/ws?token=t");
  EXPECT_EQ(UrlWithToken("wss://h/ws?a=1&", "t"), "wss://h/ws?a=1&token=t");
}

TEST(SocketUrl, AFragmentGoes) {
  EXPECT_EQ(UrlWithToken("wss://h/ws#part?x", "t"), "wss://h/ws?token=t");
  EXPECT_EQ(UrlWithToken("wss://h/ws?a=1#part", ""), "wss://h/ws?a=1");
}

TEST(SocketUrl, EverythingReservedIsPercentEncoded) {
  EXPECT_EQ(UrlWithToken("ws://h/", "a&b=c#d e/+%?\"\xc3\xa9"),
            "ws://h/?token=a%26b%3Dc%23d%20e%2F%2B%25%3F%22%C3%A9");
  EXPECT_EQ(UrlWithToken("ws://h/", "aZ09-._~"), "ws://h/?token=aZ09-._~");
}

TEST(SocketUrl, NoTokenAddsNothing) { EXPECT_EQ(UrlWithToken("ws://h/ws?x", ""), "ws://h/ws?x"); }

TEST(SocketUrl, KnowsLoopback) {
  for (const char* url :
       {"ws://localhost:3001/ws", "ws://LOCALHOST", "wss://user@localhost/ws", "ws://127.0.0.1:80/",
        "ws://127.8.9.1?x", "ws://[::1]:3001/ws", "ws://demo.localhost/"}) {
    EXPECT_TRUE(IsLoopbackUrl(url)) << url;
  }
  for (const char* url :
       {"ws://localhost.example/", "ws://example/localhost", "ws://127.0.0.1.example/",
        "ws://.localhost.org", "ws://10.0.0.1/", "ws://[::2]/", "ws://localhost@example/",
        "ws://example?@localhost", "localhost", "", "ws://", "ws://.localhost"}) {
    EXPECT_FALSE(IsLoopbackUrl(url)) << url;
  }
}

}  // namespace
}  // namespace civic
