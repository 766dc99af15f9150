// Random messages about bills, kept as a tree, so that what they mean can be said without parsing
// them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "civic/engine/random.h"

namespace civic {

// An object with its members in order, repeated ones too, or any other value as text.
struct Node {
  using Json = nlohmann::json;

  bool is_object = false;
  std::string text;
  std::vector<std::pair<std::string, Node>> members;

  std::string Text(std::string_view space) const {
    if (!is_object) {
      return text;
    }
    std::string out = "{";
    for (const auto& [name, value] : members) {
      out += out.size() > 1 ? "," : "";
      out += std::string(space) + "\"" + name + "\":" + std::string(space) + value.Text(space);
    }
    return out + std::string(space) + "}";
  }

  // As JavaScript would see it: of members with the same name the last.
  Json Value() const {
    if (!is_object) {
      return Json::parse(text.data(), text.data() + text.size(), nullptr, false);
    }
    Json value = Json::object();
    for (const auto& [name, member] : members) {
      value[name] = member.Value();
    }
    return value;
  }

  // The last member that means this field, in either spelling.
  const Node* Find(std::string_view snake) const {
    const Node* found = nullptr;
    for (const auto& [name, value] : members) {
      if (Snake(name) == snake) {
        found = &value;
      }
    }
    return found;
  }

  static std::string Snake(std::string_view name) {
    std::string snake;
    for (const char letter : name) {
      if (letter >= 'A' && letter <= 'Z') {
        snake += '_';
        snake += static_cast<char>(letter - 'A' + 'a');
      } else {
        snake += letter;
      }
    }
    return snake;
  }
};

class BillMessageGenerator {
 public:
  explicit BillMessageGenerator(std::uint64_t seed) : random_(seed) {}

  Node Update(bool is_element) {
    Node message = Object();
    if (!is_element) {
      Add(message, "type", Scalar("\"bill_update\""));
    } else if (!Chance(4)) {
      Add(message, Spelled("type"), Type());
    }
    Add(message, Spelled("bill_id"), Id());
    Sprinkle(message);
    if (Chance(2)) {
      Node update = Object();
      FillUpdate(update, "type");
      Add(message, "update", update);
    }
    FillUpdate(message, "update_type");
    if (Chance(3)) {
      Add(message, Spelled("bill_id"), Id());
    }
    return message;
  }

  Node Engagement() {
    Node message = Object();
    Add(message, "type", Scalar("\"engagement_metrics\""));
    Add(message, Spelled("bill_id"), Id());
    Sprinkle(message);
    for (const char* place : {"metrics", "data"}) {
      if (Chance(2)) {
        Node counts = Object();
        FillCounts(counts);
        Add(message, place, Chance(8) ? Anything(1) : counts);
      }
    }
    FillCounts(message);
    return message;
  }

  std::string_view Space() { return Chance(3) ? " \n\t" : ""; }
  std::size_t Below(std::size_t limit) { return static_cast<std::size_t>(random_.Next() % limit); }
  bool Chance(std::size_t one_in) { return Below(one_in) == 0; }

 private:
  static Node Object() { return {true, "", {}}; }
  static Node Scalar(std::string text) { return {false, std::move(text), {}}; }
  static void Add(Node& object, const std::string& name, Node value) {
    object.members.emplace_back(name, std::move(value));
  }

  template <std::size_t kSize>
  std::string Pick(const char* const (&choices)[kSize]) {
    return choices[Below(kSize)];
  }

  std::string Spelled(std::string_view snake) {
    const bool is_camel = Chance(2);
    std::string name;
    for (std::size_t i = 0; i < snake.size(); ++i) {
      if (is_camel && snake[i] == '_') {
        name += static_cast<char>(snake[++i] - 'a' + 'A');
      } else {
        name += snake[i];
      }
    }
    return name;
  }

  Node Id() {
    return Scalar(Pick({"7", "\"7\"", "70e-1", "123456", "\"hr-117\"", "\"caf\\u00e9\"", "-3",
                        "\"0012\"", "9007199254740992", "\"9007199254740993\"", "\"a\\\"b\""}));
  }

  Node Type() {
    return Chance(6)
               ? Anything(0)
               : Scalar(Pick({"\"status_change\"", "\"amendment\"", "\"new\\u005fcomment\"",
                              "\"é\"", "\"a rather long type, longer than the glue around it\""}));
  }

  Node Time() {
    return Chance(4) ? Anything(1)
                     : Scalar(Pick({"1700000000000", "\"2026-01-01T00:00:00Z\"", "12.5", "null"}));
  }

  Node Anything(int levels) {
    const std::size_t choice = Below(levels > 0 ? 10 : 8);
    if (choice >= 8) {
      Node object = Object();
      for (std::size_t count = Below(4); count > 0; --count) {
        Add(object, Name(), Anything(levels - 1));
      }
      return object;
    }
    return Scalar(Pick({"null", "true", "12", "-0.5e3", "\"\"", "\"text \\\" \\\\ \\n\"", "[]",
                        "[1, {\"type\":\"x\",\"bill_id\":2}, [\"}\"]]",
                        "\"日本語 and a longer text that goes on for a while\""}));
  }

  std::string Name() {
    return Pick({"x", "y", "oldStatus", "user_id", "userId", "priority", "title", "value",
                 "__proto__", "billId", "é", "name with space", "comment_id", "reason", "limits"});
  }

  void Sprinkle(Node& object) {
    for (std::size_t count = Below(4); count > 0; --count) {
      Add(object, Name() == "billId" ? "z" : NameOutside(), Anything(2));
    }
    for (const char* name : {"topic", "message_id", "seq", "epoch"}) {
      if (Chance(6)) {
        Add(object, Spelled(name), Scalar("\"envelope\""));
      }
    }
  }

  // A name that does not change what the message is about.
  std::string NameOutside() {
    std::string name = Name();
    return name == "billId" ? "q" : name;
  }

  void FillUpdate(Node& object, std::string_view type_name) {
    if (Chance(2)) {
      Add(object, Spelled(type_name), Type());
    }
    for (std::size_t times = 1 + Below(2); times > 0; --times) {
      Node data = Object();
      for (std::size_t count = Below(5); count > 0; --count) {
        Add(data, Chance(5) ? Spelled(Chance(2) ? "update_type" : "type") : Name(), Anything(2));
      }
      Add(object, "data", Chance(4) ? Anything(0) : data);
    }
    Sprinkle(object);
    if (Chance(2)) {
      Add(object, Spelled("timestamp"), Time());
    }
  }

  void FillCounts(Node& object) {
    for (const char* name : {"view_count", "save_count", "comment_count", "share_count",
                             "expert_engagement", "community_sentiment", "controversy_level"}) {
      for (std::size_t times = Below(3); times > 0; --times) {
        Add(object, Spelled(name),
            Chance(4) ? Anything(1)
                      : Scalar(Pick({"0", "17", "\"18\"", "1e3", "\"1e3\"", "-1", "\"007\"",
                                     "123456789012345678901234567890"})));
      }
    }
    Sprinkle(object);
    if (Chance(2)) {
      Add(object, "timestamp", Time());
    }
  }

  Random random_;
};

}  // namespace civic
