#include "civic/engine/connection_text.h"

#include "civic/engine/error_code.h"
#include "civic/wire/json_writer.h"

namespace civic {

std::string DescribeConnection(const ConnectionChange& change, const ConnectionTerms& terms) {
  JsonWriter json;
  json.Begin('{');
  json.Text("state", ConnectionStateName(change.state));
  json.Text("previousState", ConnectionStateName(change.previous));
  json.Text("quality", ConnectionQualityName(change.quality));
  json.Integer("attempt", change.attempt);
  if (change.state == ConnectionState::kConnected) {
    json.Text("dialect", terms.dialect == Dialect::kV2 ? "v2" : "v1");
    if (terms.deflates) {
      json.Text("compression", "deflate-raw");
    }
  }
  if (change.code != 0) {
    json.Integer("code", change.code);
    json.Text("reason", change.reason);
  }
  if (change.retry_in_ms) {
    json.Time("retryInMs", *change.retry_in_ms);
  }
  if (change.error != ErrorCode::kOk) {
    std::string message(ErrorSentence(change.error));
    if (change.code != 0) {
      message += " (close code " + std::to_string(change.code);
      message += change.reason.empty() ? ")" : ": " + change.reason + ")";
    }
    json.Begin("error", '{');
    json.Text("code", ErrorName(change.error));
    json.Text("message", message);
    json.End('}');
  }
  json.End('}');
  return json.Take();
}

}  // namespace civic
