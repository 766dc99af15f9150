#include "civic/wire/encoder.h"

#include "civic/wire/json_writer.h"

namespace civic {
namespace {
constexpr std::string_view kBillPrefix = "bill:";

// What a subscription's messages begin with.
JsonWriter SubscriptionMessage(std::string_view type, const SubscribeFields& fields) {
  JsonWriter json;
  json.Begin('{');
  json.Text("type", type);
  json.Text("topic", fields.topic);
  json.Text("subscriptionId", fields.subscription_id);
  json.Text("messageId", fields.message_id);
  if (fields.topic.starts_with(kBillPrefix)) {
    json.Begin("data", '{');
    // A number where the id is one, as deployed servers compare numbers.
    json.Id("bill_id", fields.topic.substr(kBillPrefix.size()));
    json.End('}');
  }
  return json;
}

}  // namespace

std::string EncodeSubscribe(const SubscribeFields& fields) {
  JsonWriter json = SubscriptionMessage("subscribe", fields);
  if (!fields.filters_json.empty()) {
    json.Raw("filters", fields.filters_json);
  }
  json.End('}');
  return json.Take();
}

std::string EncodeUnsubscribe(const SubscribeFields& fields) {
  JsonWriter json = SubscriptionMessage("unsubscribe", fields);
  json.End('}');
  return json.Take();
}

std::string EncodePing(std::string_view message_id, TimeMs now) {
  JsonWriter json;
  json.Begin('{');
  json.Text("type", "ping");
  json.Text("messageId", message_id);
  json.Time("timestamp", now);
  json.End('}');
  return json.Take();
}

std::string EncodePong(std::string_view message_id, TimeMs now) {
  JsonWriter json;
  json.Begin('{');
  json.Text("type", "pong");
  json.Time("timestamp", now);
  if (!message_id.empty()) {
    json.Text("messageId", message_id);
  }
  json.End('}');
  return json.Take();
}

std::string EncodeAuth(std::string_view token, std::string_view message_id) {
  JsonWriter json;
  json.Begin('{');
  json.Text("type", "auth");
  json.Begin("data", '{');
  json.Text("token", token);
  json.End('}');
  json.Text("messageId", message_id);
  json.End('}');
  return json.Take();
}

std::string EncodeTyping(std::string_view type, std::string_view bill, std::string_view parent,
                         TimeMs now) {
  JsonWriter json;
  json.Begin('{');
  json.Text("type", type);
  json.Begin("data", '{');
  json.Id("billId", bill);
  if (!parent.empty()) {
    json.Id("parentId", parent);
  }
  json.Time("timestamp", now);
  json.End('}');
  json.End('}');
  return json.Take();
}

std::string EncodeBatch(std::span<const std::string> messages, std::string_view message_id,
                        TimeMs now) {
  JsonWriter json;
  json.Begin('{');
  json.Text("type", "batch");
  json.Begin("messages", '[');
  for (const std::string& message : messages) {
    json.Raw(message);
  }
  json.End(']');
  json.Text("messageId", message_id);
  json.Time("timestamp", now);
  json.End('}');
  return json.Take();
}

}  // namespace civic
