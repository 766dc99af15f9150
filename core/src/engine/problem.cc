#include "civic/engine/problem.h"

#include <nlohmann/json.hpp>

namespace civic {

std::string DescribeProblem(
    ErrorCode code, std::string_view detail,
    std::initializer_list<std::pair<std::string_view, std::string_view>> context) {
  using Json = nlohmann::ordered_json;
  std::string message(ErrorSentence(code));
  if (!detail.empty()) {
    message += " (";
    message += detail;
    message += ")";
  }
  Json problem = {{"code", ErrorName(code)}, {"message", message}};
  for (const auto& [key, value] : context) {
    problem["context"][std::string(key)] = value;
  }
  return problem.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace civic
