// Notifications in a plain vector: what a table must agree with.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "civic/store/notification_table.h"

namespace civic {

// A notification as it is sent and as it is kept.
struct Known {
  std::string id;
  std::string type;
  std::string priority;
  std::string title;
  std::string data;
  std::int64_t timestamp = 0;
  std::int64_t ttl = 0;
  std::int64_t expires_at = 0;  // 0 is never
  bool has_timestamp = false;
  bool is_read = false;
  double arrival = 0;

  std::string Head() const {
    return R"({"id":")" + id + R"(","type":")" + type + R"(","title":")" + title +
           R"(","message":"","priority":")" + priority + R"(","data":{)" + data +
           R"(},"timestamp":)" + std::to_string(timestamp) + R"(,"expiresAt":)" +
           (expires_at == 0 ? "null" : std::to_string(expires_at));
  }
  std::size_t Bytes() const { return Head().size() + id.size() + type.size(); }
  std::string Text() const {
    return Head() + R"(,"read":)" + (is_read ? "true" : "false") + R"(,"arrival":)" +
           std::to_string(static_cast<std::int64_t>(arrival)) + "}";
  }
  bool IsExpired(TimeMs now) const {
    return expires_at != 0 && static_cast<double>(expires_at) <= now;
  }
  bool LooksLike(const Known& other) const {
    return type == other.type && title == other.title && priority == other.priority;
  }
  bool Repeats(const Known& other) const {
    return LooksLike(other) && data == other.data &&
           (!has_timestamp || timestamp == other.timestamp) && ttl == other.ttl &&
           (ttl > 0 || expires_at == other.expires_at);
  }

  std::string Message(bool is_nested) const {
    std::string members = R"("id":")" + id + R"(","title":")" + title + R"(","priority":")" +
                          priority + R"(","data":{)" + data + "}";
    if (has_timestamp) {
      members += R"(,"timestamp":)" + std::to_string(timestamp);
    }
    if (ttl > 0) {
      members += R"(,"ttl":)" + std::to_string(ttl);
    } else if (expires_at != 0) {
      members += R"(,"expires_at":)" + std::to_string(expires_at);
    }
    if (is_read) {
      members += R"(,"read":true)";
    }
    return is_nested
               ? R"({"type":"notification","notification":{"type":")" + type + R"(",)" + members +
                     "}}"
               : R"({"type":"notification","notification_type":")" + type + R"(",)" + members + "}";
  }
};

class NotificationModel {
 public:
  using Result = NotificationTable::Result;

  explicit NotificationModel(const NotificationLimits& limits) : limits_(limits) {}

  Result Apply(Known sent, TimeMs now, std::uint32_t* dropped) {
    const auto known = Find(sent.id);
    if (sent.IsExpired(now)) {
      if (known != all.end()) {
        all.erase(known);
      }
      return Result::kExpired;
    }
    if (sent.Bytes() > limits_.bytes) {
      return Result::kTooLarge;
    }
    Result result = Result::kStored;
    if (known != all.end()) {
      if (sent.Repeats(*known)) {
        const bool is_news = sent.is_read && !known->is_read;
        known->is_read |= sent.is_read;
        return is_news ? Result::kMarkedRead : Result::kUnchanged;
      }
      sent.is_read |= known->is_read && sent.LooksLike(*known);
      all.erase(known);
      result = Result::kReplaced;
    }
    all.insert(all.begin(), sent);
    *dropped = KeepToLimits(1);
    return result;
  }

  std::uint32_t Change(NotificationChange change, const std::string& id) {
    switch (change) {
      case NotificationChange::kRead:
      case NotificationChange::kReadAll: {
        std::uint32_t changed = 0;
        for (Known& known : all) {
          if (!known.is_read && (known.id == id || change == NotificationChange::kReadAll)) {
            known.is_read = true;
            ++changed;
          }
        }
        return changed;
      }
      case NotificationChange::kRemove:
        return EraseIf([&](const Known& known) { return known.id == id; });
      case NotificationChange::kClear:
        return EraseIf([](const Known&) { return true; });
      case NotificationChange::kClearRead:
        return EraseIf([](const Known& known) { return known.is_read; });
    }
    return 0;
  }

  template <typename Condition>
  std::uint32_t EraseIf(const Condition& condition) {
    return static_cast<std::uint32_t>(std::erase_if(all, condition));
  }

  // `saved` is what the table held at some time before.
  void Restore(std::vector<Known> saved, TimeMs now, double* last_arrival) {
    std::erase_if(saved, [&](const Known& known) {
      return known.IsExpired(now) || Find(known.id) != all.end();
    });
    const auto is_newer = [](const Known& one, const Known& other) {
      return one.timestamp > other.timestamp;
    };
    std::vector<Known> sorted;
    for (const Known& known : saved) {
      sorted.insert(std::upper_bound(sorted.begin(), sorted.end(), known, is_newer), known);
    }
    saved = sorted;
    double arrival = *last_arrival + static_cast<double>(saved.size());
    *last_arrival = arrival;
    for (Known& known : saved) {
      known.arrival = arrival--;
      known.ttl = 0;  // a saved one says when, not after how long
    }
    // No merge by timestamp: the live ones keep their order.
    std::vector<Known> merged;
    auto next = saved.begin();
    for (const Known& live : all) {
      for (; next != saved.end() && next->timestamp > live.timestamp; ++next) {
        merged.push_back(*next);
      }
      merged.push_back(live);
    }
    merged.insert(merged.end(), next, saved.end());
    all = merged;
    KeepToLimits(0);
  }

  std::string ListText() const {
    std::string text = "[";
    for (const Known& known : all) {
      text += (text.size() > 1 ? "," : "") + known.Text();
    }
    return text + "]";
  }

  std::size_t Bytes() const {
    std::size_t bytes = 0;
    for (const Known& known : all) {
      bytes += known.Bytes();
    }
    return bytes;
  }

  std::vector<Known> all;

 private:
  std::vector<Known>::iterator Find(const std::string& id) {
    return std::find_if(all.begin(), all.end(), [&](const Known& one) { return one.id == id; });
  }

  std::uint32_t KeepToLimits(std::ptrdiff_t spared) {
    std::uint32_t dropped = 0;
    for (; all.size() > limits_.count || Bytes() > limits_.bytes; ++dropped) {
      auto victim = all.end();
      for (auto known = all.begin() + spared; known != all.end(); ++known) {
        if (known->is_read) {
          victim = known;
        }
      }
      all.erase(victim == all.end() ? std::prev(all.end()) : victim);
    }
    return dropped;
  }

  NotificationLimits limits_;
};

}  // namespace civic
