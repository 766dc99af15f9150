#include "civic/wire/json_scanner.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "byte_block.h"
#include "civic/wire/field.h"
#include "civic/wire/json_entry.h"
#include "civic/wire/json_string.h"
#include "civic/wire/scan_error.h"
#include "json_cursor.h"

namespace civic {
namespace {

constexpr std::size_t kFirstEntries = 64;   // Room made by the first scan.
constexpr std::size_t kKeptEntries = 1024;  // Room kept by ReleaseExcess.

// What a container means to the message layer; decides which of its values are indexed.
enum class Role : std::uint8_t {
  kOpaque,   // Nobody looks inside.
  kMessage,  // A message, at the root or in a batch.
  kUpdate,   // The `update` of a message.
  kLeaf,     // Its members are indexed and nothing inside them.
  kBatch,    // An array of messages.
};

Role RoleOfObject(Role parent, Field field) {
  switch (parent) {
    case Role::kMessage:
      if (field == Field::kUpdate) return Role::kUpdate;
      if (field == Field::kData || field == Field::kMetrics || field == Field::kNotification) {
        return Role::kLeaf;
      }
      return Role::kOpaque;
    case Role::kUpdate:
      return field == Field::kData ? Role::kLeaf : Role::kOpaque;
    case Role::kBatch:
      return Role::kMessage;
    case Role::kLeaf:
    case Role::kOpaque:
      break;
  }
  return Role::kOpaque;
}

Role RoleOfArray(Role parent, Field field) {
  const bool is_batch = field == Field::kMessages || field == Field::kUpdates;
  return parent == Role::kMessage && is_batch ? Role::kBatch : Role::kOpaque;
}

// The field of a name that is written with escapes.
[[gnu::noinline]] Field LookUpEscapedField(std::string_view raw) {
  std::array<char, 64> buffer;  // Longer than every name there is.
  const auto name = DecodeJsonStringInto(raw, buffer);
  return name ? LookUpField(*name) : Field::kUnknown;
}

// One scan of one text. Containers that are indexed are on `open_`; inside one that is not, only
// the kinds of the open containers are remembered, a bit for each.
template <typename Block>
class ScanPass {
 public:
  ScanPass(std::string_view text, std::vector<JsonEntry>* storage, std::uint64_t* open_containers)
      : cursor_(text),
        storage_(storage),
        entries_(storage->data()),
        capacity_(static_cast<std::uint32_t>(storage->size())),
        open_containers_(open_containers) {}

  std::size_t entry_count() const { return count_; }

  ScanResult Run() {
    Position at = cursor_.SkipWhitespace(cursor_.begin());
    if (at == cursor_.end()) return {ScanError::kEmpty, cursor_.OffsetOf(at)};
    at = Values(at);
    if (at == nullptr) {
      count_ = 0;
      return cursor_.error();
    }
    return {ScanError::kNone, cursor_.OffsetOf(at)};
  }

 private:
  using Position = typename JsonCursor<Block>::Position;

  struct Container {
    std::uint32_t entry;
    Role role;
    std::uint8_t closer;
  };

  // The root and everything inside. `at` is at its first byte.
  Position Values(Position at) {
    Container parent = {.entry = 0, .role = Role::kBatch, .closer = 0};  // An object is a message.
    for (;;) {
      // At the start of a member, an element or the root.
      const Position key = at;
      Field field = Field::kUnknown;
      if (parent.closer == '}') {
        at = Member(at, &field);
        if (at == nullptr) return nullptr;
      }
      const std::uint32_t index = Add();
      const Position value = at;
      const std::uint8_t first = cursor_.Peek(at);
      if (first == '{' || first == '[') {
        const bool is_object = first == '{';
        const JsonKind kind = is_object ? JsonKind::kObject : JsonKind::kArray;
        const Role role =
            is_object ? RoleOfObject(parent.role, field) : RoleOfArray(parent.role, field);
        if (role != Role::kOpaque && open_count_ < kMaxIndexedDepth) {
          entries_[index] = Entry(key, value, value, kind, field);
          open_[open_count_++] = parent;
          parent = {index, role, static_cast<std::uint8_t>(is_object ? '}' : ']')};
          at = cursor_.SkipWhitespace(at + 1);
          if (cursor_.Peek(at) != parent.closer) continue;
        } else {
          at = OpaqueContainer(at);
          if (at == nullptr) return nullptr;
          entries_[index] = Entry(key, value, at, kind, field);
        }
      } else {
        JsonKind kind = JsonKind::kNull;
        bool has_escapes = false;
        at = cursor_.Scalar(at, &kind, &has_escapes);
        if (at == nullptr) return nullptr;
        entries_[index] = Entry(key, value, at, kind, field, has_escapes);
      }
      // A value has ended, and with it the containers whose closer comes next.
      for (;;) {
        at = cursor_.SkipWhitespace(at);
        if (open_count_ == 0) return End(at);
        const std::uint8_t next = cursor_.Peek(at);
        if (next == ',') break;
        if (next != parent.closer) return cursor_.Fail(ScanError::kUnexpectedCharacter, at);
        ++at;
        entries_[parent.entry].end = cursor_.OffsetOf(at);
        entries_[parent.entry].next = count_;
        parent = open_[--open_count_];
      }
      at = cursor_.SkipWhitespace(at + 1);
    }
  }

