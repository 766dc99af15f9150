// The scanner against nlohmann's parser, and its two implementations against each other.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "civic/wire/json_scanner.h"
#include "support/allocation_counter.h"
#include "wire/scanner_check.h"
#include "wire/scanner_generator.h"

namespace civic {
namespace {

using scanner_oracle::Disagreement;
using scanner_oracle::Generator;
using scanner_oracle::Normalized;

TEST(JsonOracle, AgreesOnRandomDocuments) {
  Generator generator(1);
  for (int i = 0; i < 4'000; ++i) {
    const std::string text = generator.Text();
    JsonScanner scanner;
    ASSERT_TRUE(scanner.Scan(text).ok()) << text;
    ASSERT_EQ(Disagreement(text), "") << text;
  }
}

TEST(JsonOracle, AgreesOnDamagedDocuments) {
  Generator generator(2);
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = generator.Damaged(generator.Text());
    JsonScanner scanner;
    refused += scanner.Scan(text).ok() ? 0 : 1;
    ASSERT_EQ(Disagreement(text), "") << text;
  }
  EXPECT_GT(refused, 5'000) << "the damage is too gentle";
}

TEST(JsonOracle, EveryPrefixOfARandomObjectEndsTooSoon) {
  Generator generator(3);
  for (int i = 0; i < 300; ++i) {
    const std::string text = generator.Text();
    if (text.find_first_not_of(" \t\r\n") != text.find('{')) continue;
    JsonScanner scanner;
    for (std::size_t size = 0; size < text.rfind('}'); ++size) {
      const ScanResult result = scanner.Scan(std::string_view(text).substr(0, size));
      ASSERT_FALSE(result.ok()) << text.substr(0, size);
      ASSERT_EQ(result.offset, size) << text;
    }
  }
}

TEST(JsonOracle, AllocatesNothingOnceWarm) {
  JsonScanner scanner;
  const auto scan_all = [&scanner] {
    Generator generator(4);
    std::size_t allocations = 0;
    for (int i = 0; i < 500; ++i) {
      const std::string text = i % 3 == 0 ? generator.Damaged(generator.Text()) : generator.Text();
      const std::size_t before = AllocationCount();
      scanner.Scan(text);
      scanner.ScanScalar(text);
      allocations += AllocationCount() - before;
    }
    return allocations;
  };
  EXPECT_GT(scan_all(), 0U);
  EXPECT_EQ(scan_all(), 0U);
}

// What nlohmann refuses and JSON.parse accepts, made alike without moving a byte.
TEST(JsonOracle, KnowsWhereNlohmannDiffersFromJavaScript) {
  EXPECT_EQ(Normalized(R"(["\ud800","\ud83d\ude00","\udc00\ud800","\\ud800"])"),
            R"(["\ufffd","\ud83d\ude00","\ufffd\ufffd","\\ud800"])");
  EXPECT_EQ(Normalized(R"([1e999,-1E+99,"1e999"])"), R"([1e000,-1E+00,"1e999"])");
}

}  // namespace
}  // namespace civic
