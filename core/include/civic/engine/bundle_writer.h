// Writes what changed for one page into one buffer.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "civic/engine/page.h"
#include "civic/engine/time.h"
#include "civic/routing/topic_table.h"
#include "civic/store/cell_store.h"
#include "civic/telemetry/counters.h"

namespace civic {

// Owns the buffer, which is used again for the next bundle and is aligned for doubles.
class BundleWriter {
 public:
  // Everything that waits for the page, marked as delivered. Empty when nothing waits. Valid until
  // the next call.
  std::span<const char> Write(Page& page, TopicTable& topics, const CellStore& store,
                              Counters& counters, TimeMs now);

 private:
  // New records of one cell, and how many older ones the page keeps.
  struct CellChange {
    TopicId topic;
    CellKind kind;
    const CellStore::Cell* cell;
    std::uint32_t added;
    std::uint32_t kept;
  };

  void CollectCells(const Page& page, TopicTable& topics, const CellStore& store,
                    Counters& counters);
  void CollectCell(Watch& watch, TopicId topic, CellKind kind, const CellStore::Cell& cell,
                   Counters& counters);
  void Reserve(std::size_t bytes);

  std::vector<CellChange> changes_;
  std::unique_ptr<double[]> buffer_;  // doubles for the alignment
  std::size_t capacity_ = 0;          // bytes
};

}  // namespace civic
