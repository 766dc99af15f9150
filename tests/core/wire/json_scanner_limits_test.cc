// Very large, very deep, cut off, at every alignment, and without touching memory it should not.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "civic/wire/json_scanner.h"
#include "wire/scanner_check.h"

namespace civic {
namespace {

using scanner_oracle::Disagreement;

constexpr std::string_view kMessage =
    R"({"type":"bill_update","topic":"bill:7","bill_id":7,"update":{"type":"new_comment","data":)"
    R"({"text":"L\u2019accord \"sur\" le réunion 参加 😀\\","tags":["a",-1.5e3,true,null]}},)"
    R"( "timestamp" : 1760000000000, "seq":18})";

std::string Repeat(std::string_view piece, std::size_t times) {
  std::string repeated;
  for (std::size_t i = 0; i < times; ++i) repeated += piece;
  return repeated;
}

// Both implementations must agree; the result is that of Scan.
ScanResult ScanTwice(std::string_view text) {
  JsonScanner scanner;
  JsonScanner twin;
  const ScanResult result = scanner.Scan(text);
  const ScanResult twin_result = twin.ScanScalar(text);
  EXPECT_EQ(result, twin_result);
  const auto entries = scanner.entries();
  const auto twin_entries = twin.entries();
  EXPECT_TRUE(std::equal(entries.begin(), entries.end(), twin_entries.begin(), twin_entries.end()));
  return result;
}

TEST(JsonLimits, EveryPrefixOfAMessageEndsTooSoon) {
  for (std::size_t size = 1; size < kMessage.size(); ++size) {
    const std::string_view prefix = kMessage.substr(0, size);
    const ScanResult result = ScanTwice(prefix);
    EXPECT_TRUE(result.error == ScanError::kUnexpectedEnd ||
                result.error == ScanError::kUnterminatedString)
        << prefix;
    EXPECT_EQ(result.offset, size);
    EXPECT_EQ(Disagreement(prefix), "") << prefix;
  }
}

TEST(JsonLimits, EveryAlignmentIsTheSame) {
  alignas(64) char buffer[512];
  for (std::size_t shift = 0; shift < 64; ++shift) {
    std::memset(buffer, '"', sizeof(buffer));
    std::memcpy(buffer + shift, kMessage.data(), kMessage.size());
    EXPECT_EQ(Disagreement({buffer + shift, kMessage.size()}), "");
    EXPECT_TRUE(ScanTwice({buffer + shift, kMessage.size()}).ok());
  }
}

TEST(JsonLimits, EveryPositionOfAStopInABlockIsFound) {
  for (const std::string_view stop : {"\"", "\\n\"", "é\"", "\\u00e9\"", "\x01", "\xff", "\\x"}) {
    for (std::size_t before = 0; before < 40; ++before) {
      for (std::size_t after = 0; after < 40; ++after) {
        const std::string text =
            "[\"" + std::string(before, 'x') + std::string(stop) + std::string(after, ' ') + "]";
        EXPECT_EQ(Disagreement(text), "") << text;
      }
    }
  }
}

