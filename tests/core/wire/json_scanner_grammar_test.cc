// Which texts are JSON, and where the others go wrong.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <set>
#include <string>
#include <string_view>

#include "civic/wire/json_scanner.h"
#include "wire/scanner_check.h"

namespace civic {

void PrintTo(ScanResult result, std::ostream* out) {
  *out << ScanErrorSentence(result.error) << " (offset " << result.offset << ")";
}

namespace {

using namespace std::string_view_literals;
using scanner_oracle::Disagreement;

void ExpectValid(std::string_view text) {
  JsonScanner scanner;
  EXPECT_TRUE(scanner.Scan(text).ok()) << text;
  EXPECT_EQ(Disagreement(text), "") << text;
}

void ExpectInvalid(std::string_view text, ScanError error, std::uint32_t offset) {
  JsonScanner scanner;
  EXPECT_EQ(scanner.Scan(text), (ScanResult{error, offset})) << text;
  EXPECT_EQ(Disagreement(text), "") << text;
}

TEST(JsonGrammar, EveryKindOfValueMayBeTheRoot) {
  JsonScanner scanner;
  const auto kind = [&scanner](std::string_view text) {
    EXPECT_TRUE(scanner.Scan(text).ok()) << text;
    return scanner.entries()[0].kind;
  };
  EXPECT_EQ(kind("null"), JsonKind::kNull);
  EXPECT_EQ(kind("false"), JsonKind::kFalse);
  EXPECT_EQ(kind("true"), JsonKind::kTrue);
  EXPECT_EQ(kind("0"), JsonKind::kNumber);
  EXPECT_EQ(kind(R"("")"), JsonKind::kString);
  EXPECT_EQ(kind("{}"), JsonKind::kObject);
  EXPECT_EQ(kind("[]"), JsonKind::kArray);
}

TEST(JsonGrammar, WhitespaceIsSpaceTabNewlineAndCarriageReturn) {
  ExpectValid(
      " \t\r\n{ \t\r\n\"a\" \t\r\n: \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n} \t\r\n");
  ExpectValid("{ }");
  ExpectValid("[ ]");
  ExpectValid(std::string(100, ' ') + "1" + std::string(100, '\n'));
  ExpectInvalid("\f1", ScanError::kUnexpectedCharacter, 0);
  ExpectInvalid("1\v", ScanError::kTrailingCharacters, 1);
  ExpectInvalid(
      "[1,\xc2\xa0"
      "2]",
      ScanError::kUnexpectedCharacter, 3);                              // No-break space.
  ExpectInvalid("\xe2\x80\xa8[]", ScanError::kUnexpectedCharacter, 0);  // Line separator.
}

TEST(JsonGrammar, TextIsNotEmpty) {
  ExpectInvalid("", ScanError::kEmpty, 0);
  ExpectInvalid({}, ScanError::kEmpty, 0);
  ExpectInvalid("  \n", ScanError::kEmpty, 3);
}

TEST(JsonGrammar, ByteOrderMarkIsRefused) {
  ExpectInvalid("\xef\xbb\xbf{}", ScanError::kUnexpectedCharacter, 0);
}

TEST(JsonGrammar, NulIsAlwaysAnError) {
  ExpectInvalid("\0"sv, ScanError::kUnexpectedCharacter, 0);
  ExpectInvalid("{}\0"sv, ScanError::kTrailingCharacters, 2);
  ExpectInvalid("[1\0]"sv, ScanError::kUnexpectedCharacter, 2);
  ExpectInvalid("\"a\0\""sv, ScanError::kControlCharacterInString, 2);
  ExpectInvalid("-\0"sv, ScanError::kInvalidNumber, 1);
}

TEST(JsonGrammar, OneValueIsAll) {
  ExpectInvalid("{}{}", ScanError::kTrailingCharacters, 2);
  ExpectInvalid("1 2", ScanError::kTrailingCharacters, 2);
  ExpectInvalid("[],", ScanError::kTrailingCharacters, 2);
  ExpectInvalid("{}]", ScanError::kTrailingCharacters, 2);
  ExpectInvalid("nulll", ScanError::kTrailingCharacters, 4);
  ExpectInvalid(R"("a""b")", ScanError::kTrailingCharacters, 3);
}

TEST(JsonGrammar, Literals) {
  ExpectInvalid("nul", ScanError::kUnexpectedEnd, 3);
  ExpectInvalid("nuLl", ScanError::kUnexpectedCharacter, 2);
  ExpectInvalid("True", ScanError::kUnexpectedCharacter, 0);
  ExpectInvalid("[tru]", ScanError::kUnexpectedCharacter, 4);
  ExpectInvalid("[fals,1]", ScanError::kUnexpectedCharacter, 5);
  ExpectInvalid("NaN", ScanError::kUnexpectedCharacter, 0);
  ExpectInvalid("Infinity", ScanError::kUnexpectedCharacter, 0);
  ExpectInvalid("undefined", ScanError::kUnexpectedCharacter, 0);
}

TEST(JsonGrammar, Numbers) {
  for (const std::string_view number :
       {"0", "-0", "7", "-7", "10", "1234567890123456789012345678901234567890", "0.5", "-0.0",
        "1.25", "1e5", "1E5", "1e+5", "1e-5", "1.5e00", "0e0", "1e999", "-1e999", "1e-999"}) {
    ExpectValid(number);
    ExpectValid("[" + std::string(number) + "]");
    ExpectValid(R"({"data":{"n":)" + std::string(number) + "}}");
  }
}

TEST(JsonGrammar, MalformedNumbers) {
  ExpectInvalid("-", ScanError::kUnexpectedEnd, 1);
  ExpectInvalid("[-]", ScanError::kInvalidNumber, 2);
  ExpectInvalid("--1", ScanError::kInvalidNumber, 1);
  ExpectInvalid("+1", ScanError::kUnexpectedCharacter, 0);
  ExpectInvalid(".5", ScanError::kUnexpectedCharacter, 0);
  ExpectInvalid("01", ScanError::kInvalidNumber, 1);
  ExpectInvalid("-01", ScanError::kInvalidNumber, 2);
  ExpectInvalid("00", ScanError::kInvalidNumber, 1);
  ExpectInvalid("1.", ScanError::kUnexpectedEnd, 2);
  ExpectInvalid("[1.]", ScanError::kInvalidNumber, 3);
  ExpectInvalid("1.e5", ScanError::kInvalidNumber, 2);
  ExpectInvalid("1e", ScanError::kUnexpectedEnd, 2);
  ExpectInvalid("[1e]", ScanError::kInvalidNumber, 3);
  ExpectInvalid("[1e+]", ScanError::kInvalidNumber, 4);
  ExpectInvalid("1e5.5", ScanError::kTrailingCharacters, 3);
  ExpectInvalid("0x10", ScanError::kTrailingCharacters, 1);
  ExpectInvalid("1_000", ScanError::kTrailingCharacters, 1);
  ExpectInvalid("-Infinity", ScanError::kInvalidNumber, 1);
}

TEST(JsonGrammar, Containers) {
  ExpectValid(R"({"a":1,"b":{"c":[]},"":[{},[[]],null]})");
  ExpectInvalid("[", ScanError::kUnexpectedEnd, 1);
  ExpectInvalid("]", ScanError::kUnexpectedCharacter, 0);
  ExpectInvalid("[1", ScanError::kUnexpectedEnd, 2);
  ExpectInvalid("[1,", ScanError::kUnexpectedEnd, 3);
  ExpectInvalid("[,1]", ScanError::kUnexpectedCharacter, 1);
  ExpectInvalid("[1,]", ScanError::kUnexpectedCharacter, 3);
  ExpectInvalid("[1 2]", ScanError::kUnexpectedCharacter, 3);
  ExpectInvalid("[1}", ScanError::kUnexpectedCharacter, 2);
  ExpectInvalid("[1:2]", ScanError::kUnexpectedCharacter, 2);
  ExpectInvalid("{", ScanError::kUnexpectedEnd, 1);
  ExpectInvalid("{,}", ScanError::kUnexpectedCharacter, 1);
  ExpectInvalid("{1:2}", ScanError::kUnexpectedCharacter, 1);
  ExpectInvalid("{a:1}", ScanError::kUnexpectedCharacter, 1);
  ExpectInvalid("{'a':1}", ScanError::kUnexpectedCharacter, 1);
  ExpectInvalid(R"({"a"})", ScanError::kUnexpectedCharacter, 4);
  ExpectInvalid(R"({"a" 1})", ScanError::kUnexpectedCharacter, 5);
  ExpectInvalid(R"({"a"::1})", ScanError::kUnexpectedCharacter, 5);
  ExpectInvalid(R"({"a":})", ScanError::kUnexpectedCharacter, 5);
  ExpectInvalid(R"({"a":1,})", ScanError::kUnexpectedCharacter, 7);
  ExpectInvalid(R"({"a":1]})", ScanError::kUnexpectedCharacter, 6);
  ExpectInvalid(R"({"a":1 "b":2})", ScanError::kUnexpectedCharacter, 7);
  ExpectInvalid(R"({"data":{"a":1]})", ScanError::kUnexpectedCharacter, 14);
  ExpectInvalid(R"({"x":{"a":[1}})", ScanError::kUnexpectedCharacter, 12);
  ExpectInvalid(R"({"x":{"a":1,}})", ScanError::kUnexpectedCharacter, 12);
  ExpectInvalid("[1,/* two */2]", ScanError::kUnexpectedCharacter, 3);
}

TEST(JsonGrammar, Strings) {
  ExpectValid(R"("\"\\\/\b\f\n\r\t\u0041\uaBcD")");
  ExpectValid("\"\x7f\"");
  ExpectValid(R"("\ud83d\ude00")");
  ExpectInvalid("\"", ScanError::kUnterminatedString, 1);
  ExpectInvalid("\"abc", ScanError::kUnterminatedString, 4);
  ExpectInvalid(R"("abc\)", ScanError::kUnterminatedString, 5);
  ExpectInvalid(R"("abc\")", ScanError::kUnterminatedString, 6);
  ExpectInvalid(R"("\u12)", ScanError::kUnterminatedString, 5);
  ExpectInvalid("'a'", ScanError::kUnexpectedCharacter, 0);
}

TEST(JsonGrammar, SurrogateEscapesNeedNoPartner) {
  ExpectValid(R"("\ud800")");
  ExpectValid(R"("\udc00\ud800")");
  ExpectValid(R"({"\udead":"\ud83d"})");
}

TEST(JsonGrammar, EveryControlCharacterMustBeEscaped) {
  for (char control = 0; control < 0x20; ++control) {
    for (const std::size_t padding : {0U, 3U, 15U, 16U, 40U}) {
      const std::string text = '"' + std::string(padding, 'x') + control + std::string(20, 'x');
      ExpectInvalid(text, ScanError::kControlCharacterInString,
                    static_cast<std::uint32_t>(1 + padding));
    }
  }
}

TEST(JsonGrammar, EveryOtherEscapeIsRefused) {
  for (int letter = 1; letter < 128; ++letter) {
    if (R"("\/bfnrtu)"sv.find(static_cast<char>(letter)) != std::string_view::npos) continue;
    ExpectInvalid(std::string(R"("\)") + static_cast<char>(letter) + '"', ScanError::kInvalidEscape,
                  2);
  }
  ExpectInvalid(R"("\u")", ScanError::kInvalidEscape, 3);
  ExpectInvalid(R"("\u12G4")", ScanError::kInvalidEscape, 5);
  ExpectInvalid(R"("\u123")", ScanError::kInvalidEscape, 6);
  ExpectInvalid(R"("\u-123")", ScanError::kInvalidEscape, 3);
  ExpectInvalid("\"\\\xc3\xa9\"", ScanError::kInvalidEscape, 2);
}

TEST(JsonGrammar, StringsAreWellFormedUtf8) {
  for (const std::string_view character :
       {"\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf",
        "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "é", "参加", "😀", "\xef\xbb\xbf"}) {
    ExpectValid('"' + std::string(character) + '"');
    ExpectValid("{\"" + std::string(character) + "\":1}");
    for (std::size_t padding = 1; padding < 20; ++padding) {
      ExpectValid('"' + std::string(padding, 'x') + std::string(character) + "\"");
    }
  }
}

TEST(JsonGrammar, IllFormedUtf8) {
  const auto expect = [](std::string_view bytes, std::uint32_t offset) {
    for (const std::uint32_t padding : {0U, 5U, 14U, 30U}) {
      ExpectInvalid('"' + std::string(padding, 'x') + std::string(bytes) + '"',
                    ScanError::kInvalidUtf8, 1 + padding + offset);
    }
  };
  expect("\x80", 0);  // Continuation without a start.
  expect("\xbf", 0);
  expect("\xc0\x80", 0);  // Overlong.
  expect("\xc1\xbf", 0);
  expect("\xe0\x9f\xbf", 1);
  expect("\xf0\x8f\xbf\xbf", 1);
  expect("\xed\xa0\x80", 1);  // Surrogates.
  expect("\xed\xbf\xbf", 1);
  expect("\xf4\x90\x80\x80", 1);  // Above U+10FFFF.
  expect("\xf5\x80\x80\x80", 0);
  expect("\xff", 0);
  expect("\xc3", 1);  // Cut short.
  expect("\xe2\x82", 2);
  expect("\xf0\x9f\x98", 3);
  expect("\xe2\x28\xa1", 1);
  expect("\xf0\x9f\x28\x80", 2);
  expect("é\xff", 2);
}

TEST(JsonGrammar, EveryErrorHasItsSentence) {
  std::set<std::string_view> sentences;
  const int count = static_cast<int>(ScanError::kTooDeep) + 1;
  for (int i = 0; i < count; ++i) sentences.insert(ScanErrorSentence(static_cast<ScanError>(i)));
  EXPECT_EQ(sentences.size(), static_cast<std::size_t>(count));
}

}  // namespace
}  // namespace civic
