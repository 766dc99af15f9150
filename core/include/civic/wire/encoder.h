// What the engine itself says to the server, in dialect v1. Cold path.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "civic/engine/time.h"

namespace civic {

struct SubscribeFields {
  std::string_view topic;
  std::string_view subscription_id;
  std::string_view message_id;
  std::string_view filters_json;  // an object, or empty
};

// Topics of bills also carry `data.bill_id`, which deployed servers require.
std::string EncodeSubscribe(const SubscribeFields& fields);
std::string EncodeUnsubscribe(const SubscribeFields& fields);
std::string EncodePing(std::string_view message_id, TimeMs now);
std::string EncodeAuth(std::string_view token, std::string_view message_id);
// The answer to a server that pings us.
std::string EncodePong(std::string_view message_id, TimeMs now);

// `type` is typing_start or typing_stop; `parent` is "" for the discussion itself.
std::string EncodeTyping(std::string_view type, std::string_view bill, std::string_view parent,
                         TimeMs now);
// `messages` are JSON objects.
std::string EncodeBatch(std::span<const std::string> messages, std::string_view message_id,
                        TimeMs now);

}  // namespace civic
