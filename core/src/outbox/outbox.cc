#include "civic/outbox/outbox.h"

#include <utility>

namespace civic {

ErrorCode Outbox::Keep(PageId page, std::uint32_t command, std::string_view message) {
  if (waiting_.size() >= limits_.messages || bytes_ + message.size() > limits_.bytes) {
    return ErrorCode::kOutboxFull;
  }
  waiting_.push_back({page, command, std::string(message)});
  bytes_ += message.size();
  return ErrorCode::kOk;
}

std::deque<Outbox::Waiting> Outbox::TakeAll() {
  bytes_ = 0;
  return std::exchange(waiting_, {});
}

void Outbox::RemovePage(PageId page) {
  std::erase_if(waiting_, [&](const Waiting& waiting) {
    if (waiting.page != page) {
      return false;
    }
    bytes_ -= waiting.message.size();
    return true;
  });
}

}  // namespace civic
