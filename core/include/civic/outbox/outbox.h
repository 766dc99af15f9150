// Messages of the pages on their way to the server.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/error_code.h"
#include "civic/routing/page_id.h"

namespace civic {

struct OutboxLimits {
  std::size_t messages = 256;
  std::size_t bytes = 1U << 20U;
};

// Keeps messages while there is no connection, bounded by count and bytes; the newest is refused
// when it is full. Every message taken is either handed out for sending or settled with an error:
// none is dropped in silence.
class Outbox {
 public:
  struct Waiting {
    PageId page = 0;
    std::uint32_t command = 0;
    std::string message;
  };

  explicit Outbox(const OutboxLimits& limits) : limits_(limits) {}

  // kOk: kept. kOutboxFull: refused.
  ErrorCode Keep(PageId page, std::uint32_t command, std::string_view message);
  // Everything kept, in order; the outbox is empty afterwards.
  std::deque<Waiting> TakeAll();
  // Forgets what a page that is gone had in here; there is nobody to tell.
  void RemovePage(PageId page);
  std::size_t size() const { return waiting_.size(); }

 private:
  OutboxLimits limits_;
  std::deque<Waiting> waiting_;
  std::size_t bytes_ = 0;
};

}  // namespace civic
