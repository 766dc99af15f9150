// The way of a frame through the engine: scan, route, store, tell the pages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/announcer.h"
#include "civic/engine/page_set.h"
#include "civic/engine/time.h"
#include "civic/routing/topic_table.h"
#include "civic/store/bill_service.h"
#include "civic/store/cell_store.h"
#include "civic/telemetry/counters.h"
#include "civic/wire/json_scanner.h"
#include "civic/wire/message_kind.h"
#include "civic/wire/message_view.h"
#include "civic/wire/reply.h"

namespace civic {

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
        announcer_(topics, pages, counters),
        bills_(store, counters) {}

  // Takes one frame. Nothing of a frame that is not one valid JSON object takes effect.
  void Handle(std::string_view frame, TimeMs now);
  // Counts and reports a frame over the size limit.
  void Refuse(std::size_t frame_bytes);

  // What the server said to the engine, in order; the caller clears it.
  std::vector<Reply>& replies() { return replies_; }

 private:
  static constexpr int kMaxBatchDepth = 4;

  void HandleMessage(std::uint32_t index, int depth, TimeMs now);
  void HandleBatch(const MessageView& message, int depth, TimeMs now);
  void HandleUpdates(const MessageView& message, TimeMs now);
  void HandleService(const MessageView& message, const MessageTraits& traits, bool is_element,
                     std::string_view raw, TimeMs now);
  void HandleUnknown(const MessageView& message);

  void AddDerivedTopics(TopicRule rule, std::string_view id, Destinations* destinations) const;
  void AddNamedTopic(const MessageView& message, Destinations* destinations);
  void NoteCellChange(TopicId topic);

  std::size_t max_frame_bytes_;
  TopicTable& topics_;
  CellStore& store_;
  PageSet& pages_;
  Counters& counters_;
  Announcer announcer_;
  BillService bills_;
  JsonScanner scanner_;
  std::string_view frame_;
  std::string type_scratch_;
  std::string topic_scratch_;
  std::string element_;  // an element of `batched_updates` in the form of a message
  std::vector<Reply> replies_;
};

}  // namespace civic
