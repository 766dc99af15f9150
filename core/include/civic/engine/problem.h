// An error as the page reads it: JSON with code, message and particulars.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "civic/engine/error_code.h"

namespace civic {

// {"code":"malformed-frame","message":"The server … (detail)","context":{…}}. `detail` may be
// empty.
std::string DescribeProblem(
    ErrorCode code, std::string_view detail,
    std::initializer_list<std::pair<std::string_view, std::string_view>> context = {});

// {"error":"The message … (detail)"}, the text of a command's result that is not good.
std::string DescribeFailure(ErrorCode code, std::string_view detail);

}  // namespace civic
