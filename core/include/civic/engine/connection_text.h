// A connection change as the page reads it.
#pragma once

#include <string>

#include "civic/session/session_types.h"

namespace civic {

// {"state","previousState","quality","attempt","code"?,"reason"?,"retryInMs"?,"error"?:{code,message}}
std::string DescribeConnection(const ConnectionChange& change);

}  // namespace civic
