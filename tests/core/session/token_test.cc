#include "civic/session/token.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace civic {
namespace {

constexpr std::string_view kJwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";

TEST(BearerProtocol, IsBase64UrlWithoutPadding) {
  EXPECT_EQ(BearerProtocol("f"), "bearer.Zg");
  EXPECT_EQ(BearerProtocol("fo"), "bearer.Zm8");
  EXPECT_EQ(BearerProtocol("foo"), "bearer.Zm9v");
  EXPECT_EQ(BearerProtocol("foob"), "bearer.Zm9vYg");
  EXPECT_EQ(BearerProtocol("\xff\xef\xfe?"), "bearer._-_-Pw");
}

TEST(BearerProtocol, IsAValidProtocolNameWhateverTheTokenHolds) {
  std::string token;
  for (int c = 0; c < 256; ++c) token += static_cast<char>(c);
  EXPECT_EQ(BearerProtocol(token).find_first_not_of(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."),
            std::string::npos);
}

TEST(PublicReason, KeepsAReasonWithoutToken) {
  EXPECT_EQ(PublicReason("going away", kJwt), "going away");
  EXPECT_EQ(PublicReason("going away", ""), "going away");
  EXPECT_EQ(PublicReason("", kJwt), "");
}

TEST(RedactToken, HasNoLimitOfLength) {
  const std::string text(500, 'x');
  EXPECT_EQ(RedactToken(text + std::string(kJwt) + text, kJwt), text + "[token]" + text);
}

TEST(PublicReason, HidesTheToken) {
  EXPECT_EQ(PublicReason("bad " + std::string(kJwt) + ", sorry", kJwt), "bad [token], sorry");
  EXPECT_EQ(PublicReason("s3cr s3cr!", "s3cr"), "[token] [token]!");
}

TEST(PublicReason, HidesACutToken) {
  const std::string cut = "invalid token: " + std::string(kJwt.substr(0, 30));
  EXPECT_EQ(PublicReason(cut, kJwt), "invalid token: [token]");
}

TEST(PublicReason, IsAtMost123BytesOfWholeCharacters) {
  EXPECT_EQ(PublicReason(std::string(500, 'x'), "").size(), 123U);
  std::string accents;
  for (int i = 0; i < 100; ++i) accents += "\xc3\xa9";
  EXPECT_EQ(PublicReason(accents, "").size(), 122U);
  EXPECT_EQ(PublicReason(std::string(500, '\x80'), "").size(), 0U);
}

}  // namespace
}  // namespace civic
