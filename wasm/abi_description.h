// The numbers of the boundary, for a test that compares them with JavaScript's copy.
#pragma once

#include <string>

namespace civic {

// {"bundleMagic","headerWords","entryWords","counterNames":[…],"errorCodes":[…],"entryKinds":{…},…}
std::string DescribeAbi();

}  // namespace civic