  // Nothing follows the root.
  Position End(Position at) {
    return at == cursor_.end() ? at : cursor_.Fail(ScanError::kTrailingCharacters, at);
  }

  // A member's name and the colon, up to the first byte of its value.
  CIVIC_INLINE Position Member(Position at, Field* field) {
    bool has_escapes = false;
    Position key_end = nullptr;
    const Position value = cursor_.Key(at, &key_end, &has_escapes);
    if (value == nullptr) return nullptr;
    const std::string_view name(reinterpret_cast<const char*>(at + 1),
                                static_cast<std::size_t>(key_end - at - 2));
    *field = has_escapes ? LookUpEscapedField(name) : LookUpField(name);
    return value;
  }

  JsonEntry Entry(Position key, Position value, Position end, JsonKind kind, Field field,
                  bool has_escapes = false) const {
    return {.key = cursor_.OffsetOf(key),
            .value = cursor_.OffsetOf(value),
            .end = cursor_.OffsetOf(end),
            .next = count_,
            .kind = kind,
            .field = field,
            .has_escapes = has_escapes,
            .depth = static_cast<std::uint8_t>(open_count_)};
  }

  // Makes room for one more entry and returns its index.
  std::uint32_t Add() {
    if (count_ == capacity_) Grow();
    return count_++;
  }

  [[gnu::noinline, gnu::cold]] void Grow() {
    storage_->resize(std::max(kFirstEntries, 2 * storage_->size()));
    entries_ = storage_->data();
    capacity_ = static_cast<std::uint32_t>(storage_->size());
  }

  // Validates a container and everything inside. `at` is at its opening bracket.
  Position OpaqueContainer(Position at) {
    std::uint32_t depth = open_count_;
    bool in_object = false;
    for (;;) {
      const std::uint8_t first = cursor_.Peek(at);
      if (first == '{' || first == '[') {
        if (depth == kMaxJsonDepth) return cursor_.Fail(ScanError::kTooDeep, at);
        in_object = first == '{';
        Remember(depth++, in_object);
        at = cursor_.SkipWhitespace(at + 1);
        if (cursor_.Peek(at) != Closer(in_object)) {
          if (in_object) at = Name(at);
          if (at == nullptr) return nullptr;
          continue;
        }
      } else {
        JsonKind kind = JsonKind::kNull;
        bool has_escapes = false;
        at = cursor_.Scalar(at, &kind, &has_escapes);
        if (at == nullptr) return nullptr;
        at = cursor_.SkipWhitespace(at);
      }
      while (cursor_.Peek(at) != ',') {
        if (cursor_.Peek(at) != Closer(in_object)) {
          return cursor_.Fail(ScanError::kUnexpectedCharacter, at);
        }
        ++at;
        if (--depth == open_count_) return at;
        in_object = IsObject(depth - 1);
        at = cursor_.SkipWhitespace(at);
      }
      at = cursor_.SkipWhitespace(at + 1);
      if (in_object) at = Name(at);
      if (at == nullptr) return nullptr;
    }
  }

  Position Name(Position at) {
    Position key_end = nullptr;
    bool has_escapes = false;
    return cursor_.Key(at, &key_end, &has_escapes);
  }

  static std::uint8_t Closer(bool is_object) { return is_object ? '}' : ']'; }

  void Remember(std::uint32_t depth, bool is_object) {
    const std::uint64_t bit = std::uint64_t{1} << (depth % 64);
    std::uint64_t& word = open_containers_[depth / 64];
    word = is_object ? word | bit : word & ~bit;
  }

  bool IsObject(std::uint32_t depth) const {
    return ((open_containers_[depth / 64] >> (depth % 64)) & 1U) != 0;
  }

  JsonCursor<Block> cursor_;
  std::vector<JsonEntry>* storage_;
  JsonEntry* entries_;  // The storage's.
  std::uint32_t capacity_;
  std::uint64_t* open_containers_;
  std::array<Container, kMaxIndexedDepth> open_;
  std::uint32_t open_count_ = 0;
  std::uint32_t count_ = 0;
};

}  // namespace

template <typename Block>
ScanResult JsonScanner::ScanWith(std::string_view text) {
  entry_count_ = 0;
  if (text.size() > kMaxJsonBytes) return {ScanError::kTooLarge, 0};
  ScanPass<Block> pass(text, &storage_, open_containers_.data());
  const ScanResult result = pass.Run();
  entry_count_ = pass.entry_count();
  return result;
}

ScanResult JsonScanner::Scan(std::string_view text) { return ScanWith<NativeBlock>(text); }

ScanResult JsonScanner::ScanScalar(std::string_view text) { return ScanWith<ScalarBlock>(text); }

void JsonScanner::ReleaseExcess() {
  entry_count_ = 0;
  if (storage_.size() <= kKeptEntries) return;
  std::vector<JsonEntry>(kKeptEntries).swap(storage_);
}

}  // namespace civic
