// Puts canonical records together from slices of what a server sent. Shared by the records of bills
// and of communities.
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "civic/engine/time.h"
#include "civic/wire/message_view.h"

namespace civic {

// Bytes that names, braces and numbers of our own take in one record at most.
inline constexpr std::size_t kRecordGlueBytes = 256;

inline bool IsObject(const JsonEntry* entry) {
  return entry != nullptr && entry->kind == JsonKind::kObject;
}

inline bool IsText(const JsonEntry* entry) {
  return entry != nullptr && entry->kind == JsonKind::kString;
}

inline bool IsTime(const JsonEntry* entry) {
  return entry != nullptr && (entry->kind == JsonKind::kNumber || entry->kind == JsonKind::kString);
}

// Members that say where a message belongs and when, rather than what happened.
inline bool IsEnvelope(Field field) {
  switch (field) {
    case Field::kType:
    case Field::kTopic:
    case Field::kBillId:
    case Field::kTimestamp:
    case Field::kMessageId:
    case Field::kSeq:
    case Field::kEpoch:
    case Field::kPrevious:
    case Field::kHistory:
      return true;
    default:
      return false;
  }
}

inline std::string_view RawMember(std::string_view text, const JsonEntry& member) {
  return text.substr(member.key, member.end - member.key);
}

// What is between the braces of an object; empty if there is nothing but space.
inline std::string_view InsideOf(std::string_view text, const JsonEntry& object) {
  std::string_view inside = text.substr(object.value + 1, object.end - object.value - 2);
  const std::size_t first = inside.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view() : inside.substr(first);
}

// Writes into memory of the caller, who knows that there is enough of it.
class RecordWriter {
 public:
  explicit RecordWriter(char* out) : start_(out), at_(out) {}

  void Put(std::string_view text) {
    if (!text.empty()) {
      std::memcpy(at_, text.data(), text.size());
      at_ += text.size();
    }
  }
  void PutInteger(double value) {
    at_ = std::to_chars(at_, at_ + 24, static_cast<std::int64_t>(value)).ptr;
  }
  // The timestamp as the server wrote it, or the time of arrival.
  void PutTime(std::string_view text, const JsonEntry* timestamp, TimeMs now) {
    if (IsTime(timestamp)) {
      Put(RawValue(text, *timestamp));
    } else {
      PutInteger(now);
    }
  }
  std::size_t size() const { return static_cast<std::size_t>(at_ - start_); }

 private:
  char* start_;
  char* at_;
};

}  // namespace civic
