// Everything that enters an engine, as a recording keeps it: which call it was and what it was
// given.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace civic {

// What a recording consists of. The numbers are in files: append, never renumber.
enum class RecordedKind : std::uint8_t {
  // Calls of the engine.
  kSocketOpened = 1,
  kSocketFrame = 2,
  kSocketFrameTooLarge = 3,
  kSocketBacklog = 4,
  kNoteDeflated = 5,
  kSocketClosed = 6,
  kSocketFailed = 7,
  kAddPage = 8,
  kRemovePage = 9,
  kConnect = 10,
  kDisconnect = 11,
  kSubscribe = 12,
  kUnsubscribe = 13,
  kSend = 14,
  kRestoreOutbox = 15,
  kStartTyping = 16,
  kStopTyping = 17,
  kChangeNotifications = 18,
  kRestoreNotifications = 19,
  kListen = 20,
  kSetVisible = 21,
  kSetOnline = 22,
  kResumed = 23,
  kProvideToken = 24,
  kInject = 25,
  kAdvance = 26,
  kDrainBundle = 27,
  kReportFigures = 28,

  // What a recording says beside; the only argument is JSON.
  kHeader = 64,   // the first: of which engine, and from where on
  kState = 65,    // everything that decides what comes next, as it was here
  kMark = 66,     // a summary of it, to find out where a replay goes another way
  kSkipped = 67,  // calls that are not in the recording; a state follows, or the end
  kEnd = 68,      // the last: how many calls there were, and the state then
};

// What an argument is, which decides how it is redacted.
enum class ArgumentKind : std::uint8_t {
  kNumber,
  kName,     // text that decides where something goes: kept
  kToken,    // never kept
  kReason,   // what a peer or the platform said; may quote a token
  kMessage,  // JSON with texts of people
  kOutbox,   // the same, a list of messages with what decides how they wait
  kJson,     // JSON of the recording's own
};

struct Parameter {
  std::string_view name;
  ArgumentKind kind = ArgumentKind::kNumber;
};

struct RecordedTraits {
  static constexpr std::size_t kMostParameters = 4;

  RecordedKind kind;
  std::string_view name;  // as printed
  std::array<Parameter, kMostParameters> parameters;
  std::size_t parameter_count;

  bool is_input() const { return kind < RecordedKind::kHeader; }
};

// Null for a number that is no kind.
const RecordedTraits* FindRecordedTraits(std::uint8_t kind);

// Names the format of recordings; they begin with it.
inline constexpr std::string_view kRecordingMagic = "CIVICREC";
inline constexpr std::uint32_t kRecordingFormat = 1;

}  // namespace civic
