#include "civic/engine/bundle_writer.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace civic {
namespace {

constexpr std::size_t kSmallestBuffer = 16U << 10U;
constexpr std::size_t kKeptBuffer = 4U << 20U;

// Lays entries and texts into a buffer that is known to be large enough.
class Layout {
 public:
  Layout(char* bundle, std::size_t entries_offset, std::size_t text_offset)
      : bundle_(bundle), entry_(entries_offset), text_(text_offset) {}

  void Add(BundleEntry entry, std::string_view text) {
    entry.text_offset = static_cast<std::uint32_t>(text_);
    entry.text_length = static_cast<std::uint32_t>(text.size());
    Put(entry);
    if (!text.empty()) {
      std::memcpy(bundle_ + text_, text.data(), text.size());
      text_ += text.size();
    }
  }

  void AddAll(const EntryQueue& queue) {
    const auto base = static_cast<std::uint32_t>(text_);
    for (BundleEntry entry : queue.entries()) {
      entry.text_offset += base;
      Put(entry);
    }
    if (!queue.text().empty()) {
      std::memcpy(bundle_ + text_, queue.text().data(), queue.text().size());
      text_ += queue.text().size();
    }
  }

 private:
  void Put(const BundleEntry& entry) {
    std::memcpy(bundle_ + entry_, &entry, sizeof(entry));
    entry_ += sizeof(entry);
  }

  char* bundle_;
  std::size_t entry_;
  std::size_t text_;
};

}  // namespace

std::span<const char> BundleWriter::Write(Page& page, TopicTable& topics, const CellStore& store,
                                          Counters& counters, TimeMs now) {
  changes_.clear();
  CollectCells(page, topics, store, counters);
  const std::size_t entry_count =
      page.topics().entries().size() + changes_.size() + page.happenings().entries().size();
  if (entry_count == 0) {
    page.Drained(store.last_change());
    return {};
  }

  std::size_t text_bytes = page.topics().text().size() + page.happenings().text().size();
  for (const CellChange& change : changes_) {
    text_bytes += change.cell->log.Newest(change.added).size();
  }
  const std::size_t entries_offset = sizeof(BundleHeader);
  const std::size_t counters_offset = entries_offset + entry_count * sizeof(BundleEntry);
  const std::size_t text_offset = counters_offset + kCounterCount * sizeof(double);
  const std::size_t total = text_offset + text_bytes;
  Reserve(total);

  counters.Add(Counter::kBundlesDrained);
  counters.Add(Counter::kBytesDrained, static_cast<double>(total));
  char* bundle = reinterpret_cast<char*>(buffer_.get());
  const BundleHeader header = {kBundleMagic,
                               static_cast<std::uint32_t>(total),
                               static_cast<std::uint32_t>(entry_count),
                               static_cast<std::uint32_t>(entries_offset),
                               static_cast<std::uint32_t>(counters_offset),
                               static_cast<std::uint32_t>(kCounterCount),
                               page.id(),
                               0,
                               now,
                               {}};
  std::memcpy(bundle, &header, sizeof(header));
  std::memcpy(bundle + counters_offset, counters.values().data(), kCounterCount * sizeof(double));

  Layout layout(bundle, entries_offset, text_offset);
  layout.AddAll(page.topics());
  for (const CellChange& change : changes_) {
    layout.Add({EntryKind::kCellChanged, topics.topic(change.topic).key,
                static_cast<std::uint32_t>(change.kind), change.cell->version, change.added, 0, 0,
                change.kept},
               change.cell->log.Newest(change.added));
  }
  layout.AddAll(page.happenings());
  page.Drained(store.last_change());
  return {bundle, total};
}

void BundleWriter::CollectCells(const Page& page, TopicTable& topics, const CellStore& store,
                                Counters& counters) {
  // Topics that are new to the page cross whole, whenever they last changed.
  for (const TopicId topic : page.opened()) {
    Watch* watch = topics.FindWatch(topic, page.id());
    for (const CellKind kind : kCellKinds) {
      const CellStore::Cell* cell = store.Find(topic, kind);
      if (watch != nullptr && cell != nullptr && cell->log.size() > 0) {
        CollectCell(*watch, topic, kind, *cell, counters);
      }
    }
  }
  for (CellStore::CellIndex index = store.newest(); index != CellStore::kNoCell;) {
    const CellStore::Cell& cell = store.cell(index);
    if (cell.changed_at <= page.cursor()) {
      break;
    }
    const TopicId topic = CellStore::TopicOf(index);
    Watch* watch = topics.FindWatch(topic, page.id());
    if (watch != nullptr) {
      CollectCell(*watch, topic, CellStore::KindOf(index), cell, counters);
    }
    index = cell.by_change.older;
  }
}

void BundleWriter::CollectCell(Watch& watch, TopicId topic, CellKind kind,
                               const CellStore::Cell& cell, Counters& counters) {
  std::uint64_t& delivered = watch.delivered[static_cast<std::size_t>(kind) - 1];
  const std::uint64_t total = cell.log.total();
  const std::uint64_t oldest = total - cell.log.size();
  if (delivered == total && cell.log.size() > 0) {
    return;  // crossed already, with the topic's opening
  }
  if (delivered < oldest) {
    counters.Add(Counter::kRecordsConflated, static_cast<double>(oldest - delivered));
    watch.conflated += oldest - delivered;
  }
  const std::uint64_t from = std::max(delivered, oldest);
  changes_.push_back({topic, kind, &cell, static_cast<std::uint32_t>(total - from),
                      static_cast<std::uint32_t>(from - oldest)});
  delivered = total;
}

void BundleWriter::Reserve(std::size_t bytes) {
  const bool too_small = bytes > capacity_;
  const bool too_large = capacity_ > kKeptBuffer && bytes < kKeptBuffer / 4;
  if (too_small || too_large) {
    capacity_ = std::max(kSmallestBuffer, bytes + bytes / 2);
    buffer_ = std::make_unique_for_overwrite<double[]>(capacity_ / sizeof(double) + 1);
  }
}

}  // namespace civic
