// What a subscription lets through: every named field equals its value, or one of its values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "civic/wire/message_view.h"

namespace civic {

// A condition is met by the message, its `update`, its `data`, the update's `data`, or its
// `metrics`:
// {"type":"amendment"} lets amendments through although the message's own type is another. Scalars
// are compared by their text, so that 5 equals "5", as ids occur in both forms.
class Filter {
 public:
  Filter() = default;

  // `json` is an object of scalars and arrays of scalars. On anything else returns what is wrong as
  // a sentence; "" when all is well. An empty text or object lets everything through.
  std::string Parse(std::string_view json);

  bool empty() const { return conditions_.empty(); }
  bool Accepts(const MessageView& message) const;
  // The filter as the server gets it, a JSON object; "" when empty. Equal filters have equal texts.
  const std::string& json() const { return json_; }

  // For recordings: everything that decides what comes next. See recording/state_writer.h.
  // Not recorded: conditions_ (of its JSON).
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("filter", json_, "");
    if constexpr (Archive::kReads) {
      archive.Check(Parse(std::string(json_)).empty(), "it is no filter");
    }
  }

 private:
  struct Condition {
    std::string field;
    Field known = Field::kUnknown;
    std::vector<std::string> values;  // decoded texts
  };

  // The last member of that name in `place` has one of the values.
  static bool IsMet(const Condition& condition, const MessageView& message, const JsonEntry& place);

  std::vector<Condition> conditions_;
  std::string json_;
};

}  // namespace civic
