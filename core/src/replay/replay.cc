#include "civic/replay/replay.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "civic/recording/checksum.h"
#include "civic/telemetry/counters.h"
#include "civic/wire/json_value.h"

namespace civic {
namespace {

constexpr std::size_t kMostDivergences = 20;
// Before those are left out that mean nothing.
constexpr std::size_t kMostCompared = kMostDivergences + kCounterCount;

// Depend on what cells hold, or on what people wrote.
constexpr std::array kCellCounters = {Counter::kRecordsStored,        Counter::kRecordsConflated,
                                      Counter::kRecordsRefused,       Counter::kTopicsEvicted,
                                      Counter::kEventsQueued,         Counter::kEventsDropped,
                                      Counter::kBundlesDrained,       Counter::kCacheBytes,
                                      Counter::kNotificationsDropped, Counter::kBillsNotAnalysed};

// The counter that the values are of; none for anything else.
std::optional<Counter> CounterOf(const Divergence& divergence) {
  constexpr std::string_view kMarkCounters = "counters.";
  constexpr std::string_view kStateCounters = "counters.values.";
  std::string_view index = divergence.place;
  if (index.starts_with(kStateCounters)) {
    index.remove_prefix(kStateCounters.size());
  } else if (index.starts_with(kMarkCounters)) {
    index.remove_prefix(kMarkCounters.size());
  } else {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    if (index == std::to_string(i)) {
      return static_cast<Counter>(i);
    }
  }
  return std::nullopt;
}

// Not to be expected of a replay. Where a text for pages quoted a token it need not be as long as
// it was; and what depends on cells is as it was only where they are.
bool IsIncomparable(const Divergence& divergence, bool has_cells) {
  const std::optional<Counter> counter = CounterOf(divergence);
  if (counter == Counter::kBytesDrained) {
    return true;
  }
  return !has_cells && (divergence.place == "cellsDeadline" ||
                        (counter && std::find(kCellCounters.begin(), kCellCounters.end(),
                                              *counter) != kCellCounters.end()));
}

// A counter by its name instead of its number.
void NameCounter(Divergence* divergence) {
  const std::optional<Counter> counter = CounterOf(*divergence);
  if (counter) {
    divergence->place = "counters." + std::string(CounterName(*counter));
  }
}

std::string Shortened(std::string_view text) {
  constexpr std::size_t kMost = 200;
  return text.size() <= kMost ? std::string(text) : std::string(text.substr(0, kMost)) + "…";
}

void Compare(const std::string& place, const JsonValue& recorded, const JsonValue& replayed,
             std::size_t most, bool is_strict, std::vector<Divergence>* out) {
  const auto add = [&](const std::string& where, const JsonValue& left, const JsonValue& right) {
    const auto text = [](const JsonValue& value) {
      return value.exists() ? Shortened(value.raw()) : std::string("nothing");
    };
    if (out->size() < most) {
      out->push_back({where, text(left), text(right)});
    }
  };
  if (out->size() >= most || (recorded.exists() && recorded.raw() == replayed.raw())) {
    return;
  }
  const bool are_objects = recorded.Is(JsonKind::kObject) && replayed.Is(JsonKind::kObject);
  const bool are_arrays = recorded.Is(JsonKind::kArray) && replayed.Is(JsonKind::kArray);
  if (!are_objects && !are_arrays) {
    add(place, recorded, replayed);
    return;
  }
  std::vector<std::pair<std::string, JsonValue>> left;
  std::vector<std::pair<std::string, JsonValue>> right;
  const auto list = [&](const JsonValue& container, auto* members) {
    container.ForEach([&](const std::string& name, const JsonValue& value) {
      members->emplace_back(are_objects ? name : std::to_string(members->size()), value);
    });
  };
  list(recorded, &left);
  list(replayed, &right);
  const std::string prefix = place.empty() ? "" : place + ".";
  std::size_t next = 0;
  for (const auto& member : left) {
    const auto& name = member.first;
    const JsonValue& value = member.second;
    // Both are in the same order, mostly.
    auto found = next < right.size() && right[next].first == name
                     ? right.begin() + static_cast<std::ptrdiff_t>(next)
                     : std::find_if(right.begin(), right.end(),
                                    [&](const auto& other) { return other.first == name; });
    ++next;
    if (found != right.end()) {
      Compare(prefix + name, value, found->second, most, is_strict, out);
    } else if (is_strict) {
      add(prefix + name, value, {});
    }
  }
  for (std::size_t i = are_arrays ? left.size() : 0; is_strict && i < right.size(); ++i) {
    const bool is_new = std::none_of(left.begin(), left.end(), [&](const auto& member) {
      return member.first == right[i].first;
    });
    if (is_new) {
      add(prefix + right[i].first, {}, right[i].second);
    }
  }
}

}  // namespace

std::vector<Divergence> CompareJson(std::string_view recorded, std::string_view replayed,
                                    std::size_t most) {
  std::vector<Divergence> divergences;
  Compare("", JsonValue::Parse(recorded), JsonValue::Parse(replayed), most, true, &divergences);
  return divergences;
}

std::vector<Divergence> CompareMarks(std::string_view recorded, std::string_view replayed) {
  std::vector<Divergence> divergences;
  Compare("", JsonValue::Parse(recorded), JsonValue::Parse(replayed), kMostCompared, false,
          &divergences);
  return divergences;
}

Replay::Replay(const Recording& recording)
    : recording_(recording),
      engine_(NewEngine()),
      has_cells_(recording.is_complete() && recording.has_payloads),
      has_skipped_(!recording.is_complete()) {}

std::unique_ptr<Engine> Replay::NewEngine() const {
  return std::make_unique<Engine>(recording_.config, recording_.seed);
}

// An engine that takes the recorded state on writes it as this one does, also when the one that
// recorded it knew less or more.
std::vector<Divergence> Replay::CompareState(std::string_view recorded) {
  const std::unique_ptr<Engine> engine = NewEngine();
  ActionTally actions;
  const std::string problem = engine->RestoreState(recorded, &actions);
  if (!problem.empty()) {
    return {{"state", "not readable: " + problem, "readable"}};
  }
  return CompareJson(engine->PrintState(actions, nullptr), PrintState(), kMostCompared);
}

bool Replay::Next(Step* step) {
  if (next_ == recording_.entries.size()) {
    return false;
  }
  *step = {};
  step->entry = &recording_.entries[next_++];
  const RecordedEntry& entry = step->entry->entry;
  const auto note = [&](std::vector<Divergence> divergences) {
    std::erase_if(divergences, [&](const Divergence& divergence) {
      return IsIncomparable(divergence, has_cells_);
    });
    divergences.resize(std::min(divergences.size(), kMostDivergences));
    for (Divergence& divergence : divergences) {
      NameCounter(&divergence);
    }
    step->divergences = std::move(divergences);
  };
  switch (entry.kind()) {
    case RecordedKind::kSkipped:
      has_skipped_ = true;
      has_cells_ = false;
      break;
    case RecordedKind::kState:
      if (has_skipped_) {
        has_skipped_ = false;
        engine_ = NewEngine();
        actions_ = {};
        step->problem = engine_->RestoreState(entry.json(), &actions_);
        if (!step->problem.empty()) {
          next_ = recording_.entries.size();
        }
      } else {
        note(CompareState(entry.json()));
      }
      break;
    case RecordedKind::kMark:
      note(CompareMarks(entry.json(), PrintMark()));
      break;
    default:
      Perform(entry, step);
      break;
  }
  return true;
}

// As a host does: one call, and everything that follows from it.
void Replay::Perform(const RecordedEntry& entry, Step* step) {
  Engine& engine = *engine_;
  const TimeMs now = entry.now;
  const auto number = [&](std::size_t i) {
    return static_cast<std::uint32_t>(entry.arguments[i].number);
  };
  const auto size = [&](std::size_t i) {
    return static_cast<std::size_t>(entry.arguments[i].number);
  };
  const auto flag = [&](std::size_t i) { return entry.arguments[i].number != 0; };
  const auto text = [&](std::size_t i) { return entry.arguments[i].text; };
  switch (entry.kind()) {
    case RecordedKind::kSocketOpened:
      engine.SocketOpened(number(0), text(1), now);
      break;
    case RecordedKind::kSocketFrame:
      engine.SocketFrame(number(0), text(2), flag(1), now);
      break;
    case RecordedKind::kSocketFrameTooLarge:
      engine.SocketFrameTooLarge(number(0), size(1), now);
      break;
    case RecordedKind::kSocketBacklog:
      engine.SocketBacklog(number(0), size(1), now);
      break;
    case RecordedKind::kNoteDeflated:
      engine.NoteDeflated(flag(0), size(1), size(2));
      break;
    case RecordedKind::kSocketClosed:
      engine.SocketClosed(number(0), static_cast<int>(number(1)), text(2), now);
      break;
    case RecordedKind::kSocketFailed:
      engine.SocketFailed(number(0), text(1), now);
      break;
    case RecordedKind::kAddPage:
      engine.AddPage(now);
      break;
    case RecordedKind::kRemovePage:
      engine.RemovePage(number(0), now);
      break;
    case RecordedKind::kConnect:
      engine.Connect(number(0), text(1), now);
      break;
    case RecordedKind::kDisconnect:
      engine.Disconnect(number(0), now);
      break;
    case RecordedKind::kSubscribe:
      engine.Subscribe(number(0), number(1), text(2), text(3), now);
      break;
    case RecordedKind::kUnsubscribe:
      engine.Unsubscribe(number(0), number(1), now);
      break;
    case RecordedKind::kSend:
      engine.Send(number(0), number(1), text(2), text(3), now);
      break;
    case RecordedKind::kRestoreOutbox:
      engine.RestoreOutbox(number(0), text(1), now);
      break;
    case RecordedKind::kStartTyping:
      engine.StartTyping(number(0), text(1), text(2), now);
      break;
    case RecordedKind::kStopTyping:
      engine.StopTyping(number(0), text(1), text(2), now);
      break;
    case RecordedKind::kChangeNotifications:
      engine.ChangeNotifications(number(0), text(1), text(2), now);
      break;
    case RecordedKind::kRestoreNotifications:
      engine.RestoreNotifications(number(0), text(1), now);
      break;
    case RecordedKind::kListen:
      engine.Listen(number(0), number(1), now);
      break;
    case RecordedKind::kSetVisible:
      engine.SetVisible(number(0), flag(1), now);
      break;
    case RecordedKind::kSetOnline:
      engine.SetOnline(number(0), flag(1), now);
      break;
    case RecordedKind::kResumed:
      engine.Resumed(number(0), now);
      break;
    case RecordedKind::kProvideToken:
      engine.ProvideToken(number(0), number(1), text(2), now);
      break;
    case RecordedKind::kInject:
      engine.Inject(number(0), text(1), now);
      break;
    case RecordedKind::kReportFigures:
      engine.ReportFigures(number(0), entry.arguments[1].number, now);
      break;
    case RecordedKind::kAdvance:
      engine.Advance(now);
      break;
    case RecordedKind::kDrainBundle:
      step->bundle_bytes = engine.DrainBundle(number(0), now).size();
      break;
    default:
      break;
  }
  Action action;
  while (engine.PollAction(&action)) {
    actions_.Add(action);
    step->actions.push_back(std::move(action));
  }
}

std::string Remark(std::string_view file, const Recording& recording, std::string* problem) {
  const std::size_t begin =
      recording.entries.empty() ? file.size() : recording.entries.front().entry.offset;
  std::string marked(file.substr(0, begin));
  Replay replay(recording);
  Replay::Step step;
  bool has_skipped = !recording.is_complete();
  std::size_t end = begin;
  while (replay.Next(&step)) {
    if (!step.problem.empty()) {
      *problem = step.problem;
      return {};
    }
    const RecordedEntry& entry = step.entry->entry;
    end = entry.offset + entry.size;
    if (entry.kind() == RecordedKind::kMark) {
      AppendJsonEntry(RecordedKind::kMark, replay.PrintMark(), &marked);
    } else if (entry.kind() == RecordedKind::kState && !has_skipped) {
      AppendJsonEntry(RecordedKind::kState, replay.PrintState(), &marked);
    } else {
      marked += file.substr(entry.offset, entry.size);
    }
    has_skipped = (has_skipped && entry.kind() != RecordedKind::kState) ||
                  entry.kind() == RecordedKind::kSkipped;
  }
  marked += file.substr(end, file.size() - kChecksumBytes - end);
  AppendChecksum(&marked);
  return marked;
}

}  // namespace civic
