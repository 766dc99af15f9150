// Random messages against an oracle that builds the canonical records of docs/architecture.md as
// values.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "store/bill_message.h"
#include "store/bill_records_fixture.h"

namespace civic {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 7> kEnvelope = {
    "type", "topic", "bill_id", "timestamp", "message_id", "seq", "epoch"};

bool IsEnvelope(const std::string& name) {
  return std::find(kEnvelope.begin(), kEnvelope.end(), Node::Snake(name)) != kEnvelope.end();
}

bool IsText(const Node* node) { return node != nullptr && node->Value().is_string(); }

Json TimeOf(const Node* first, const Node* second) {
  for (const Node* node : {first, second}) {
    if (node != nullptr && (node->Value().is_string() || node->Value().is_number())) {
      return node->Value();
    }
  }
  return static_cast<std::int64_t>(std::floor(kArrival));
}

// A number where the identifier is one that JavaScript holds exactly.
Json IdOf(const Node& message) {
  const Json id = message.Find("bill_id")->Value();
  if (id.is_number()) {
    return static_cast<std::int64_t>(id.get<double>());
  }
  const std::string text = id.get<std::string>();
  const bool is_number = text == "7" || text == "-3" || text == "123456";
  return is_number ? Json(std::stoll(text)) : Json(text);
}

Json ExpectedUpdate(const Node& message, bool is_element) {
  const Node* update = message.Find("update");
  const bool is_nested = update != nullptr && update->is_object;
  const Node* content = is_nested ? update->Find("data") : message.Find("data");
  Json data = {{"billId", IdOf(message)}};
  for (const Node* level : {&message, is_nested ? update : nullptr}) {
    for (std::size_t i = 0; level != nullptr && i < level->members.size(); ++i) {
      const auto& [name, value] = level->members[i];
      const std::string snake = Node::Snake(name);
      if (!IsEnvelope(name) && snake != "update" && snake != "update_type" && snake != "data") {
        data[name] = value.Value();
      }
    }
  }
  if (content != nullptr && content->is_object) {
    data.update(content->Value());
  } else if (content != nullptr && !content->Value().is_null()) {
    data["value"] = content->Value();
  }

  const Node* type =
      is_nested ? update->Find("type") : message.Find(is_element ? "type" : "update_type");
  if (!is_nested && !IsText(type) && content != nullptr && content->is_object) {
    type =
        IsText(content->Find("update_type")) ? content->Find("update_type") : content->Find("type");
  }
  return {{"type", IsText(type) ? type->Value() : Json("update")},
          {"data", data},
          {"timestamp",
           TimeOf(is_nested ? update->Find("timestamp") : nullptr, message.Find("timestamp"))}};
}

struct Count {
  std::string_view snake;
  const char* camel;
};

constexpr std::array<Count, 4> kCounts = {{{"view_count", "viewCount"},
                                           {"save_count", "saveCount"},
                                           {"comment_count", "commentCount"},
                                           {"share_count", "shareCount"}}};

// Null when the count is none.
Json CountOf(const Node& counts, const Count& count) {
  const Node* node = counts.Find(count.snake);
  const Json value = node == nullptr ? Json() : node->Value();
  if (value.is_number()) {
    return value;
  }
  const bool is_digits = value == "18";  // the generator's only canonical digits in quotes
  return is_digits ? Json(18) : Json();
}

const Node* CountsOf(const Node& message) {
  for (const Node* place : {message.Find("metrics"), message.Find("data"), &message}) {
    if (place != nullptr && place->is_object &&
        std::any_of(kCounts.begin(), kCounts.end(),
                    [&](const Count& count) { return !CountOf(*place, count).is_null(); })) {
      return place;
    }
  }
  return nullptr;
}

Json ExpectedEngagement(const Node& message, const Json& previous) {
  const Node& counts = *CountsOf(message);
  Json record = {{"bill_id", IdOf(message)}};
  for (const Count& count : kCounts) {
    const Json value = CountOf(counts, count);
    record[count.camel] = !value.is_null()     ? value
                          : previous.is_null() ? Json(0)
                                               : previous[count.camel];
  }
  for (const auto& [name, value] : counts.members) {
    const std::string snake = Node::Snake(name);
    if (snake == "expert_engagement") {
      record["expertEngagement"] = value.Value();
    } else if (snake == "community_sentiment") {
      record["communitySentiment"] = value.Value();
    } else if (snake == "controversy_level") {
      record["controversyLevel"] = value.Value();
    } else if (!IsEnvelope(name) && !snake.ends_with("_count") && snake != "metrics" &&
               snake != "data") {
      record[name] = value.Value();
    }
  }
  record["timestamp"] = TimeOf(counts.Find("timestamp"), message.Find("timestamp"));
  return record;
}

Json Parsed(const std::string& text) {
  return Json::parse(text.data(), text.data() + text.size(), nullptr, false);
}

TEST(BillRecordsProperty, UpdatesAgreeWithTheOracle) {
  BillMessageGenerator generator(11);
  RecordFixture records;
  for (int i = 0; i < 10'000; ++i) {
    const bool is_element = generator.Chance(3);
    const Node message = generator.Update(is_element);
    std::string text = message.Text(generator.Space());
    if (is_element) {
      text = R"({"type":"batched_updates","updates":[)" + text + "]}";
    }
    const Json record = Parsed(records.Update(text, is_element));
    ASSERT_EQ(record, ExpectedUpdate(message, is_element)) << text;
  }
}

TEST(BillRecordsProperty, EngagementAgreesWithTheOracle) {
  BillMessageGenerator generator(12);
  RecordFixture records;
  std::string previous_text;
  Json previous;
  for (int i = 0; i < 10'000; ++i) {
    if (generator.Chance(10)) {
      previous_text.clear();
      previous = {};
    }
    const Node message = generator.Engagement();
    const std::string text = message.Text(generator.Space());
    const std::string record = records.Engagement(text, previous_text);
    if (CountsOf(message) == nullptr) {
      ASSERT_EQ(record, "no counts") << text;
      continue;
    }
    ASSERT_EQ(Parsed(record), ExpectedEngagement(message, previous)) << text << previous_text;
    previous_text = record;
    previous = Parsed(record);
  }
}

}  // namespace
}  // namespace civic
