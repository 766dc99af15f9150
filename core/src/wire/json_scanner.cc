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

  struct OpenContainer {
    std::uint32_t entry;
    Role role;
    std::uint8_t closer;
  };

  // The root and everything inside. `at` is at its first byte.
  Position Values(Position at) {
    JsonEntry* entry = Add(at, at, Field::kUnknown);
    OpenContainer parent = {0, Role::kBatch, 0};  // The root is a message if it is an object.
    for (;;) {
      const std::uint8_t first = cursor_.Peek(at);
      if (first == '{' || first == '[') {
        const bool is_object = first == '{';
        entry->kind = is_object ? JsonKind::kObject : JsonKind::kArray;
        const Role role = is_object ? RoleOfObject(parent.role, entry->field)
                                    : RoleOfArray(parent.role, entry->field);
        if (role == Role::kOpaque || open_count_ == kMaxIndexedDepth) {
          at = OpaqueContainer(at);
          if (at == nullptr) return nullptr;
          entry->end = cursor_.OffsetOf(at);
        } else {
          open_[open_count_++] = parent;
          parent = {count_ - 1, role, static_cast<std::uint8_t>(is_object ? '}' : ']')};
          at = cursor_.SkipWhitespace(at + 1);
          if (cursor_.Peek(at) != parent.closer) {
            at = Item(at, parent, &entry);
            if (at == nullptr) return nullptr;
            continue;
          }
        }
      } else {
        bool has_escapes = false;
        at = cursor_.Scalar(at, &entry->kind, &has_escapes);
        if (at == nullptr) return nullptr;
        entry->has_escapes = has_escapes;
        entry->end = cursor_.OffsetOf(at);
      }
      // A value has ended: so have the containers whose closer comes next.
      while (open_count_ != 0) {
        at = cursor_.SkipWhitespace(at);
        const std::uint8_t next = cursor_.Peek(at);
        if (next == ',') break;
        if (next != parent.closer) return cursor_.Fail(ScanError::kUnexpectedCharacter, at);
        ++at;
        JsonEntry& container = entries_[parent.entry];
        container.end = cursor_.OffsetOf(at);
        container.next = count_;
        parent = open_[--open_count_];
      }
      if (open_count_ == 0) break;
      at = Item(cursor_.SkipWhitespace(at + 1), parent, &entry);
      if (at == nullptr) return nullptr;
    }
    at = cursor_.SkipWhitespace(at);
    if (at != cursor_.end()) return cursor_.Fail(ScanError::kTrailingCharacters, at);
    return at;
  }

  // The start of a member or element, up to the first byte of its value. Adds its entry.
  Position Item(Position at, const OpenContainer& parent, JsonEntry** entry) {
    if (parent.closer == ']') {
      *entry = Add(at, at, Field::kUnknown);
      return at;
    }
    bool has_escapes = false;
    Position key_end = nullptr;
    const Position value = cursor_.Key(at, &key_end, &has_escapes);
    if (value == nullptr) return nullptr;
    const std::string_view name(reinterpret_cast<const char*>(at + 1),
                                static_cast<std::size_t>(key_end - at - 2));
    *entry = Add(at, value, has_escapes ? LookUpEscapedField(name) : LookUpField(name));
    return value;
  }

  JsonEntry* Add(Position key, Position value, Field field) {
    if (count_ == capacity_) Grow();
    JsonEntry* entry = entries_ + count_;
    ++count_;
    *entry = {.key = cursor_.OffsetOf(key),
              .value = cursor_.OffsetOf(value),
              .end = 0,
              .next = count_,
              .kind = JsonKind::kNull,
              .field = field,
              .has_escapes = false,
              .depth = static_cast<std::uint8_t>(open_count_)};
    return entry;
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
        JsonKind kind;
        bool has_escapes;
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
    Position key_end;
    bool has_escapes;
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
  std::array<OpenContainer, kMaxIndexedDepth> open_;
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

std::string_view ScanErrorSentence(ScanError error) {
  switch (error) {
    case ScanError::kNone:
      return "The text is valid JSON.";
    case ScanError::kEmpty:
      return "The text holds nothing but whitespace.";
    case ScanError::kTooLarge:
      return "The text is too large.";
    case ScanError::kUnexpectedEnd:
      return "The text ends in the middle of a value.";
    case ScanError::kUnexpectedCharacter:
      return "A character is not allowed where it stands.";
    case ScanError::kTrailingCharacters:
      return "Something other than whitespace follows the value.";
    case ScanError::kUnterminatedString:
      return "The text ends inside a string.";
    case ScanError::kControlCharacterInString:
      return "A string holds a control character that is not escaped.";
    case ScanError::kInvalidEscape:
      return "A backslash is followed by something that is not an escape.";
    case ScanError::kInvalidUtf8:
      return "A string is not valid UTF-8.";
    case ScanError::kInvalidNumber:
      return "A number is not written as JSON wants it.";
    case ScanError::kTooDeep:
      return "Containers are nested too deep.";
  }
  return "The error is not known.";
}

}  // namespace civic
