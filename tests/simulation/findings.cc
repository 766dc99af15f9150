#include "findings.h"

namespace civic::simulation {

std::string_view FindingName(FindingKind kind) {
  constexpr std::array<std::string_view, kFindingKindCount> kNames = {
      "lost",          "duplicated", "reordered",    "unsignalled gaps", "unsettled promises",
      "stuck engines", "false gaps", "wrong states", "token leaks",      "protocol violations",
      "runaways"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace civic::simulation
