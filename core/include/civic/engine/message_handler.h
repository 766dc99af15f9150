// The way of a frame through the engine: scan, route, store, tell the pages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/announcer.h"
#include "civic/engine/engine_config.h"
#include "civic/engine/page_set.h"
#include "civic/engine/time.h"
#include "civic/routing/stream_sync.h"
#include "civic/routing/topic_table.h"
#include "civic/session/session_types.h"
#include "civic/store/cell_store.h"
#include "civic/store/services.h"
#include "civic/telemetry/counters.h"
#include "civic/wire/json_scanner.h"
#include "civic/wire/message_kind.h"
#include "civic/wire/message_view.h"
#include "civic/wire/reply.h"

namespace civic {

// Allocates nothing per message of a topic once buffers have their size; replies are rare and do.
class MessageHandler {
 public:
  MessageHandler(const EngineConfig& config, TopicTable& topics, StreamSync& streams,
                 CellStore& store, PageSet& pages, Counters& counters)
      : max_frame_bytes_(config.max_frame_bytes),
        topics_(topics),
        streams_(streams),
        store_(store),
        pages_(pages),
        counters_(counters),
        announcer_(topics, pages, counters),
        services_({config.community, config.notifications}, store, counters) {}

  // Takes one frame. Nothing of a frame that is not one valid JSON object takes effect.
  // False for such a frame.
  bool Handle(std::string_view frame, TimeMs now);
  // Counts and reports a frame over the size limit.
  void Refuse(std::size_t frame_bytes);

  // Lets state change that changes by itself.
  void Advance(TimeMs now);
  TimeMs NextDeadline() const { return services_.NextDeadline(); }
  // To be called before a bundle is written.
  void WriteDueCells() { services_.WriteDueCells(); }
  // Of a page. Nothing happens unless somebody has subscribed to notifications.
  void ChangeNotifications(NotificationChange change, std::string_view id);
  void RestoreNotifications(std::string_view json, TimeMs now);
  void NoteOpened(TopicId topic);
  // The topic is about to be released.
  void Forget(TopicId topic) { services_.Forget(topic); }

  // What the server said to the engine, in order; the caller clears it.
  std::vector<Reply>& replies() { return replies_; }
  // Which dialect the frames to come are in.
  void SetDialect(Dialect dialect) { dialect_ = dialect; }
  // A server of dialect v1 took over: what streams promised holds no more.
  void ForgetPositions();
  // A topic's state changed outside of this class.
  void NoteCellChange(TopicId topic, bool is_urgent);

 private:
  static constexpr int kMaxBatchDepth = 4;

  void HandleMessage(std::uint32_t index, int depth, TimeMs now);
  void HandleBatch(const MessageView& message, int depth, TimeMs now);
  // What is known of a message beside what it says.
  struct Origin {
    bool is_element = false;  // of `batched_updates`
    bool is_history = false;  // the server sent it before
    bool is_foreign = false;  // of use to nobody but who receives everything
  };

  void HandleUpdates(const MessageView& message, bool is_foreign, TimeMs now);
  void HandleService(const MessageView& message, const MessageTraits& traits, Origin origin,
                     std::string_view raw, TimeMs now);
  // To whoever receives the topic that is named, or everything.
  void DeliverOnly(const MessageView& message, bool is_foreign, TimeMs now);
  void Deliver(const MessageView& message, const Destinations& destinations, std::string_view raw,
               TimeMs now);

  struct Ids {
    std::optional<BillId> bill;
    std::optional<BillId> discussion;
    std::optional<BillId> expert;
  };

  void AddDerivedTopics(TopicRule rule, const Ids& ids, Destinations* destinations) const;
  void AddNamedTopic(const MessageView& message, Destinations* destinations);
  void NoteEvictions();

  // Dialect v2, in stream_handler.cc. Whether the message is to be taken; `is_foreign`: by nobody
  // but who receives everything.
  bool IsNext(const MessageView& message, std::string_view type, bool* is_foreign, TimeMs now);
  void HandleStream(const MessageView& message, MessageKind kind, TimeMs now);
  void HandleSubscribed(const MessageView& message, TimeMs now);
  void HandleGap(const MessageView& message, TimeMs now);
  void ComparePositions(const MessageView& message, TimeMs now);
  void TellHole(std::uint32_t stream, const ClosedHole& hole);
  void TellGuarantee(std::uint32_t stream);

  std::size_t max_frame_bytes_;
  TopicTable& topics_;
  StreamSync& streams_;
  CellStore& store_;
  PageSet& pages_;
  Counters& counters_;
  Announcer announcer_;
  Services services_;
  JsonScanner scanner_;
  Dialect dialect_ = Dialect::kV1;
  std::string_view frame_;
  std::string type_scratch_;
  std::string topic_scratch_;
  std::string element_;  // an element of `batched_updates` in the form of a message
  Services::Changes changes_;
  std::vector<Reply> replies_;
};

}  // namespace civic
