#include "civic/store/cell_store.h"

#include <cstring>

namespace civic {

std::uint32_t StoreLimits::RecordsOf(CellKind kind) const {
  switch (kind) {
    case CellKind::kBillUpdates:
      return bill_updates;
    case CellKind::kComments:
      return comments;
    case CellKind::kVotes:
      return votes;
    case CellKind::kActivity:
      return activity;
    default:
      return 1;
  }
}

char* CellStore::Reserve(TopicId topic, CellKind kind, std::size_t size) {
  return Obtain(topic, kind).log.Reserve(size);
}

void CellStore::Commit(TopicId topic, CellKind kind, std::size_t size) {
  const CellIndex index = IndexOf(topic, kind);
  At(index).log.Commit(size);
  Account(index);
  MarkChanged(index);
  if (used_bytes_ > limits_.cache_bytes) {
    KeepToBudget(topic);
  }
}

bool CellStore::Put(TopicId topic, CellKind kind, std::string_view record) {
  char* out = Reserve(topic, kind, record.size());
  if (out == nullptr) {
    return false;
  }
  std::memcpy(out, record.data(), record.size());
  Commit(topic, kind, record.size());
  return true;
}

void CellStore::SetIdle(TopicId topic, bool idle) {
  // An idle topic without cells may get its first record yet.
  if (idle && topic >= slots_.size()) {
    slots_.resize(topic + 1);
  }
  if (topic >= slots_.size() || slots_[topic].idle == idle) {
    return;
  }
  for (const CellKind kind : kCellKinds) {
    const Cell* cell = slots_[topic].cells[KindIndex(kind)];
    if (cell != nullptr && cell->accounted_bytes > 0) {
      Remove(idle ? watched_ : idle_, IndexOf(topic, kind));
      Append(idle ? idle_ : watched_, IndexOf(topic, kind));
    }
  }
  slots_[topic].idle = idle;
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
    if (cell->changed_at > 0) {
      Remove(changes_, IndexOf(topic, kind));
    }
    cell->log.Clear();
    Account(IndexOf(topic, kind));
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
    const std::uint32_t record_limit = limits_.RecordsOf(kind);
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
  if (changes_.newest != index) {
    if (cell.changed_at > 0) {
      Remove(changes_, index);
    }
    Append(changes_, index);
  }
  cell.changed_at = ++last_change_;
  ++cell.version;
}

void CellStore::Account(CellIndex index) {
  Cell& cell = At(index);
  List& list = UseListOf(TopicOf(index));
  const auto bytes = static_cast<std::uint32_t>(cell.log.capacity_bytes());
  if (cell.accounted_bytes > 0 && (bytes == 0 || list.newest != index)) {
    Remove(list, index);
  }
  if (bytes > 0 && list.newest != index) {
    Append(list, index);
  }
  used_bytes_ += bytes;
  used_bytes_ -= cell.accounted_bytes;
  cell.accounted_bytes = bytes;
}

void CellStore::KeepToBudget(TopicId spared) {
  for (List* list : {&idle_, &watched_}) {
    CellIndex index = list->oldest;
    while (index != kNoCell && used_bytes_ > limits_.cache_bytes) {
      if (TopicOf(index) == spared) {
        index = At(index).by_use.newer;
      } else {
        Empty(TopicOf(index));
        index = list->oldest;
      }
    }
  }
}

void CellStore::Empty(TopicId topic) {
  for (const CellKind kind : kCellKinds) {
    Cell* cell = slots_[topic].cells[KindIndex(kind)];
    if (cell != nullptr && cell->accounted_bytes > 0) {
      cell->log.Clear();
      Account(IndexOf(topic, kind));
      MarkChanged(IndexOf(topic, kind));
    }
  }
  evicted_.push_back(topic);
}

void CellStore::Append(List& list, CellIndex index) {
  (At(index).*list.link).older = list.newest;
  if (list.newest != kNoCell) {
    (At(list.newest).*list.link).newer = index;
  } else {
    list.oldest = index;
  }
  list.newest = index;
}

void CellStore::Remove(List& list, CellIndex index) {
  Link& link = At(index).*list.link;
  (link.newer != kNoCell ? (At(link.newer).*list.link).older : list.newest) = link.older;
  (link.older != kNoCell ? (At(link.older).*list.link).newer : list.oldest) = link.newer;
  link = {};
}

}  // namespace civic
