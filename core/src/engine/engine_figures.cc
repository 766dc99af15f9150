// Figures for whoever looks into the engine, made when they are asked for.
#include <array>
#include <cstdint>

#include "civic/engine/engine.h"
#include "civic/engine/topic_figures.h"
#include "civic/wire/json_writer.h"

namespace civic {

void Engine::ReportFigures(PageId id, std::uint64_t host_bytes, TimeMs now) {
  Page* page = pages_.Find(id);
  if (page == nullptr) {
    return;
  }
  JsonWriter json;
  json.Begin('{');
  json.Time("countedAt", now);
  json.Integer("hostBytes", static_cast<std::int64_t>(host_bytes));
  json.Begin("roundTripsMs", '[');
  for (const DurationMs round_trip : session_.round_trip().recent()) {
    json.Time(round_trip);
  }
  json.End(']');
  json.Begin("topics", '[');
  for (TopicId topic = 0; topic < topics_.handle_bound(); ++topic) {
    const Watch* watch = topics_.FindWatch(topic, id);
    if (watch != nullptr && !topics_.topic(topic).is_local()) {
      WriteFigures(topic, *watch, &json);
    }
  }
  json.End(']');
  json.End('}');
  page->QueueUrgent(EntryKind::kFigures, 0, 0, json.Take());
  pages_.Touch(*page);
}

void Engine::WriteFigures(TopicId id, const Watch& watch, JsonWriter* json) const {
  std::uint64_t cache_bytes = 0;
  for (const CellKind kind : kCellKinds) {
    const CellStore::Cell* cell = store_.Find(id, kind);
    cache_bytes += cell == nullptr ? 0 : cell->accounted_bytes;
  }
  const Topic& topic = topics_.topic(id);
  const TopicTraffic& traffic = topic.traffic;
  const std::array<std::uint64_t, kTopicFigureNames.size()> figures = {
      topic.key,     traffic.messages,
      traffic.bytes, watch.conflated,
      watch.dropped, traffic.duplicates,
      traffic.gaps,  traffic.recovered,
      cache_bytes,   static_cast<std::uint64_t>(traffic.last_message_at)};
  json->Begin('[');
  for (const std::uint64_t figure : figures) {
    json->Integer(static_cast<std::int64_t>(figure));
  }
  json->End(']');
}

}  // namespace civic
