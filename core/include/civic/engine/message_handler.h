// The way of a frame through the engine: scan, route, store, tell the pages.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/error_code.h"
#include "civic/engine/page_set.h"
#include "civic/engine/time.h"
#include "civic/routing/topic_table.h"
#include "civic/store/bill_service.h"
#include "civic/store/cell_store.h"
#include "civic/telemetry/counters.h"
#include "civic/wire/json_scanner.h"
#include "civic/wire/message_kind.h"
#include "civic/wire/message_view.h"

namespace civic {

// What a server says to the engine itself rather than to a topic.
struct Reply {
  MessageKind kind = MessageKind::kUnknown;
  std::string message_id;
  std::string text;             // of an error
  std::string original_type;    // of an error
  bool authenticated = false;   // of an auth confirmation
  double retry_after_ms = -1;   // negative: not said
};

// Allocates nothing per message of a topic once buffers have their size; replies are rare and do.
class MessageHandler {
 public:
  MessageHandler(std::size_t max_frame_bytes, TopicTable& topics, CellStore& store, PageSet& pages,
                 Counters& counters)
      : max_frame_bytes_(max_frame_bytes),
        topics_(topics),
        store_(store),
        pages_(pages),
        counters_(counters),
        bills_(store, counters) {}

  // Takes one frame. Nothing of a frame that is not one valid JSON object takes effect.
  void Handle(std::string_view frame, TimeMs now);
  // Counts and reports a frame over the size limit.
  void Refuse(std::size_t frame_bytes);

  // What the server said to the engine, in order; the caller clears it.
  std::vector<Reply>& replies() { return replies_; }

 private:
  static constexpr int kMaxBatchDepth = 4;
  static constexpr std::size_t kMaxTopicsOfMessage = 4;

  // The topics one message belongs to, without repetition.
  struct Destinations {
    std::array<TopicId, kMaxTopicsOfMessage> topics;
    std::size_t count = 0;
    bool Add(TopicId topic);
  };

  void HandleMessage(std::uint32_t index, int depth, TimeMs now);
  void HandleBatch(const MessageView& message, int depth, TimeMs now);
  void HandleUpdates(const MessageView& message, TimeMs now);
  void HandleService(const MessageView& message, const MessageTraits& traits, bool is_element,
                     std::string_view raw, TimeMs now);
  void HandleReply(const MessageView& message, MessageKind kind);
  void HandleUnknown(const MessageView& message);

  void AddDerivedTopics(TopicRule rule, std::string_view id, Destinations* destinations) const;
  void AddNamedTopic(const MessageView& message, Destinations* destinations);
  void NoteCellChange(TopicId topic);
  void Emit(EventKind event, const Destinations& destinations, std::string_view payload);
  void EmitMessage(std::string_view raw);
  void Deliver(const MessageView& message, const Destinations& destinations, std::string_view raw);
  void NoteDropped(Page& page);
  void Complain(ErrorCode code, std::string_view detail, std::string_view type,
                std::string_view reason);
  void ComplainOfMessage(std::string_view type, std::string_view reason);
  // The text of a string member; "" when it is none.
  std::string_view StringOf(const MessageView& message, const JsonEntry* entry,
                            std::string* scratch) const;

  std::size_t max_frame_bytes_;
  TopicTable& topics_;
  CellStore& store_;
  PageSet& pages_;
  Counters& counters_;
  BillService bills_;
  JsonScanner scanner_;
  std::string_view frame_;
  std::string type_scratch_;
  std::string topic_scratch_;
  std::string element_;  // an element of `batched_updates` in the form of a message
  std::vector<Reply> replies_;
};

}  // namespace civic
