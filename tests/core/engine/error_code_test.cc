#include "civic/engine/error_code.h"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

#include "civic/engine/problem.h"

namespace civic {
namespace {

TEST(ErrorCode, EveryCodeHasANameOfItsOwnAndASentence) {
  std::set<std::string_view> names;
  for (int i = 0; i < kErrorCodeCount; ++i) {
    const auto code = static_cast<ErrorCode>(i);
    EXPECT_TRUE(names.insert(ErrorName(code)).second) << ErrorName(code);
    EXPECT_TRUE(ErrorSentence(code).ends_with('.')) << ErrorName(code);
  }
  EXPECT_EQ(static_cast<int>(ErrorCode::kMessageRejected) + 1, kErrorCodeCount);
  EXPECT_EQ(ErrorName(ErrorCode::kEventsDropped), "events-dropped");
}

TEST(Problem, SaysCodeSentenceAndWhatIsKnown) {
  EXPECT_EQ(DescribeProblem(ErrorCode::kServerError, ""),
            R"({"code":"server-error","message":"The server answered with an error."})");
  EXPECT_EQ(
      DescribeProblem(ErrorCode::kServerError, "a \"b\" \xff", {{"topic", "t"}, {"none", ""}}),
      "{\"code\":\"server-error\",\"message\":\"The server answered with an error. "
      "(a \\\"b\\\" \xef\xbf\xbd)\",\"context\":{\"topic\":\"t\"}}");
}

}  // namespace
}  // namespace civic
