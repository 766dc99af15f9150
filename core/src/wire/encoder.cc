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
Json BillIdValue(std::string_view id) {
  const std::optional<std::int64_t> number = ReadExactInteger(id);
  return number ? Json(*number) : Json(id);
}

Json SubscriptionMessage(std::string_view type, const SubscribeFields& fields) {
  Json message = {{"type", type},
                  {"topic", fields.topic},
                  {"subscriptionId", fields.subscription_id},
                  {"messageId", fields.message_id}};
  if (fields.topic.starts_with(kBillPrefix)) {
    message["data"] = {{"bill_id", BillIdValue(fields.topic.substr(kBillPrefix.size()))}};
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

}  // namespace civic
