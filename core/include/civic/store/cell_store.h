// The readable state of every topic: cells, the order in which they changed, and the byte budget.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>
#include <vector>

#include "civic/store/cell_kind.h"
#include "civic/store/record_log.h"

namespace civic {

// Handle of a topic; names a slot that is used again after the topic was forgotten.
using TopicId = std::uint32_t;
// Names no topic.
inline constexpr TopicId kNoTopic = UINT32_MAX;

struct StoreLimits {
  // Records of the cells that are lists.
  std::uint32_t bill_updates = 50;
  std::uint32_t comments = 100;
  std::uint32_t votes = 100;
  std::uint32_t activity = 20;
  std::size_t cell_bytes = 8U << 20U;    // live bytes of one cell
  std::size_t cache_bytes = 32U << 20U;  // memory of all cells together

  std::uint32_t RecordsOf(CellKind kind) const;
};

// Owns every cell. Allocates per topic and while a cell grows to its working size, never per
// record. Over the budget the least recently used topic is emptied, idle topics before others, in
// time that does not depend on how many there are.
class CellStore {
 public:
  using CellIndex = std::uint32_t;
  static constexpr CellIndex kNoCell = UINT32_MAX;

  struct Link {
    CellIndex newer = kNoCell;
    CellIndex older = kNoCell;
  };

  struct Cell {
    explicit Cell(std::uint32_t record_limit, std::size_t byte_limit)
        : log(record_limit, byte_limit) {}

    RecordLog log;
    std::uint64_t changed_at = 0;  // position in the order of changes; 0 = never
    Link by_change;
    Link by_use;  // among the cells that hold memory
    std::uint32_t version = 0;
    std::uint32_t accounted_bytes = 0;
  };

  explicit CellStore(const StoreLimits& limits) : limits_(limits) {}

  // Space for a record in a cell, as RecordLog::Reserve. Follow with Commit on the same cell.
  char* Reserve(TopicId topic, CellKind kind, std::size_t size);
  // Finishes the record, makes the cell the newest change and keeps to the budget.
  void Commit(TopicId topic, CellKind kind, std::size_t size);

  // Both, for a record that is written already. False when it is over the limit of a cell.
  bool Put(TopicId topic, CellKind kind, std::string_view record);

  // An idle topic is one nobody watches any more; it goes first when memory is short.
  void SetIdle(TopicId topic, bool idle);
  // Drops a topic's cells altogether, without recording a change: nobody may be watching it.
  void Forget(TopicId topic);

  // Null when the topic never had such a cell.
  const Cell* Find(TopicId topic, CellKind kind) const;

  // The order of changes: from the newest cell towards older ones.
  CellIndex newest() const { return changes_.newest; }
  const Cell& cell(CellIndex index) const {
    return *slots_[index / kCellKindCount].cells[index % kCellKindCount];
  }
  static TopicId TopicOf(CellIndex index) { return index / static_cast<CellIndex>(kCellKindCount); }
  static CellKind KindOf(CellIndex index) { return kCellKinds[index % kCellKindCount]; }
  // Position of the newest change; a reader that has seen it has seen everything.
  std::uint64_t last_change() const { return last_change_; }

  // Topics emptied since the last call, for those who watch them.
  std::vector<TopicId>& evicted() { return evicted_; }
  std::size_t used_bytes() const { return used_bytes_; }

 private:
  struct Slot {
    std::array<Cell*, kCellKindCount> cells = {};
    bool idle = false;
  };

  // Cells in an order, through one of their links.
  struct List {
    Link Cell::*link;
    CellIndex newest = kNoCell;
    CellIndex oldest = kNoCell;
  };

  static std::size_t KindIndex(CellKind kind) { return static_cast<std::size_t>(kind) - 1; }
  static CellIndex IndexOf(TopicId topic, CellKind kind) {
    return topic * static_cast<CellIndex>(kCellKindCount) + static_cast<CellIndex>(KindIndex(kind));
  }

  Cell& Obtain(TopicId topic, CellKind kind);
  void MarkChanged(CellIndex index);
  // Counts the cell's memory anew and makes the cell the most recently used one.
  void Account(CellIndex index);
  void KeepToBudget(TopicId spared);
  void Empty(TopicId topic);
  void Append(List& list, CellIndex index);
  void Remove(List& list, CellIndex index);
  List& UseListOf(TopicId topic) { return slots_[topic].idle ? idle_ : watched_; }
  Cell& At(CellIndex index) {
    return *slots_[index / kCellKindCount].cells[index % kCellKindCount];
  }

  StoreLimits limits_;
  std::vector<Slot> slots_;
  std::deque<Cell> pool_;
  std::array<std::vector<Cell*>, kCellKindCount> spare_;
  std::vector<TopicId> evicted_;
  List changes_{&Cell::by_change};
  List watched_{&Cell::by_use};
  List idle_{&Cell::by_use};
  std::uint64_t last_change_ = 0;
  std::size_t used_bytes_ = 0;
};

}  // namespace civic
