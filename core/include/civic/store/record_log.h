// The newest records of one cell as one run of bytes, separated by commas.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace civic {

// Owns the bytes. Bounded by a count of records and by bytes; the oldest go first. Contiguous, so
// that any number of the newest records is one copy away from a bundle. Appending moves every byte
// at most a constant number of times (amortised) and allocates only while the log grows to its
// working size.
class RecordLog {
 public:
  // `record_limit` >= 1. `byte_limit` bounds one log's live bytes, separators included.
  RecordLog(std::uint32_t record_limit, std::size_t byte_limit);

  // Space for one record of at most `size` bytes, to be written by the caller and then committed.
  // Null when the record is over the byte limit; nothing changes then. The pointer is valid until
  // the next call.
  char* Reserve(std::size_t size);
  // Makes the first `size` bytes of the reserved space the newest record.
  void Commit(std::size_t size);

  // The newest `count` records joined by commas. count <= size().
  std::string_view Newest(std::uint32_t count) const;

  // Whether one of the records begins so.
  bool Holds(std::string_view beginning) const;

  // Forgets the records and gives the memory back. `total()` goes on counting.
  void Clear();

  std::uint32_t size() const { return size_; }
  // Records ever committed: the newest one has number total() - 1.
  std::uint64_t total() const { return total_; }
  std::size_t capacity_bytes() const { return bytes_.capacity(); }

 private:
  void DropOldest();
  std::size_t& StartOf(std::uint64_t record) { return starts_[record % starts_.size()]; }
  std::size_t StartOf(std::uint64_t record) const { return starts_[record % starts_.size()]; }

  std::vector<char> bytes_;
  std::vector<std::size_t> starts_;  // offset of each live record in bytes_, by record number
  std::size_t begin_ = 0;            // first live byte
  std::size_t end_ = 0;              // one past the last live byte
  std::size_t byte_limit_;
  std::uint32_t record_limit_;
  std::uint32_t size_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace civic