TEST(JsonLimits, NothingBesideTheTextIsRead) {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  auto* pages =
      static_cast<char*>(mmap(nullptr, 3 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(pages, MAP_FAILED);
  ASSERT_EQ(mprotect(pages + page, page, PROT_READ | PROT_WRITE), 0);
  for (std::size_t size = 0; size <= kMessage.size(); ++size) {
    const std::string_view prefix = kMessage.substr(0, size);
    char* at_end = pages + 2 * page - size;
    char* at_begin = pages + page;
    std::memcpy(at_end, prefix.data(), size);
    EXPECT_EQ(ScanTwice({at_end, size}).ok(), size == kMessage.size());
    std::memcpy(at_begin, prefix.data(), size);
    EXPECT_EQ(ScanTwice({at_begin, size}).ok(), size == kMessage.size());
  }
  munmap(pages, 3 * page);
}

TEST(JsonLimits, TenMegabyteValues) {
  constexpr std::size_t kSize = 10'000'000;
  const auto expect_valid = [](const std::string& value) {
    EXPECT_TRUE(ScanTwice(value).ok());
    const std::string text = R"({"type":"t","data":{"big":)" + value + "}}";
    EXPECT_TRUE(ScanTwice(text).ok());
    JsonScanner scanner;
    ASSERT_TRUE(scanner.Scan(text).ok());
    ASSERT_EQ(scanner.entries().size(), 4U);
    EXPECT_EQ(RawValue(text, scanner.entries()[3]), value);
  };
  expect_valid('"' + std::string(kSize, 'x') + '"');
  expect_valid('"' + Repeat("参加", kSize / 6) + '"');
  expect_valid('"' + Repeat("\\n", kSize / 2) + '"');
  expect_valid(std::string(kSize, '7'));
  expect_valid('[' + Repeat("1,", kSize / 2) + "1]");
  expect_valid('[' + Repeat(R"({"type":"x"},)", kSize / 13) + "{}]");
  expect_valid('[' + std::string(kSize, ' ') + ']');
}

TEST(JsonLimits, NestedTenThousandDeep) {
  for (const std::size_t depth : {63U, 64U, 65U, 128U, 10'000U}) {
    EXPECT_TRUE(ScanTwice(Repeat("[", depth) + Repeat("]", depth)).ok());
    EXPECT_TRUE(ScanTwice(Repeat(R"({"a":)", depth) + "1" + Repeat("}", depth)).ok());
    EXPECT_TRUE(ScanTwice(Repeat(R"([{"data":)", depth) + "[]" + Repeat("}]", depth)).ok());
    EXPECT_TRUE(ScanTwice(Repeat(R"({"messages":[)", depth) + Repeat("]}", depth)).ok());
    EXPECT_TRUE(
        ScanTwice(R"({"update":{"data":{"x":)" + Repeat("[", depth) + Repeat("]", depth) + "}}}")
            .ok());
  }
}

TEST(JsonLimits, EveryBracketIsClosedByItsOwnKindHoweverDeep) {
  for (std::size_t depth = 1; depth < 200; ++depth) {
    const ScanResult result = ScanTwice(Repeat("[", depth) + Repeat("]", depth - 1) + "}");
    EXPECT_EQ(result.error, ScanError::kUnexpectedCharacter);
    EXPECT_EQ(result.offset, 2 * depth - 1);
  }
}

TEST(JsonLimits, NestedDeeperThanTheLimitIsRefused) {
  EXPECT_TRUE(ScanTwice(Repeat("[", kMaxJsonDepth) + Repeat("]", kMaxJsonDepth)).ok());
  const ScanResult array = ScanTwice(Repeat("[", kMaxJsonDepth + 1));
  EXPECT_EQ(array.error, ScanError::kTooDeep);
  EXPECT_EQ(array.offset, kMaxJsonDepth);

  const std::string message = R"({"data":{"x":)";  // Indexed containers count as well.
  EXPECT_TRUE(
      ScanTwice(message + Repeat("[", kMaxJsonDepth - 2) + Repeat("]", kMaxJsonDepth - 2) + "}}")
          .ok());
  EXPECT_EQ(ScanTwice(message + Repeat("[", kMaxJsonDepth - 1)).error, ScanError::kTooDeep);
  EXPECT_EQ(ScanTwice(Repeat("[", 10'000'000)).error, ScanError::kTooDeep);
}

TEST(JsonLimits, LargerThanOffsetsReachIsRefusedUnread) {
  JsonScanner scanner;
  const std::string_view text(kMessage.data(), kMaxJsonBytes + 1);  // Never looked at.
  EXPECT_EQ(scanner.Scan(text).error, ScanError::kTooLarge);
  EXPECT_TRUE(scanner.entries().empty());
}

TEST(JsonLimits, ManyMembersAreAllIndexed) {
  std::string text = R"({"updates":[)";
  for (int i = 0; i < 5'000; ++i)
    text += R"({"bill_id":)" + std::to_string(i) + R"(,"data":{"a":1}},)";
  text += "{}]}";
  ASSERT_TRUE(ScanTwice(text).ok());
  JsonScanner scanner;
  ASSERT_TRUE(scanner.Scan(text).ok());
  EXPECT_EQ(scanner.entries().size(), 2U + 5'000U * 4U + 1U);

  scanner.ReleaseExcess();
  EXPECT_TRUE(scanner.entries().empty());
  ASSERT_TRUE(scanner.Scan(text).ok());
  EXPECT_EQ(scanner.entries().size(), 2U + 5'000U * 4U + 1U);
}

TEST(JsonLimits, ContentOfDataCostsNoEntries) {
  JsonScanner scanner;
  const std::string text =
      R"({"data":{"x":[)" + Repeat(R"({"type":1,"data":{"y":2}},)", 1'000) + "0]}}";
  ASSERT_TRUE(scanner.Scan(text).ok());
  EXPECT_EQ(scanner.entries().size(), 3U);
}

}  // namespace
}  // namespace civic
