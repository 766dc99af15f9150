#include "civic/engine/connection_text.h"

#include "civic/engine/error_code.h"
#include "civic/wire/json.h"

namespace civic {

std::string DescribeConnection(const ConnectionChange& change, const ConnectionTerms& terms) {
  Json text = {{"state", ConnectionStateName(change.state)},
               {"previousState", ConnectionStateName(change.previous)},
               {"quality", ConnectionQualityName(change.quality)},
               {"attempt", change.attempt}};
  if (change.state == ConnectionState::kConnected) {
    text["dialect"] = terms.dialect == Dialect::kV2 ? "v2" : "v1";
    if (terms.deflates) {
      text["compression"] = "deflate-raw";
    }
  }
  if (change.code != 0) {
    text["code"] = change.code;
    text["reason"] = change.reason;
  }
  if (change.retry_in_ms) {
    text["retryInMs"] = *change.retry_in_ms;
  }
  if (change.error != ErrorCode::kOk) {
    std::string message(ErrorSentence(change.error));
    if (change.code != 0) {
      message += " (close code " + std::to_string(change.code);
      message += change.reason.empty() ? ")" : ": " + change.reason + ")";
    }
    text["error"] = {{"code", ErrorName(change.error)}, {"message", message}};
  }
  return PrintJson(text);
}

}  // namespace civic
