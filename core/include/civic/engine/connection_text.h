// A connection change as the page reads it.
#pragma once

#include <string>

#include "civic/session/session_types.h"

namespace civic {

// What was agreed on with the server, as long as there is a connection.
struct ConnectionTerms {
  Dialect dialect = Dialect::kV1;
  bool deflates = false;
};

// {"state","previousState","quality","attempt","dialect"?,"compression"?,"code"?,"reason"?,
// "retryInMs"?,"error"?:{code,message}}; `dialect` ("v1" or "v2") and `compression` ("deflate-raw",
// where both sides said so) while connected.
std::string DescribeConnection(const ConnectionChange& change, const ConnectionTerms& terms);

}  // namespace civic
