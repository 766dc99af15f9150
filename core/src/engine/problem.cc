#include "civic/engine/problem.h"

#include "civic/wire/json.h"

namespace civic {

namespace {

std::string Sentence(ErrorCode code, std::string_view detail) {
  std::string sentence(ErrorSentence(code));
  if (!detail.empty()) {
    sentence += " (";
    sentence += detail;
    sentence += ")";
  }
  return sentence;
}

}  // namespace

std::string DescribeProblem(
    ErrorCode code, std::string_view detail,
    std::initializer_list<std::pair<std::string_view, std::string_view>> context) {
  Json problem = {{"code", ErrorName(code)}, {"message", Sentence(code, detail)}};
  for (const auto& [key, value] : context) {
    if (!value.empty()) {
      problem["context"][std::string(key)] = value;
    }
  }
  return PrintJson(problem);
}

std::string DescribeFailure(ErrorCode code, std::string_view detail) {
  return PrintJson({{"error", Sentence(code, detail)}});
}

}  // namespace civic
