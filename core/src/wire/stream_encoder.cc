#include "civic/wire/stream_encoder.h"

#include "civic/wire/json.h"

namespace civic {

std::string EncodeHello(const HelloFields& fields) {
  Json data = {{"client", fields.client}};
  if (!fields.token.empty()) {
    data["token"] = fields.token;
  }
  if (fields.offers_deflate) {
    data["compression"] = Json::array({"deflate-raw"});
  }
  return PrintJson({{"type", "hello"}, {"messageId", fields.message_id}, {"data", data}});
}

std::string EncodeSubscribeStreams(std::span<const StreamRequest> streams,
                                   std::string_view message_id) {
  Json topics = Json::array();
  for (const StreamRequest& stream : streams) {
    Json topic = {{"topic", stream.topic}};
    if (stream.since != nullptr) {
      topic["since"] = {{"epoch", stream.since->epoch}, {"seq", stream.since->seq}};
    }
    if (!stream.filters_json.empty()) {
      topic["filters"] = ParseJson(stream.filters_json);
    }
    topics.push_back(topic);
  }
  return PrintJson({{"type", "subscribe"}, {"messageId", message_id}, {"topics", topics}});
}

std::string EncodeUnsubscribeStreams(std::span<const std::string> topics,
                                     std::string_view message_id) {
  Json names = Json::array();
  for (const std::string& topic : topics) {
    names.push_back(topic);
  }
  return PrintJson({{"type", "unsubscribe"}, {"messageId", message_id}, {"topics", names}});
}

}  // namespace civic
