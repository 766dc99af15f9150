#include "civic/wire/position.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "civic/wire/json_scanner.h"

namespace civic {
namespace {

// Such as "e 7 after 6"; "" for a position that is not one.
std::string Read(std::string_view text) {
  JsonScanner scanner;
  EXPECT_TRUE(scanner.Scan(text).ok()) << text;
  const MessageView message(text, scanner.entries(), 0);
  const std::optional<EventPosition> position = ReadEventPosition(message);
  if (!position) {
    return "";
  }
  return std::string(position->epoch) + " " + std::to_string(position->seq) + " after " +
         std::to_string(position->previous);
}

TEST(EventPosition, IsReadWithTheOneBeforeIt) {
  EXPECT_EQ(Read(R"({"seq":7,"epoch":"e"})"), "e 7 after 6");
  EXPECT_EQ(Read(R"({"seq":7,"epoch":"e","previous":2})"), "e 7 after 2");
  EXPECT_EQ(Read(R"({"seq":1,"epoch":"e"})"), "e 1 after 0");
  EXPECT_EQ(Read(R"({"seq":9007199254740992,"epoch":"e"})"),
            "e 9007199254740992 after 9007199254740991");
}

TEST(EventPosition, IsNothingWhenAMemberIsNotWhatItMustBe) {
  for (const std::string text :
       {R"({"epoch":"e"})", R"({"seq":7})", R"({"seq":0,"epoch":"e"})", R"({"seq":-1,"epoch":"e"})",
        R"({"seq":1.5,"epoch":"e"})", R"({"seq":1e3,"epoch":"e"})", R"({"seq":"7","epoch":"e"})",
        R"({"seq":9007199254740993,"epoch":"e"})", R"({"seq":99999999999999999999999,"epoch":"e"})",
        R"({"seq":7,"epoch":""})", R"({"seq":7,"epoch":5})",
        R"({"seq":7,"epoch":"e","previous":7})", R"({"seq":7,"epoch":"e","previous":"6"})"}) {
    EXPECT_EQ(Read(text), "") << text;
  }
  EXPECT_EQ(Read(R"({"seq":7,"epoch":")" + std::string(65, 'e') + R"("})"), "");
}

}  // namespace
}  // namespace civic
