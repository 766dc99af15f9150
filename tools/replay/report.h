// What a replay prints.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "civic/replay/recording.h"
#include "civic/replay/replay.h"

namespace civic {

// What is in the file, in a sentence or two.
std::string DescribeRecording(const Recording& recording);
// One input on a line, with the time since `begin`.
std::string DescribeEntry(const Recording::Entry& entry, TimeMs begin);
std::string DescribeAction(const Action& action);
// Such as "session.phase: 3 → 4".
std::string DescribeChange(const Divergence& change);
std::string DescribeDivergence(const Divergence& divergence);
// Connection, subscriptions, positions, outbox and counters, from an engine's mark and state.
std::string DescribeState(std::string_view mark_json, std::string_view state_json);

}  // namespace civic
