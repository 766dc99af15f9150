// What a page would know after applying bundles: a mirror of state, and what happened, in order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bundle_reader.h"
#include "civic/store/cell_store.h"
#include "civic/telemetry/counters.h"
#include "json.h"

namespace civic {

// Everything of a bundle that is neither a topic nor a cell.
struct Happening {
  std::uint32_t kind = 0;
  std::uint32_t key = 0;
  std::uint32_t a = 0;
  std::uint32_t count = 0;
  std::string topic;  // of an event
  std::string text;

  Json json() const { return ParseJson(text); }
};

class PageModel {
 public:
  using Records = std::vector<std::string>;

  // Returns what is wrong with the bundle; "" when all is well.
  std::string Apply(std::span<const char> bytes) {
    DecodedBundle bundle;
    std::string fault = BundleReader::Read(bytes, &bundle);
    if (!fault.empty()) {
      return fault;
    }
    if (bundle.entries.empty()) {
      return "a bundle without entries";
    }
    ++bundles;
    page = bundle.page;
    now = bundle.now;
    counters_ = bundle.counters;
    int phase = 0;
    for (const DecodedEntry& entry : bundle.entries) {
      const int entry_phase = entry.kind <= wire_number::kTopicClosed   ? 0
                              : entry.kind == wire_number::kCellChanged ? 1
                                                                        : 2;
      if (entry_phase < phase) {
        return "entries are not in the order topics, cells, happenings";
      }
      phase = entry_phase;
      fault = ApplyEntry(entry);
      if (!fault.empty()) {
        return fault;
      }
    }
    return "";
  }

  bool IsOpen(const std::string& topic) const { return cells_.contains(topic); }
  std::size_t open_count() const { return cells_.size(); }
  // Oldest first; empty if there are none.
  const Records& Updates(const std::string& topic) const {
    return Cell(topic, wire_number::kUpdatesCell);
  }
  std::string Engagement(const std::string& topic) const {
    const Records& records = Cell(topic, wire_number::kEngagementCell);
    return records.empty() ? "" : records.back();
  }
  // The one value of a cell; "" if there is none.
  std::string Value(const std::string& topic, CellKind kind) const {
    const Records& records = Cell(topic, static_cast<std::uint32_t>(kind));
    return records.empty() ? "" : records.back();
  }
  const Records& List(const std::string& topic, CellKind kind) const {
    return Cell(topic, static_cast<std::uint32_t>(kind));
  }
  double counter(Counter counter) const { return counters_[static_cast<std::size_t>(counter)]; }
  std::size_t counter_count() const { return counters_.size(); }

  // Happenings of one kind; of one key if that is not 0.
  std::vector<Happening> Of(std::uint32_t kind, std::uint32_t key = 0) const {
    std::vector<Happening> found;
    for (const Happening& happening : happenings) {
      if (happening.kind == kind && (key == 0 || happening.key == key)) {
        found.push_back(happening);
      }
    }
    return found;
  }
  Records Texts(std::uint32_t kind, std::uint32_t key = 0) const {
    Records texts;
    for (const Happening& happening : Of(kind, key)) {
      texts.push_back(happening.text);
    }
    return texts;
  }
  Records Deliveries(std::uint32_t subscription) const {
    return Texts(wire_number::kDelivery, subscription);
  }
  // The `code` of every error, in order.
  Records Errors() const {
    Records codes;
    for (const Happening& error : Of(wire_number::kError)) {
      codes.push_back(error.json()["code"].get<std::string>());
    }
    return codes;
  }
  Records States() const {
    Records states;
    for (const Happening& change : Of(wire_number::kConnection)) {
      states.push_back(change.json()["state"].get<std::string>());
    }
    return states;
  }

  std::uint32_t page = 0;
  double now = 0;
  std::size_t bundles = 0;
  std::size_t records_received = 0;
  std::vector<Happening> happenings;

 private:
  std::string ApplyEntry(const DecodedEntry& entry) {
    switch (entry.kind) {
      case wire_number::kTopicOpened:
        if (entry.text.empty() || names_.contains(entry.key)) {
          return "opened a topic without a name or under a key in use";
        }
        if (!every_name_.try_emplace(entry.key, entry.text).second &&
            every_name_[entry.key] != entry.text) {
          return "a key was used again for another topic";
        }
        names_[entry.key] = entry.text;
        cells_[std::string(entry.text)] = {};
        return "";
      case wire_number::kTopicClosed:
        if (!names_.contains(entry.key)) {
          return "closed a topic that is not open";
        }
        cells_.erase(names_[entry.key]);
        names_.erase(entry.key);
        return "";
      case wire_number::kCellChanged:
        return ApplyCell(entry);
      default:
        if (entry.kind > wire_number::kFigures || entry.kind == 0) {
          return "unknown kind of entry";
        }
        happenings.push_back(
            {entry.kind, entry.key, entry.a, entry.count, "", std::string(entry.text)});
        if (entry.kind == wire_number::kEvent) {
          happenings.back().topic = NameOf(entry.a);
        }
        return "";
    }
  }

  std::string ApplyCell(const DecodedEntry& entry) {
    const auto name = names_.find(entry.key);
    if (name == names_.end()) {
      return "a cell of a topic that is not open";
    }
    Records& records = cells_[name->second][entry.a];
    if (entry.extra > records.size()) {
      return "keeps more records than the page holds";
    }
    records.erase(records.begin(),
                  records.end() - static_cast<Records::difference_type>(entry.extra));
    const Records added = Split(entry.text);
    if (added.size() != entry.count) {
      return "the count of records is not what the text holds";
    }
    records.insert(records.end(), added.begin(), added.end());
    records_received += added.size();
    return "";
  }

  std::string NameOf(std::uint32_t key) const {
    const auto name = every_name_.find(key);
    return name == every_name_.end() ? "" : name->second;
  }

  const Records& Cell(const std::string& topic, std::uint32_t kind) const {
    static const Records kNone;
    const auto cells = cells_.find(topic);
    if (cells == cells_.end()) {
      return kNone;
    }
    const auto cell = cells->second.find(kind);
    return cell == cells->second.end() ? kNone : cell->second;
  }

  // Objects joined by commas, as they are written.
  static Records Split(std::string_view text) {
    Records records;
    int depth = 0;
    bool in_string = false;
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char byte = text[i];
      if (in_string) {
        i += byte == '\\' ? 1 : 0;
        in_string = byte != '"';
      } else if (byte == '"') {
        in_string = true;
      } else if (byte == '{' || byte == '[') {
        ++depth;
      } else if ((byte == '}' || byte == ']') && --depth == 0) {
        records.emplace_back(text.substr(start, i + 1 - start));
        start = i + 2;
      }
    }
    if (start < text.size()) {
      records.emplace_back("the text ends inside a record");
    }
    return records;
  }

  std::map<std::uint32_t, std::string> names_;       // of open topics, by key
  std::map<std::uint32_t, std::string> every_name_;  // also of closed ones
  std::map<std::string, std::map<std::uint32_t, Records>> cells_;
  std::vector<double> counters_;
};

}  // namespace civic
