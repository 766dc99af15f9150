// Messages of the pages that wait a moment to travel together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "civic/engine/time.h"
#include "civic/outbox/outbox.h"

namespace civic {

struct BatchingConfig {
  bool is_enabled = false;
  std::uint32_t size = 10;        // messages in one batch at most
  DurationMs interval_ms = 1000;  // a message waits at most
};

// The first message after quiet leaves at once, so that a person never waits; what follows within
// the interval is collected. A server that answers a batch with an error gets its messages one by
// one, and no other batch on this connection. Order is kept; so where the server acknowledges
// messages, nothing may follow the first batch of a connection before it is answered.
class Batcher {
 public:
  // `max_frame_bytes` bounds a batch; a single message may be as large.
  // `id_prefix` tells this client's batches from another's.
  Batcher(const BatchingConfig& config, std::size_t max_frame_bytes, std::string id_prefix)
      : config_(config), max_frame_bytes_(max_frame_bytes), id_prefix_(std::move(id_prefix)) {}

  // Whether a message of this type may wait for others; commands and typing may not.
  static bool MayWait(std::string_view type);

  void Add(Outbox::Waiting message, TimeMs now);
  // The server takes frames up to this size.
  void LimitFrame(std::size_t max_frame_bytes) { max_frame_bytes_ = max_frame_bytes; }
  // Sends what is collected now, because something must not overtake it or be overtaken.
  void Flush(TimeMs now);
  void Advance(TimeMs now);
  TimeMs NextDeadline() const;

  // Nothing may be added: a batch is under way that the server may refuse. It is no more when its
  // messages are not under way in `outbox`.
  bool IsHeld(const Outbox& outbox);
  // The server took or refused this message, so it understood what it came in.
  void NoteAnswered(std::string_view message_id);

  // The connection is gone; returns what was not sent.
  std::list<Outbox::Waiting> ConnectionDown();
  // Whether an error of the server was about a batch; its messages then are among the frames.
  bool TakeRefusal(std::string_view message_id, std::string_view original_type, TimeMs now);

  // One frame to send now, and whose messages are in it.
  struct Frame {
    std::string text;
    std::vector<Outbox::Waiting> messages;
  };
  // In order; the caller clears them.
  std::vector<Frame>& frames() { return frames_; }

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  // Not recorded: config_ (given), frames_ (handed out by then).
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("maxFrameBytes", max_frame_bytes_)("idPrefix", id_prefix_);
    archive("isRefused", is_refused_)("isProven", is_proven_)("trial", trial_)(
        "quietAt", quiet_at_)("waiting", waiting_)("sent", sent_);
    archive("batchCount", batch_count_);
  }

 private:
  // A batch the server may still refuse.
  struct Sent {
    std::string message_id;
    std::vector<std::string> messages;
    TimeMs at;

    template <typename Archive>
    void Walk(Archive& archive) {
      archive("messageId", message_id)("messages", messages)("at", at);
    }
  };

  // The batch whose answer shows whether the server takes batches.
  struct Trial {
    std::string batch_id;
    std::vector<std::string> message_ids;
    std::vector<std::string> new_message_ids;  // answers to these can be to nothing else

    template <typename Archive>
    void Walk(Archive& archive) {
      archive("batchId", batch_id)("messageIds", message_ids)("newMessageIds", new_message_ids);
    }
  };

  bool MayBatch() const { return config_.is_enabled && !is_refused_; }
  bool FitsOneFrame() const;
  void Try(const std::string& batch_id, const std::vector<Outbox::Waiting>& messages);
  void Send(std::vector<Outbox::Waiting> messages, TimeMs now);
  void ForgetOld(TimeMs now);

  BatchingConfig config_;
  std::size_t max_frame_bytes_;
  std::string id_prefix_;
  bool is_refused_ = false;
  bool is_proven_ = false;  // a batch was understood on this connection
  std::optional<Trial> trial_;
  std::optional<TimeMs> quiet_at_;  // set while messages are collected
  std::list<Outbox::Waiting> waiting_;
  std::list<Sent> sent_;
  std::vector<Frame> frames_;
  std::uint64_t batch_count_ = 0;
};

}  // namespace civic
