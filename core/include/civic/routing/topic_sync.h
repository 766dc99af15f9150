// Keeps what the server has us subscribed to equal to what the topic table wants.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/random.h"
#include "civic/routing/topic_table.h"

namespace civic {

// Decides which subscribe and unsubscribe messages are due and gives them out as text; the engine
// sends them. Exactly one subscribe per topic and connection, however many subscriptions there are.
class TopicSync {
 public:
  TopicSync(TopicTable& topics, Random& random);

  // The connection can carry messages, or no longer.
  void ConnectionUp();
  void ConnectionDown();
  // Brings the server up to date with one topic. A topic that lingers stays as it is on the wire.
  void Update(TopicId topic);
  // The topic is about to be released.
  void Close(TopicId topic);

  // Messages to send now, in order; the caller clears them.
  std::vector<std::string>& messages() { return messages_; }

  // The topic whose subscribe message has this id, and forgets it; kNone if none has. For the
  // server's answer, good or bad.
  TopicId TakeAnswered(std::string_view message_id);

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  // Not recorded: unanswered_ (of the wires), messages_ (handed out by then).
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("idPrefix", id_prefix_)("idCount", id_count_)("up", up_)("wires", wires_);
    if constexpr (Archive::kReads) {
      archive.Check(FinishReading(), "there are more topics on the wire than topics");
    }
  }

 private:
  struct Wire {
    bool subscribed = false;
    std::string filter;
    std::string subscription_id;
    std::string message_id;  // while unanswered

    template <typename Archive>
    void Walk(Archive& archive) {
      archive("subscribed", subscribed, false)("filter", filter, "");
      archive("subscriptionId", subscription_id, "")("messageId", message_id, "");
    }
  };

  Wire& WireOf(TopicId topic);
  std::string NextId(char kind);
  bool FinishReading();

  TopicTable& topics_;
  std::string id_prefix_;  // tells this client's ids from another's
  std::uint64_t id_count_ = 0;
  bool up_ = false;
  std::vector<Wire> wires_;  // by topic
  std::map<std::string, TopicId> unanswered_;
  std::vector<std::string> messages_;
};

}  // namespace civic
