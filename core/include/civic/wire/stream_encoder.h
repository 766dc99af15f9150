// What the engine itself says to a server of dialect v2. Cold path.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "civic/wire/position.h"

namespace civic {

struct HelloFields {
  std::string_view message_id;
  std::string_view client;
  std::string_view token;  // "" when it went with the handshake, or there is none
  bool offers_deflate = false;
};

struct StreamRequest {
  std::string_view topic;
  const Position* since = nullptr;
  std::string_view filters_json;  // an object, or empty
};

std::string EncodeHello(const HelloFields& fields);
std::string EncodeSubscribeStreams(std::span<const StreamRequest> streams,
                                   std::string_view message_id);
std::string EncodeUnsubscribeStreams(std::span<const std::string> topics,
                                     std::string_view message_id);

}  // namespace civic
