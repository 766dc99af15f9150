#include "schedule.h"

#include <algorithm>
#include <charconv>

namespace civic::simulation {
namespace {

// By StepKind.
constexpr std::array<StepShape, kStepKindCount> kShapes = {{
    {"publish", {"stream", "count", "traits", "bytes"}},
    {"whisper", {"stream"}},
    {"send", {"client", "page", "count", "options"}},
    {"type", {"client", "page"}},
    {"subscribe", {"client", "page", "topic", "filter"}},
    {"unsubscribe", {"client", "page", "which"}},
    {"add-page", {"client"}},
    {"remove-page", {"client", "page"}},
    {"disconnect", {"client"}},
    {"connect", {"client"}},
    {"drop-events", {"client", "count"}},
    {"duplicate-events", {"client", "count", "after-ms"}},
    {"reorder-events", {"client", "count", "behind"}},
    {"truncate", {"client", "count"}},
    {"corrupt", {"client", "count"}},
    {"restart", {"down-ms", "keeps-history", "code", "retry-after-ms"}},
    {"trim-history", {"stream", "stay"}},
    {"server-close", {"client", "code", "retry-after-ms"}},
    {"reject-sends", {"client", "count"}},
    {"server-ping", {"client"}},
    {"cut", {"client"}},
    {"half-open", {"client"}},
    {"delay", {"client", "latency-ms", "jitter-ms"}},
    {"stall", {"client", "direction", "for-ms"}},
    {"slow", {"client", "bytes-per-second", "for-ms"}},
    {"offline", {"client", "for-ms", "breaks"}},
    {"freeze", {"client", "for-ms", "waking-order"}},
    {"hide", {"client", "page", "for-ms"}},
    {"busy", {"client", "page", "for-ms"}},
    {"clock-jump", {"client", "by-ms"}},
    {"reload", {"client", "for-ms"}},
    {"expire-token", {"client"}},
    {"token-service", {"client", "mode", "for-ms"}},
}};

// Takes text up to `end` off the front.
std::string_view Take(std::string_view* text, char end) {
  const std::size_t at = std::min(text->find(end), text->size());
  const std::string_view taken = text->substr(0, at);
  text->remove_prefix(std::min(at + 1, text->size()));
  return taken;
}

template <typename Number>
bool ReadNumber(std::string_view text, Number* number) {
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, *number);
  return result.ec == std::errc() && result.ptr == end && !text.empty();
}

std::string Complain(std::size_t line, std::string_view what, std::string_view where) {
  std::string sentence = "Line " + std::to_string(line) + ": ";
  sentence += what;
  sentence += " `";
  sentence += where;
  return sentence + "`.";
}

bool ParseSetting(std::string_view text, Setup* setup) {
  const std::string_view name = Take(&text, ' ');
  const auto setting = std::find_if(Settings().begin(), Settings().end(),
                                    [&](const SettingShape& shape) { return shape.name == name; });
  return setting != Settings().end() && ReadNumber(text, &(setup->*(setting->value)));
}

bool ParseStep(std::string_view text, Step* step) {
  std::string_view time = Take(&text, ' ');
  const std::string_view name = Take(&text, ' ');
  const auto shape = std::find_if(kShapes.begin(), kShapes.end(),
                                  [&](const StepShape& one) { return one.name == name; });
  if (shape == kShapes.end() || !ReadNumber(time, &step->at_ms)) {
    return false;
  }
  step->kind = static_cast<StepKind>(shape - kShapes.begin());
  while (!text.empty()) {
    std::string_view value = Take(&text, ' ');
    const std::string_view arg = Take(&value, '=');
    const auto place = std::find(shape->args.begin(), shape->args.end(), arg);
    if (arg.empty() || place == shape->args.end() ||
        !ReadNumber(value, &step->args[static_cast<std::size_t>(place - shape->args.begin())])) {
      return false;
    }
  }
  return true;
}

}  // namespace

const StepShape& ShapeOf(StepKind kind) { return kShapes[static_cast<std::size_t>(kind)]; }

std::string Step::Print() const {
  const StepShape& shape = ShapeOf(kind);
  std::string text = std::to_string(at_ms) + " " + std::string(shape.name);
  for (std::size_t i = 0; i < shape.args.size() && !shape.args[i].empty(); ++i) {
    text += " " + std::string(shape.args[i]) + "=" + std::to_string(args[i]);
  }
  return text;
}

std::string Schedule::Print() const {
  std::string text = "seed " + std::to_string(seed) + "\n";
  const Setup plainest;
  for (const SettingShape& setting : Settings()) {
    if (setup.*(setting.value) != plainest.*(setting.value)) {
      text += "set " + std::string(setting.name) + " " + std::to_string(setup.*(setting.value));
      text += "\n";
    }
  }
  for (const Step& step : steps) {
    text += step.Print() + "\n";
  }
  return text;
}

std::string Schedule::Parse(std::string_view text) {
  *this = {};
  for (std::size_t line_number = 1; !text.empty(); ++line_number) {
    const std::string_view line = Take(&text, '\n');
    std::string_view rest = line;
    if (line.empty() || line.starts_with('#')) {
      continue;
    }
    if (line.starts_with("seed ")) {
      rest.remove_prefix(5);
      if (!ReadNumber(rest, &seed)) {
        return Complain(line_number, "A seed is a whole number, this is", rest);
      }
    } else if (line.starts_with("set ")) {
      rest.remove_prefix(4);
      if (!ParseSetting(rest, &setup)) {
        return Complain(line_number, "There is no such setting, or its value is no number:", rest);
      }
    } else if (Step step; ParseStep(line, &step)) {
      steps.push_back(step);
    } else {
      return Complain(line_number, "A step is `ms name argument=number …`, this is", line);
    }
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [](const Step& left, const Step& right) { return left.at_ms < right.at_ms; });
  return "";
}

}  // namespace civic::simulation
