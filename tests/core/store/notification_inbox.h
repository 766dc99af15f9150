// A notification table that messages are sent to as text and that is read as values.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "civic/store/notification_table.h"
#include "civic/wire/json_scanner.h"

namespace civic {

class Inbox {
 public:
  using Json = nlohmann::json;
  using Result = NotificationTable::Result;

  explicit Inbox(const NotificationLimits& limits = {}) : table(limits) {}

  NotificationTable::Outcome Send(std::string_view text, TimeMs now = 1000) {
    const MessageView message = Scan(text);
    EXPECT_EQ(NotificationTable::FindFault(message, MessageKind::kNotification), "") << text;
    return table.Apply(message, now, ++arrival);
  }

  // A notification that is shown as its id.
  NotificationTable::Outcome SendId(std::string_view id, std::string_view more = "") {
    return Send(Minimal(id, more));
  }

  static std::string Minimal(std::string_view id, std::string_view more = "") {
    std::string text = R"({"type":"notification","id":")";
    text += id;
    text += R"(","title":")";
    text += id;
    text += '"';
    text += more;
    return text + "}";
  }

  std::string Fault(std::string_view text, MessageKind kind = MessageKind::kNotification) {
    return std::string(NotificationTable::FindFault(Scan(text), kind));
  }

  std::uint32_t SendChange(std::string_view text, MessageKind kind) {
    const MessageView message = Scan(text);
    EXPECT_EQ(NotificationTable::FindFault(message, kind), "") << text;
    return table.ApplyChange(message, kind);
  }

  NotificationTable::Restored Restore(std::string_view json, TimeMs now = 1000) {
    return table.Restore(json, now, &arrival);
  }

  std::string ListText() const {
    std::string text;
    table.WriteList(&text);
    return text;
  }

  Json List() const { return Parsed(ListText()); }

  std::vector<std::string> Ids() const {
    std::vector<std::string> ids;
    for (const Json& notification : List()) {
      ids.push_back(notification["id"].get<std::string>());
    }
    return ids;
  }

  Json Counts() const {
    std::string text;
    table.WriteCounts(&text);
    return Parsed(text);
  }

  Json Record(std::string_view id) const {
    std::string text;
    return table.WriteRecord(id, &text) ? Parsed(text) : Json();
  }

  Json LastRecord() const { return Parsed(table.record()); }

  static Json Parsed(std::string_view text) {
    Json value = Json::parse(text.data(), text.data() + text.size(), nullptr, false);
    EXPECT_FALSE(value.is_discarded()) << text;
    return value;
  }

  NotificationTable table;
  double arrival = 0;

 private:
  MessageView Scan(std::string_view text) {
    text_ = text;
    EXPECT_TRUE(scanner_.Scan(text_).ok()) << text;
    return MessageView(text_, scanner_.entries(), 0);
  }

  std::string text_;
  JsonScanner scanner_;
};

}  // namespace civic
