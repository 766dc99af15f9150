#include "topic_catalog.h"

#include <utility>

namespace civic::simulation {
namespace {

// docs/architecture.md, "Cells".
constexpr int kUpdatesCell = 1;
constexpr int kCommentsCell = 3;
constexpr int kActivityCell = 7;

}  // namespace

TopicCatalog::TopicCatalog(int bills) {
  for (int bill = 1; bill <= bills; ++bill) {
    Add({"bill:" + std::to_string(bill), StreamForm::kBill, bill}, kUpdatesCell);
  }
  Add({"discussion:901", StreamForm::kDiscussion, 901}, kCommentsCell);
  // State of a discussion goes to the first of its topics that is open, so this one has no cell.
  topics_.push_back({"community:901", topics_.back().stream, 0, 0});
  Add({"expert:updates", StreamForm::kExperts}, kActivityCell);
  topics_.push_back({"expert:1", topics_.back().stream, 1, 0});
  Add({"moderation:events", StreamForm::kModeration}, kActivityCell);
  Add({"user_notifications", StreamForm::kNotifications}, 0);
  Add({"weather", StreamForm::kUnknown}, 0);
  topics_.push_back({"*", TopicShape::kEveryStream, 0, 0});
}

int TopicCatalog::StreamOf(std::string_view topic) const {
  for (const TopicShape& shape : topics_) {
    if (shape.name == topic) {
      return shape.stream;
    }
  }
  return -1;
}

void TopicCatalog::Add(StreamShape stream, int cell) {
  topics_.push_back({stream.name, static_cast<int>(streams_.size()), 0, cell});
  streams_.push_back(std::move(stream));
}

}  // namespace civic::simulation
