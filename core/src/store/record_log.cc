#include "civic/store/record_log.h"

#include <algorithm>
#include <cstring>

namespace civic {
namespace {

constexpr std::size_t kSmallestCapacity = 2048;

}  // namespace

RecordLog::RecordLog(std::uint32_t record_limit, std::size_t byte_limit)
    : byte_limit_(byte_limit), record_limit_(record_limit) {}

char* RecordLog::Reserve(std::size_t size) {
  const std::size_t needed = size + 1;  // the separator in front of it
  if (needed > byte_limit_) {
    return nullptr;
  }
  if (starts_.empty()) {
    starts_.resize(record_limit_);
  }
  while (size_ == record_limit_ || (size_ > 0 && end_ - begin_ + needed > byte_limit_)) {
    DropOldest();
  }
  if (end_ + needed > bytes_.size()) {
    const std::size_t live = end_ - begin_;
    // Moving the live bytes to the front pays for itself only if it frees at least as much as it
    // moves.
    if (2 * live + needed > bytes_.size()) {
      std::vector<char> grown(std::max(kSmallestCapacity, 2 * (live + needed)));
      if (live > 0) {
        std::memcpy(grown.data(), bytes_.data() + begin_, live);
      }
      bytes_.swap(grown);
    } else {
      std::memmove(bytes_.data(), bytes_.data() + begin_, live);
    }
    for (std::uint64_t record = total_ - size_; record < total_; ++record) {
      StartOf(record) -= begin_;
    }
    end_ = live;
    begin_ = 0;
  }
  return bytes_.data() + end_ + (size_ > 0 ? 1 : 0);
}

void RecordLog::Commit(std::size_t size) {
  if (size_ > 0) {
    bytes_[end_++] = ',';
  }
  StartOf(total_) = end_;
  end_ += size;
  ++size_;
  ++total_;
}

bool RecordLog::Holds(std::string_view beginning) const {
  for (std::uint64_t record = total_ - size_; record < total_; ++record) {
    const std::size_t start = StartOf(record);
    if (std::string_view(bytes_.data() + start, end_ - start).starts_with(beginning)) {
      return true;
    }
  }
  return false;
}

std::string_view RecordLog::Newest(std::uint32_t count) const {
  if (count == 0) {
    return {};
  }
  const std::size_t start = StartOf(total_ - count);
  return {bytes_.data() + start, end_ - start};
}

void RecordLog::Clear() {
  // `bytes_ = {}` would empty it and keep its memory.
  bytes_ = std::vector<char>();
  starts_ = std::vector<std::size_t>();
  begin_ = 0;
  end_ = 0;
  size_ = 0;
}

void RecordLog::DropOldest() {
  --size_;
  if (size_ == 0) {
    begin_ = 0;
    end_ = 0;
  } else {
    begin_ = StartOf(total_ - size_);
  }
}

}  // namespace civic
