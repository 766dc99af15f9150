// One stream of dialect v2: what this side has of it, and what follows from what the server says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/time.h"
#include "civic/store/cell_store.h"
#include "civic/wire/position.h"
#include "civic/wire/stream_message.h"

namespace civic {

// What to do with an event.
enum class StreamVerdict : std::uint8_t {
  kTake,       // it is the next one, or has no sequence
  kDuplicate,  // it was taken before
  kAwaited,    // a replay that was asked for will bring it
  kHole,       // something before it is missing: ask for a replay, which will bring it too
  kForeign,    // the stream is not one that is kept: of use to nobody but `*`
};

// A hole in a stream that has been closed, by a replay or by saying so.
struct ClosedHole {
  std::string epoch;
  std::uint64_t from = 0;
  std::optional<std::uint64_t> to;  // none: how much is missing cannot be known
  bool is_recovered = false;
};

// The rules of docs/protocol.md, "Streams and positions". Knows no topics, sends nothing.
class Stream {
 public:
  // Replays of one place that brought no progress before it is given up.
  static constexpr int kMostReplays = 3;

  enum class State : std::uint8_t {
    kSilent,  // nothing was asked for on this connection
    kAsked,   // `subscribe` was sent, or is about to be
    kLive,    // what comes continues from the position
  };

  // A `subscribe` goes out; only its answer counts.
  void Ask(std::string message_id, TimeMs now);
  // The connection is gone; the position stays.
  void ConnectionDown();
  // Nothing that was taken counts any more.
  void ForgetPosition();
  // The server refused it.
  void Refuse() { state_ = State::kSilent; }

  StreamVerdict Judge(const EventPosition& event, std::optional<ClosedHole>* closed);
  // The answer to the `subscribe` sent last. Returns the hole it closes, if there was one.
  std::optional<ClosedHole> Answer(const SubscribedStream& answer);
  // The server gives up what lies between.
  StreamVerdict GiveUp(const StreamGap& gap, std::optional<ClosedHole>* closed);
  // The newest event the server says this side should have: kHole when it has not.
  StreamVerdict Compare(const Position& newest, std::optional<ClosedHole>* closed);

  State state() const { return state_; }
  const std::optional<Position>& position() const { return position_; }
  const std::string& message_id() const { return message_id_; }
  TimeMs asked_at() const { return asked_at_; }

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  template <typename Archive>
  void Walk(Archive& archive) {
    archive.Choice("state", state_, State::kLive);
    archive("position", position_);
    if (hole_ || Archive::kReads) {
      archive("hole", hole_);
    }
    archive("replays", replays_, 0)("messageId", message_id_, "")("askedAt", asked_at_, kNever);
  }

 private:
  // What is missing, from the first to the last, as far as that is known.
  struct Hole {
    std::uint64_t from = 0;
    std::optional<std::uint64_t> to;

    template <typename Archive>
    void Walk(Archive& archive) {
      archive("from", from)("to", to);
    }
  };

  bool MayReplay() const { return replays_ < kMostReplays; }
  StreamVerdict OpenHole(std::optional<std::uint64_t> to);
  // Moves on over what cannot be had.
  ClosedHole Skip(std::string_view epoch, std::optional<std::uint64_t> to);
  void MoveTo(std::uint64_t seq, std::optional<ClosedHole>* closed);

  State state_ = State::kSilent;
  std::optional<Position> position_;
  std::optional<Hole> hole_;
  int replays_ = 0;  // asked for without any progress since
  std::string message_id_;
  TimeMs asked_at_ = kNever;
};

}  // namespace civic
