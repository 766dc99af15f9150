// What discussions, experts and moderation do with their messages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/time.h"
#include "civic/store/cell_store.h"
#include "civic/store/service_outcome.h"
#include "civic/store/typing_table.h"
#include "civic/telemetry/counters.h"
#include "civic/wire/message_kind.h"
#include "civic/wire/message_view.h"

namespace civic {

struct CommunityLimits {
  DurationMs typing_timeout_ms = 3000;  // after which whoever types says so again
  bool has_presence = true;             // whether presence is kept
};

// Owns who is typing; everything else is in the cells of the topics.
class CommunityService {
 public:
  CommunityService(const CommunityLimits& limits, CellStore& store, Counters& counters);

  static bool Handles(MessageKind kind);
  // Where messages of this kind are kept; not for typing.
  static CellKind CellOf(MessageKind kind);

  // Takes a message without fault into the topic's state. `arrival` numbers what is kept. With
  // `topic` kNoTopic only the record is made.
  ServiceOutcome Apply(const MessageView& message, MessageKind kind, TopicId topic, TimeMs now,
                       double arrival);

  // Takes out whoever stopped typing without saying so; the caller clears what was appended.
  void Advance(TimeMs now, std::vector<TypingTable::Ended>* ended);
  TimeMs NextDeadline() const { return typing_.NextDeadline(); }

  // Writes what is written only when somebody is about to read it.
  void WriteDueCells();
  // The topic's cells were emptied to save memory; who is typing there is still known.
  void NoteEvicted(TopicId topic);
  void Forget(TopicId topic);

 private:
  void NoteTyping(TopicId topic);
  ServiceOutcome ApplyTyping(const MessageView& message, TopicId topic, TimeMs now);
  ServiceOutcome Keep(TopicId topic, CellKind cell, std::string_view record);
  std::string_view RecordOf(const MessageView& message, MessageKind kind, TimeMs now,
                            double arrival);

  CommunityLimits limits_;
  CellStore& store_;
  Counters& counters_;
  TypingTable typing_;
  std::vector<TopicId> due_;  // whose typing cell is older than what is known
  std::string record_;        // keeps its memory from message to message
  std::string typing_text_;
};

}  // namespace civic
