#include "civic/engine/problem.h"

#include "civic/wire/json_writer.h"

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
  JsonWriter json;
  json.Begin('{');
  json.Text("code", ErrorName(code));
  json.Text("message", Sentence(code, detail));
  bool has_context = false;
  for (const auto& [key, value] : context) {
    if (!value.empty()) {
      if (!has_context) {
        json.Begin("context", '{');
      }
      has_context = true;
      json.Text(key, value);
    }
  }
  if (has_context) {
    json.End('}');
  }
  json.End('}');
  return json.Take();
}

std::string DescribeFailure(ErrorCode code, std::string_view detail) {
  JsonWriter json;
  json.Begin('{');
  json.Text("error", Sentence(code, detail));
  json.End('}');
  return json.Take();
}

}  // namespace civic
