// What ReportFigures() says of each topic, in the order in which it says it.
#pragma once

#include <array>
#include <string_view>

namespace civic {

// Part of the boundary: append, never reorder.
inline constexpr std::array<std::string_view, 10> kTopicFigureNames = {
    "key",  // as the page knows the topic
    "messages",      "bytes",
    "conflated",  // records that were overwritten before they reached the page
    "dropped",    // messages for listeners that the page's full queue refused
    "duplicates",    "gaps",
    "recovered",      // of the gaps
    "cacheBytes",     // memory of its cells
    "lastMessageAt",  // milliseconds since the Unix epoch; 0: there was none
};

}  // namespace civic
