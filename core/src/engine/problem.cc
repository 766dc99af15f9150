#include "civic/engine/problem.h"

#include "civic/wire/json.h"


namespace civic {

std::string DescribeProblem(
    ErrorCode code, std::string_view detail,
    std::initializer_list<std::pair<std::string_view, std::string_view>> context) {
  std::string message(ErrorSentence(code));
  if (!detail.empty()) {
    message += " (";
    message += detail;
    message += ")";
  }
  Json problem = {{"code", ErrorName(code)}, {"message", message}};
  for (const auto& [key, value] : context) {
    if (!value.empty()) {
      problem["context"][std::string(key)] = value;
    }
  }
  return PrintJson(problem);
}

}  // namespace civic
