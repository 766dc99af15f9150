// Everything an engine can be told when it is made, and the JSON it is told in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "civic/engine/time.h"
#include "civic/outbox/batcher.h"
#include "civic/recording/recording_config.h"
#include "civic/session/session_config.h"
#include "civic/store/cell_store.h"
#include "civic/store/community_service.h"
#include "civic/store/notification_table.h"

namespace civic {

struct EngineConfig {
  SessionConfig session;
  StoreLimits store;
  CommunityLimits community;
  NotificationLimits notifications;
  DurationMs linger_ms = 2000;                // after the last unsubscribe of a topic
  std::size_t max_message_bytes = 1U << 20U;  // outgoing
  std::size_t max_frame_bytes = 16U << 20U;   // incoming
  BatchingConfig batching;
  std::size_t outbox_messages = 256;          // that wait for a connection
  std::size_t outbox_bytes = 1U << 20U;       // of those
  std::size_t event_queue_bytes = 8U << 20U;  // that wait for a page
  bool deflates = false;                      // the host can deflate and inflate frames
  RecordingConfig recording;
  std::string json;  // what it was read from; a recording holds it
};

// What is wrong with a configuration: the field, the value given, and what is allowed.
struct ConfigProblem {
  std::string field;
  std::string value;
  std::string allowed;

  bool empty() const { return field.empty(); }
};

// Reads a JSON object; fields that are missing keep their defaults, unknown fields are a problem.
// `config` is meaningful only if there is no problem.
ConfigProblem ReadEngineConfig(std::string_view json, EngineConfig* config);

}  // namespace civic
