// Messages of the pages that wait to be sent, or to be acknowledged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "civic/engine/error_code.h"
#include "civic/engine/time.h"
#include "civic/outbox/send_options.h"
#include "civic/routing/page_id.h"

namespace civic {

struct OutboxLimits {
  std::size_t messages = 256;
  std::size_t bytes = 1U << 20U;
};

// Bounded by count and bytes. Every message taken is settled exactly once: none is dropped in
// silence. Order is kept, also when messages are sent again.
class Outbox {
 public:
  // How it went, for the page that sent it.
  struct Settled {
    PageId page = 0;  // 0: nobody waits for it
    std::uint32_t command = 0;
    ErrorCode code = ErrorCode::kOk;
    std::string detail;
  };

  struct Waiting {
    PageId page = 0;
    std::uint32_t command = 0;
    std::string message;
    // Of one that will be acknowledged, once it is handed out.
    std::string message_id = {};
    bool was_sent = false;  // before: an answer may be to that

    template <typename Archive>
    void Walk(Archive& archive) {
      archive("page", page)("command", command)("message", message);
      archive("messageId", message_id)("wasSent", was_sent);
    }
  };

  // `id_prefix` tells this client's message ids from another's: what it calls itself in its hello.
  Outbox(const OutboxLimits& limits, std::string id_prefix)
      : limits_(limits), id_prefix_(std::move(id_prefix)) {}

  // kOk: taken. kOutboxFull: refused, and that is the result. What gives way is settled. An empty
  // outbox takes a message of any size.
  // `is_acknowledged`: a server that acknowledges messages will say so of this one.
  ErrorCode Keep(Waiting message, std::string_view message_id, bool is_acknowledged,
                 const SendOptions& options, TimeMs now);

  // The next one to send, or nothing while `most_in_flight` are under way. One that will be
  // acknowledged has its id inside and stays here until then; nobody waits for what is handed out.
  // One that has expired, or is over `most_bytes`, is settled. `is_guest`: the server knows who
  // sends only by this client's name, which is in the message then, so that it is the same one
  // whoever sends it again.
  std::optional<Waiting> SendNext(std::size_t most_in_flight, std::size_t most_bytes, bool is_guest,
                                  TimeMs now);
  // The next one to send as it is; it is no concern of the outbox any more.
  std::optional<Waiting> TakeNext();
  // Was taken, and not sent: the next ones again, whatever the limits.
  void PutBack(std::list<Waiting> messages, TimeMs now);

  // False when no message has this id.
  bool Acknowledge(std::string_view message_id);
  bool Reject(std::string_view message_id, std::string reason);
  // It was handed out, and nothing says yet that its answer will not come.
  bool IsUnderWay(std::string_view message_id) const;
  // An answer may be lost: what is under way is sent again, for another one.
  void SendAgain();
  // What was under way is sent again with the next connection.
  void ConnectionDown();
  // Everything fails for this reason.
  void RejectAll(ErrorCode code);
  // Settles what has waited too long, and sends again what was not acknowledged for long.
  void Advance(TimeMs now);
  // Maybe too early, never too late.
  TimeMs NextDeadline() const { return due_; }
  // Forgets what a page that is gone had in here and was not sent; there is nobody to tell.
  void RemovePage(PageId page);

  // As JSON, for a later visit: [{"messageId","client"?,"message","expiresAt","whenFull"?,"key"?},
  // …]. `client`: what sent it first, if that was without a token.
  void Write(std::string* out) const;
  // What an earlier visit wrote; what is there already, or makes no sense, is left out.
  void Restore(std::string_view text, TimeMs now);
  // Something changed since the last call.
  bool TakeChanged() { return std::exchange(is_changed_, false); }
  bool is_changed() const { return is_changed_; }

  std::vector<Settled>& settled() { return settled_; }
  std::size_t size() const { return entries_.size(); }
  std::size_t bytes() const { return bytes_; }
  // Messages that were sent more than once.
  std::uint64_t TakeResent() { return std::exchange(resent_, 0); }

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  // Not recorded: limits_ (given), bytes_, in_flight_ (sums), resent_, settled_ (handed out by
  // then).
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("idPrefix", id_prefix_)("idCount", id_count_)("entries", entries_)("due", due_);
    archive("givenUp", given_up_);
    archive("isChanged", is_changed_);
    if constexpr (Archive::kReads) {
      FinishReading();
    }
  }

 private:
  // A message nobody acknowledged for so long on a living connection is sent again.
  static constexpr DurationMs kAcknowledgeMs = 15'000;
  // Since it was first sent a message is sent again, and then given up: servers remember for ten
  // minutes what took effect, and what comes later could take effect twice. The last of them is for
  // the way.
  static constexpr DurationMs kSentAgainForMs = 9 * 60'000;

  struct Entry {
    Waiting waiting;
    std::string message_id;
    std::string client;  // what sent it first without a token; "": not sent yet, or with one
    TimeMs expires_at = kNever;
    WhenFull when_full = WhenFull::kReject;
    std::string key;
    bool is_acknowledged = true;
    bool is_under_way = false;  // handed out on this connection
    bool is_due_again = false;  // and is to be once more
    bool was_sent = false;
    TimeMs sent_at = 0;

    std::size_t bytes() const { return waiting.message.size() + key.size(); }

    template <typename Archive>
    void Walk(Archive& archive) {
      archive("waiting", waiting)("messageId", message_id)("client", client);
      archive("expiresAt", expires_at);
      archive.Choice("whenFull", when_full, WhenFull::kDropOldest);
      archive("key", key)("isAcknowledged", is_acknowledged)("isUnderWay", is_under_way);
      archive("isDueAgain", is_due_again)("wasSent", was_sent)("sentAt", sent_at);
    }
  };

  // Expired while it was under way: settled, but the server still has it and will answer.
  struct GivenUp {
    std::string message_id;
    std::string message;
    std::string client;
    bool is_due_again = false;

    template <typename Archive>
    void Walk(Archive& archive) {
      archive("messageId", message_id)("message", message)("client", client);
      archive("isDueAgain", is_due_again);
    }
  };

  bool IsFull(std::size_t more_bytes) const {
    return entries_.size() >= limits_.messages ||
           (!entries_.empty() && bytes_ + more_bytes > limits_.bytes);
  }
  std::list<Entry>::iterator Find(std::string_view message_id);
  std::list<Entry>::iterator Remove(const std::list<Entry>::iterator& entry);
  void Settle(const Entry& entry, ErrorCode code, std::string detail);
  void Append(Entry entry);
  bool ForgetGivenUp(std::string_view message_id);
  std::string NextId();
  void FinishReading();

  OutboxLimits limits_;
  std::string id_prefix_;
  std::uint64_t id_count_ = 0;
  std::list<Entry> entries_;
  std::size_t bytes_ = 0;
  std::vector<GivenUp> given_up_;
  std::size_t in_flight_ = 0;  // with those given up
  TimeMs due_ = kNever;
  std::uint64_t resent_ = 0;
  bool is_changed_ = false;
  std::vector<Settled> settled_;
};

}  // namespace civic
