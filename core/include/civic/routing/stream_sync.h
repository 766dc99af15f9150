// Keeps what a server of dialect v2 has us subscribed to equal to what the topic table wants, and
// knows of every stream how far it has come.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "civic/engine/time.h"
#include "civic/routing/stream.h"
#include "civic/routing/topic_index.h"
#include "civic/routing/topic_table.h"

namespace civic {

// The stream a topic's events come on: `community:5` is a view of `discussion:5`, `expert:7` of
// `expert:updates`.
std::string StreamOf(std::string_view topic);

// Positions outlive connections: a stream goes on from where it stood. Everything that is due at
// one time leaves in one frame. Judging an event allocates nothing.
class StreamSync {
 public:
  // A `subscribe` that nobody answers is sent again.
  static constexpr DurationMs kAnswerTimeoutMs = 10'000;
  // A server that sends what cannot be read is asked for everything again at most so often.
  static constexpr DurationMs kResyncSpacingMs = 1'000;

  // `id_prefix` tells this client's message ids from another's.
  StreamSync(TopicTable& topics, std::string id_prefix)
      : topics_(topics), id_prefix_(std::move(id_prefix)) {}

  // Messages can be sent on a new connection.
  void ConnectionUp(TimeMs now);
  void ConnectionDown();
  // Another dialect took over: nobody knows any more what was missed.
  void ForgetPositions();

  // As of TopicSync.
  void Update(TopicId topic, TimeMs now);
  void Close(TopicId topic, TimeMs now);

  // What follows from something the server said of a stream. A hole has been asked about.
  struct Event {
    StreamVerdict verdict = StreamVerdict::kTake;
    std::uint32_t stream = 0;  // unless it is foreign
    std::optional<ClosedHole> closed;
  };
  Event Judge(std::string_view topic, const EventPosition& position, TimeMs now);
  Event GiveUp(const StreamGap& gap, TimeMs now);
  Event Compare(const StreamPosition& position, TimeMs now);

  // One stream of a `subscribed`. Empty when nobody waits for this answer.
  struct Answered {
    std::uint32_t stream = 0;
    std::optional<ClosedHole> closed;
    bool is_resumed = false;
  };
  std::optional<Answered> Answer(std::string_view message_id, const SubscribedStream& answer);
  // The whole `subscribe` was answered by an error; the topics it named.
  std::vector<TopicId> Refuse(std::string_view message_id);

  // A frame could not be read and may have been anything.
  void RequestResync(TimeMs now);
  // True when the time for it has come: messages are sent again, too.
  bool Advance(TimeMs now);
  TimeMs NextDeadline() const;

  const std::string& NameOf(std::uint32_t stream) const { return streams_[stream].name; }
  const std::vector<TopicId>& TopicsOf(std::uint32_t stream) const {
    return streams_[stream].topics;
  }
  // Whether every event of the topic comes, once and in order, or its absence is told.
  bool IsOrdered(TopicId topic) const;
  // Calls visit(name, stream) for every stream, in an order that is the same everywhere.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (const Entry& entry : streams_) {
      if (!entry.name.empty()) {
        visit(entry.name, entry.stream);
      }
    }
  }
  // The streams of such topics.
  std::vector<std::uint32_t> Ordered() const;

  bool has_messages() const { return !asking_.empty() || !leaving_.empty(); }
  // Frames to send now, in order.
  std::vector<std::string> TakeMessages(TimeMs now);

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  // Not recorded: index_, of_topic_ (of the streams).
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("idPrefix", id_prefix_)("idCount", id_count_)("up", up_)("streams", streams_);
    archive("free", free_)("asking", asking_)("leaving", leaving_)("answerDue", answer_due_);
    archive("resyncDue", resync_due_)("lastResync", last_resync_);
    if constexpr (Archive::kReads) {
      archive.Check(FinishReading(), "streams and topics do not fit together");
    }
  }

 private:
  struct Entry {
    std::string name;
    std::uint64_t hash = 0;
    std::vector<TopicId> topics;
    std::string filter;       // as the server has it
    bool is_asking = false;   // in asking_
    bool is_on_wire = false;  // a `subscribe` went out on this connection
    Stream stream;

    // Not recorded: hash (of the name).
    template <typename Archive>
    void Walk(Archive& archive) {
      archive("name", name)("topics", topics)("filter", filter, "");
      archive("isAsking", is_asking, false)("isOnWire", is_on_wire, false)("stream", stream);
    }
  };

  std::uint32_t Find(std::string_view name) const;
  std::uint32_t Obtain(TopicId topic);
  void Ask(std::uint32_t stream, TimeMs now);
  Event AskAfter(Event event, TimeMs now);
  std::string FilterOf(const Entry& entry) const;
  std::string NextId();
  bool FinishReading();

  TopicTable& topics_;
  std::string id_prefix_;
  std::uint64_t id_count_ = 0;
  bool up_ = false;
  TopicIndex index_;
  std::deque<Entry> streams_;
  std::vector<std::uint32_t> free_;
  std::vector<std::uint32_t> of_topic_;  // by topic; kNone for none
  std::vector<std::uint32_t> asking_;    // to be asked for, in order
  std::vector<std::string> leaving_;     // to be unsubscribed
  TimeMs answer_due_ = kNever;
  TimeMs resync_due_ = kNever;
  TimeMs last_resync_ = -kNever;
};

}  // namespace civic
