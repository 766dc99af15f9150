#include "civic/wire/stream_encoder.h"

#include <cstdint>

#include "civic/wire/json_writer.h"

namespace civic {

namespace {

void Begin(JsonWriter* json, std::string_view type, std::string_view message_id) {
  json->Begin('{');
  json->Text("type", type);
  json->Text("messageId", message_id);
}

}  // namespace

std::string EncodeHello(const HelloFields& fields) {
  JsonWriter json;
  Begin(&json, "hello", fields.message_id);
  json.Begin("data", '{');
  json.Text("client", fields.client);
  if (!fields.token.empty()) {
    json.Text("token", fields.token);
  }
  if (fields.offers_deflate) {
    json.Raw("compression", R"(["deflate-raw"])");
  }
  json.End('}');
  json.End('}');
  return json.Take();
}

std::string EncodeSubscribeStreams(std::span<const StreamRequest> streams,
                                   std::string_view message_id) {
  JsonWriter json;
  Begin(&json, "subscribe", message_id);
  json.Begin("topics", '[');
  for (const StreamRequest& stream : streams) {
    json.Begin('{');
    json.Text("topic", stream.topic);
    if (stream.since != nullptr) {
      json.Begin("since", '{');
      json.Text("epoch", stream.since->epoch);
      json.Integer("seq", static_cast<std::int64_t>(stream.since->seq));
      json.End('}');
    }
    if (!stream.filters_json.empty()) {
      json.Raw("filters", stream.filters_json);
    }
    json.End('}');
  }
  json.End(']');
  json.End('}');
  return json.Take();
}

std::string EncodeUnsubscribeStreams(std::span<const std::string> topics,
                                     std::string_view message_id) {
  JsonWriter json;
  Begin(&json, "unsubscribe", message_id);
  json.Begin("topics", '[');
  for (const std::string& topic : topics) {
    json.Text(topic);
  }
  json.End(']');
  json.End('}');
  return json.Take();
}

}  // namespace civic
