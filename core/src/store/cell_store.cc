#include "civic/store/cell_store.h"

namespace civic {

char* CellStore::Reserve(TopicId topic, CellKind kind, std::size_t size) {
  return Obtain(topic, kind).log.Reserve(size);
}

void CellStore::Commit(TopicId topic, CellKind kind, std::size_t size) {
  const CellIndex index = IndexOf(topic, kind);
  Cell& cell = At(index);
  cell.log.Commit(size);
  Account(cell);
  MarkChanged(index);
  if (used_bytes_ > limits_.cache_bytes) {
    KeepToBudget(topic);
  }
}

void CellStore::SetIdle(TopicId topic, bool idle) {
  // An idle topic without cells may get its first record yet.
  if (idle && topic >= slots_.size()) {
    slots_.resize(topic + 1);
  }
  if (topic >= slots_.size() || slots_[topic].idle == idle) {
    return;
  }
  slots_[topic].idle = idle;
  idle_topics_ += idle ? 1U : static_cast<std::size_t>(-1);
}

void CellStore::Forget(TopicId topic) {
  if (topic >= slots_.size()) {
    return;
  }
  SetIdle(topic, false);
  for (const CellKind kind : kCellKinds) {
    Cell*& cell = slots_[topic].cells[KindIndex(kind)];
    if (cell == nullptr) {
      continue;
    }
    Unlink(IndexOf(topic, kind));
    cell->log.Clear();
    Account(*cell);
    spare_[KindIndex(kind)].push_back(cell);
    cell = nullptr;
  }
}

const CellStore::Cell* CellStore::Find(TopicId topic, CellKind kind) const {
  return topic < slots_.size() ? slots_[topic].cells[KindIndex(kind)] : nullptr;
}

CellStore::Cell& CellStore::Obtain(TopicId topic, CellKind kind) {
  if (topic >= slots_.size()) {
    slots_.resize(topic + 1);
  }
  Cell*& cell = slots_[topic].cells[KindIndex(kind)];
  if (cell == nullptr) {
    std::vector<Cell*>& spare = spare_[KindIndex(kind)];
    const std::uint32_t record_limit = kind == CellKind::kBillUpdates ? limits_.bill_updates : 1;
    if (spare.empty()) {
      cell = &pool_.emplace_back(record_limit, limits_.cell_bytes);
    } else {
      cell = spare.back();
      spare.pop_back();
      *cell = Cell(record_limit, limits_.cell_bytes);
    }
  }
  return *cell;
}

void CellStore::MarkChanged(CellIndex index) {
  Cell& cell = At(index);
  cell.changed_at = ++last_change_;
  ++cell.version;
  if (newest_ == index) {
    return;
  }
  Unlink(index);
  cell.older = newest_;
  if (newest_ != kNoCell) {
    At(newest_).newer = index;
  }
  newest_ = index;
  if (oldest_ == kNoCell) {
    oldest_ = index;
  }
}

void CellStore::Unlink(CellIndex index) {
  Cell& cell = At(index);
  if (cell.newer != kNoCell) {
    At(cell.newer).older = cell.older;
  } else if (newest_ == index) {
    newest_ = cell.older;
  }
  if (cell.older != kNoCell) {
    At(cell.older).newer = cell.newer;
  } else if (oldest_ == index) {
    oldest_ = cell.newer;
  }
  cell.newer = kNoCell;
  cell.older = kNoCell;
}

void CellStore::Account(Cell& cell) {
  used_bytes_ -= cell.accounted_bytes;
  cell.accounted_bytes = static_cast<std::uint32_t>(cell.log.capacity_bytes());
  used_bytes_ += cell.accounted_bytes;
}

void CellStore::KeepToBudget(TopicId spared) {
  // Two rounds from the oldest change: idle topics first, then whatever is left.
  for (const bool idle_only : {true, false}) {
    if (idle_only && idle_topics_ == 0) {
      continue;
    }
    CellIndex index = oldest_;
    while (index != kNoCell && used_bytes_ > limits_.cache_bytes) {
      const CellIndex next = At(index).newer;
      const TopicId topic = TopicOf(index);
      const bool candidate = topic != spared && At(index).log.capacity_bytes() > 0 &&
                             (!idle_only || slots_[topic].idle);
      if (candidate) {
        // Emptying moves the topic's cells to the newest end, the next one possibly among them.
        const bool next_moves = next != kNoCell && TopicOf(next) == topic;
        Empty(topic);
        index = next_moves ? oldest_ : next;
      } else {
        index = next;
      }
    }
  }
}

void CellStore::Empty(TopicId topic) {
  for (const CellKind kind : kCellKinds) {
    if (slots_[topic].cells[KindIndex(kind)] == nullptr) {
      continue;
    }
    const CellIndex index = IndexOf(topic, kind);
    At(index).log.Clear();
    Account(At(index));
    MarkChanged(index);
  }
  evicted_.push_back(topic);
}

}  // namespace civic
