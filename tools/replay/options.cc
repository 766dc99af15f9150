#include "options.h"

#include <charconv>
#include <string_view>

namespace civic {

std::string ReadReplayOptions(int count, const char* const* arguments, ReplayOptions* options) {
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    const auto value = [&] { return i + 1 < count ? arguments[++i] : ""; };
    if (argument == "--states") {
      options->has_states = true;
    } else if (argument == "--until") {
      const std::string_view text = value();
      const auto [end, error] =
          std::from_chars(text.data(), text.data() + text.size(), options->until);
      if (error != std::errc() || end != text.data() + text.size()) {
        return "--until is '" + std::string(text) + "'; allowed is the number of an input.";
      }
    } else if (argument == "--update") {
      options->update_file = value();
      if (options->update_file.empty()) {
        return "--update needs the name of the file to write.";
      }
    } else if (argument.starts_with("-")) {
      return "There is no option " + std::string(argument) + ".";
    } else if (!options->file.empty()) {
      return "One file at a time: " + options->file + " or " + std::string(argument) + "?";
    } else {
      options->file = argument;
    }
  }
  return options->file.empty() ? "Which recording?" : "";
}

}  // namespace civic
