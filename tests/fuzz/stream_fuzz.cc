// What a server of dialect v2 says: the decoder with any text, and one stream with any order of
// events, answers, gaps and losses. Whatever comes, each number of an epoch is taken once, or told
// to be lost, or neither because it is still to come.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "civic/routing/stream.h"
#include "civic/wire/json_scanner.h"
#include "civic/wire/reply.h"
#include "civic/wire/stream_message.h"

namespace civic {
namespace {

void Require(bool holds, const char* what) {
  if (!holds) {
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
  }
}

void Decode(std::string_view text) {
  // A copy of exactly this size, so that a sanitizer sees every read outside of it.
  const std::vector<char> bytes(text.begin(), text.end());
  const std::string_view frame(bytes.data(), bytes.size());
  JsonScanner scanner;
  if (!scanner.Scan(frame).ok() || scanner.entries().front().kind != JsonKind::kObject) {
    return;
  }
  const MessageView message(frame, scanner.entries(), 0);
  if (const auto position = ReadEventPosition(message)) {
    Require(position->previous < position->seq, "an event before itself");
    Require(!position->epoch.empty(), "an event without an epoch");
  }
  if (const auto streams = ReadSubscribed(message)) {
    for (const SubscribedStream& stream : *streams) {
      Require(!stream.topic.empty(), "a stream without a name");
      Require(!stream.newest || stream.start <= stream.newest->seq, "a start after the end");
    }
  }
  if (const auto gap = ReadGap(message)) {
    Require(gap->from <= gap->to, "a gap that ends before it begins");
  }
  for (const StreamPosition& position : ReadPositions(message)) {
    Require(!position.topic.empty() && !position.newest.epoch.empty(), "half a position");
  }
  for (const MessageKind kind : {MessageKind::kWelcome, MessageKind::kAck, MessageKind::kError,
                                 MessageKind::kAuthConfirmation, MessageKind::kPong}) {
    ReadReply(message, kind);
  }
}

// One stream, and beside it which numbers were taken and which were told to be lost.
class Life {
 public:
  void Step(std::uint8_t kind, std::uint8_t a, std::uint8_t b) {
    const std::string epoch(1, static_cast<char>('e' + b % 2));
    const std::uint64_t seq = 1 + a % 32;
    std::optional<ClosedHole> closed;
    switch (kind % 8) {
      case 0:
      case 1:
      case 2: {
        const std::optional<Position> before = stream_.position();
        const StreamVerdict verdict = stream_.Judge({epoch, seq, seq - 1}, &closed);
        Note(before, closed);
        if (verdict == StreamVerdict::kTake && stream_.position()) {
          Require(stream_.position()->seq == seq && stream_.position()->epoch == epoch,
                  "the position is not the event's");
          Require(taken_.insert(seq).second, "taken twice");
        }
        AskAfter(verdict);
        break;
      }
      case 3:
        stream_.Ask("m", 0);
        break;
      case 4: {
        if (stream_.state() != Stream::State::kAsked) {
          return;
        }
        const std::optional<Position> before = stream_.position();
        closed = stream_.Answer({"t", Position{epoch, seq}, b % (seq + 1), ""});
        Note(before, closed);
        break;
      }
      case 5: {
        const std::optional<Position> before = stream_.position();
        const StreamVerdict verdict = stream_.GiveUp({"t", epoch, seq, seq + b % 4}, &closed);
        Note(before, closed);
        AskAfter(verdict);
        break;
      }
      case 6: {
        const std::optional<Position> before = stream_.position();
        const StreamVerdict verdict = stream_.Compare({epoch, seq}, &closed);
        Note(before, closed);
        AskAfter(verdict);
        break;
      }
      default:
        stream_.ConnectionDown();
        break;
    }
    Check();
  }

 private:
  void AskAfter(StreamVerdict verdict) {
    if (verdict == StreamVerdict::kHole) {
      stream_.Ask("m", 0);
    }
  }

  void Note(const std::optional<Position>& before, const std::optional<ClosedHole>& closed) {
    const std::optional<Position>& after = stream_.position();
    if (!before && after) {
      begin_ = after->seq;
      return;
    }
    if (!closed) {
      return;
    }
    if (closed->is_recovered) {
      for (std::uint64_t seq = closed->from; seq <= *closed->to; ++seq) {
        Require(taken_.contains(seq) || lost_.contains(seq) || seq == after->seq,
                "said to be recovered, and was not");
      }
    } else if (!closed->to) {
      // Nothing of the time before says anything about the numbers to come.
      taken_.clear();
      lost_.clear();
      begin_ = after->seq > 0 && before->seq + 1 == closed->from ? after->seq : 0;
      resets_ = true;
    } else {
      for (std::uint64_t seq = closed->from; seq <= *closed->to; ++seq) {
        Require(!taken_.contains(seq), "said to be lost, and was taken");
        lost_.insert(seq);
      }
    }
  }

  void Check() {
    if (!stream_.position()) {
      return;
    }
    if (std::exchange(resets_, false)) {
      begin_ = stream_.position()->seq;
      return;
    }
    for (std::uint64_t seq = begin_ + 1; seq <= stream_.position()->seq; ++seq) {
      Require(taken_.contains(seq) != lost_.contains(seq), "neither taken nor told to be lost");
    }
  }

  Stream stream_;
  std::uint64_t begin_ = 0;
  bool resets_ = false;
  std::set<std::uint64_t> taken_;
  std::set<std::uint64_t> lost_;
};

}  // namespace
}  // namespace civic

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* text = reinterpret_cast<const char*>(data);
  civic::Decode({text, size});
  civic::Life life;
  for (std::size_t i = 0; i + 2 < size; i += 3) {
    life.Step(data[i], data[i + 1], data[i + 2]);
  }
  return 0;
}
