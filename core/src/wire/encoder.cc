#include "civic/wire/encoder.h"

#include <cmath>
#include <cstdint>
#include <optional>

#include "civic/wire/exact_integer.h"
#include "civic/wire/json.h"

namespace civic {
namespace {
constexpr std::string_view kBillPrefix = "bill:";

Json Timestamp(TimeMs now) { return static_cast<std::int64_t>(std::floor(now)); }

// A number where the id is one, as deployed servers compare numbers.
Json IdValue(std::string_view id) {
  const std::optional<std::int64_t> number = ReadExactInteger(id);
  return number ? Json(*number) : Json(id);
}

Json SubscriptionMessage(std::string_view type, const SubscribeFields& fields) {
  Json message = {{"type", type},
                  {"topic", fields.topic},
                  {"subscriptionId", fields.subscription_id},
                  {"messageId", fields.message_id}};
  if (fields.topic.starts_with(kBillPrefix)) {
    message["data"] = {{"bill_id", IdValue(fields.topic.substr(kBillPrefix.size()))}};
  }
  return message;
}

}  // namespace

std::string EncodeSubscribe(const SubscribeFields& fields) {
  Json message = SubscriptionMessage("subscribe", fields);
  if (!fields.filters_json.empty()) {
    message["filters"] = ParseJson(fields.filters_json);
  }
  return PrintJson(message);
}

std::string EncodeUnsubscribe(const SubscribeFields& fields) {
  return PrintJson(SubscriptionMessage("unsubscribe", fields));
}

std::string EncodePing(std::string_view message_id, TimeMs now) {
  return PrintJson({{"type", "ping"}, {"messageId", message_id}, {"timestamp", Timestamp(now)}});
}

std::string EncodePong(std::string_view message_id, TimeMs now) {
  Json message = {{"type", "pong"}, {"timestamp", Timestamp(now)}};
  if (!message_id.empty()) {
    message["messageId"] = message_id;
  }
  return PrintJson(message);
}

std::string EncodeAuth(std::string_view token, std::string_view message_id) {
  return PrintJson({{"type", "auth"}, {"data", {{"token", token}}}, {"messageId", message_id}});
}

std::string EncodeTyping(std::string_view type, std::string_view bill, std::string_view parent,
                         TimeMs now) {
  Json data = {{"billId", IdValue(bill)}};
  if (!parent.empty()) {
    data["parentId"] = IdValue(parent);
  }
  data["timestamp"] = Timestamp(now);
  return PrintJson({{"type", type}, {"data", data}});
}

std::string EncodeBatch(std::span<const std::string> messages, std::string_view message_id,
                        TimeMs now) {
  std::string text = R"({"type":"batch","messages":[)";
  for (const std::string& message : messages) {
    text += &message == &messages.front() ? "" : ",";
    text += message;
  }
  text += R"(],"messageId":)" + PrintJson(Json(message_id)) + R"(,"timestamp":)" +
          PrintJson(Timestamp(now)) + "}";
  return text;
}

}  // namespace civic
