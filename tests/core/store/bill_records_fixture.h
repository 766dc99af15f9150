// Canonical records of whole messages, written into memory of exactly the size that was asked for.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "civic/store/bill_records.h"
#include "civic/wire/id.h"
#include "civic/wire/json_scanner.h"
#include "civic/wire/message_view.h"

namespace civic {

inline constexpr TimeMs kArrival = 1'700'000'000'123.75;

class RecordFixture {
 public:
  // The record of a `bill_update`, or of the first element of a `batched_updates`.
  std::string Update(std::string_view text, bool is_element = false) {
    Scan(text, is_element);
    if (!id_) {
      return "no id";
    }
    const BillUpdateParts parts = FindBillUpdateParts(*view_, is_element);
    return Written(BillUpdateRecordBound(*view_, parts, *id_), [&](char* out) {
      return WriteBillUpdateRecord(*view_, parts, *id_, kArrival, out);
    });
  }

  std::string Engagement(std::string_view text, std::string_view previous = "") {
    Scan(text, false);
    if (!id_) {
      return "no id";
    }
    const JsonEntry* counts = FindEngagementCounts(*view_);
    if (counts == nullptr) {
      return "no counts";
    }
    return Written(EngagementRecordBound(*view_, *id_, previous), [&](char* out) {
      return WriteEngagementRecord(*view_, *counts, *id_, previous, kArrival, out);
    });
  }

 private:
  void Scan(std::string_view text, bool is_element) {
    ASSERT_TRUE(scanner_.Scan(text).ok()) << text;
    std::uint32_t index = 0;
    if (is_element) {
      const MessageView message(text, scanner_.entries(), 0);
      index = message.IndexOf(*message.Find(Field::kUpdates)) + 1;
    }
    view_.emplace(text, scanner_.entries(), index);
    const JsonEntry* entry = view_->Find(Field::kBillId);
    id_.reset();
    if (entry != nullptr) {
      if (const auto canonical = ReadId(text, *entry, buffer_)) {
        id_ = BillId{*canonical, entry};
      }
    }
  }

  template <typename Write>
  static std::string Written(std::size_t bound, const Write& write) {
    constexpr std::size_t kGuard = 8192;
    std::vector<char> memory(bound + kGuard, '\x7e');
    const std::size_t size = write(memory.data());
    EXPECT_LE(size, bound) << "the record is over its bound";
    for (std::size_t i = bound; i < memory.size(); ++i) {
      if (memory[i] != '\x7e') {
        ADD_FAILURE() << "written " << i - bound << " bytes behind the space";
        break;
      }
    }
    return std::string(memory.data(), size);
  }

  JsonScanner scanner_;
  IdBuffer buffer_;
  std::optional<MessageView> view_;
  std::optional<BillId> id_;
};

}  // namespace civic
