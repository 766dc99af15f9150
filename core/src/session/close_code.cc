#include "civic/session/close_code.h"

namespace civic {
namespace {

// 1004 and 1015 to 2999 never come from a server's close frame; a host that reports one has lost
// the connection. So has one that reports a number outside of the table.
constexpr CloseRule kRules[] = {
    {1000, 1000, CloseAction::kStay, "finished"},
    {1001, 1001, CloseAction::kRetry, "going away"},
    {1002, 1002, CloseAction::kFail, "protocol error"},
    {1003, 1003, CloseAction::kFail, "unsupported data"},
    {1004, 1004, CloseAction::kRetry, "reserved"},
    {1005, 1005, CloseAction::kRetry, "no code given"},
    {1006, 1006, CloseAction::kRetry, "connection lost"},
    {1007, 1007, CloseAction::kFail, "invalid data"},
    {1008, 1008, CloseAction::kFail, "policy violation"},
    {1009, 1009, CloseAction::kFail, "message too big"},
    {1010, 1010, CloseAction::kFail, "extension missing"},
    {1011, 1011, CloseAction::kRetry, "server error"},
    {1012, 1012, CloseAction::kRetry, "server restarts"},
    {1013, 1013, CloseAction::kRetryLater, "overloaded"},
    {1014, 1014, CloseAction::kRetry, "bad gateway"},
    {1015, 2999, CloseAction::kRetry, "reserved"},
    {3000, 3499, CloseAction::kRetry, "temporary"},
    {3500, 3999, CloseAction::kFail, "terminal"},
    {4000, 4000, CloseAction::kRetry, "temporary"},
    {4001, 4001, CloseAction::kRefreshToken, "token expired or invalid"},
    {4002, 4002, CloseAction::kRetry, "temporary"},
    {4003, 4003, CloseAction::kFail, "forbidden"},
    {4004, 4499, CloseAction::kRetry, "temporary"},
    {4500, 4999, CloseAction::kFail, "terminal"},
};

}  // namespace

std::span<const CloseRule> CloseRules() { return kRules; }

CloseAction ActionForClose(int code) {
  for (const CloseRule& rule : kRules) {
    if (code >= rule.first && code <= rule.last) return rule.action;
  }
  return CloseAction::kRetry;
}

}  // namespace civic
