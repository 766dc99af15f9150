// The numbers of the boundary, for a test that compares them with JavaScript's copy.
#include <emscripten/emscripten.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "civic/engine/bundle_format.h"
#include "civic/engine/error_code.h"
#include "civic/engine/event_kind.h"
#include "civic/engine/topic_figures.h"
#include "civic/session/token.h"
#include "civic/store/cell_kind.h"
#include "civic/telemetry/counters.h"
#include "civic/wire/json_writer.h"

namespace civic {
namespace {

// {"bundleMagic","headerWords","entryWords","rememberedTokens","counterNames":[…],"errorCodes":[…],
// "entryKinds":{…},…}
std::string DescribeAbi() {
  JsonWriter json;
  json.Begin('{');
  json.Integer("bundleMagic", kBundleMagic);
  json.Integer("headerWords", kBundleHeaderWords);
  json.Integer("entryWords", sizeof(BundleEntry) / sizeof(std::uint32_t));
  json.Integer("rememberedTokens", kRememberedTokens);
  json.Begin("counterNames", '[');
  for (std::size_t i = 0; i < kCounterCount; ++i) {
    json.Text(CounterName(static_cast<Counter>(i)));
  }
  json.End(']');
  json.Begin("topicFigureNames", '[');
  for (const std::string_view name : kTopicFigureNames) {
    json.Text(name);
  }
  json.End(']');
  json.Begin("errorCodes", '[');
  for (int i = 0; i < kErrorCodeCount; ++i) {
    json.Text(ErrorName(static_cast<ErrorCode>(i)));
  }
  json.End(']');
  json.Begin("entryKinds", '{');
  json.Integer("topicOpened", static_cast<int>(EntryKind::kTopicOpened));
  json.Integer("topicClosed", static_cast<int>(EntryKind::kTopicClosed));
  json.Integer("cellChanged", static_cast<int>(EntryKind::kCellChanged));
  json.Integer("connection", static_cast<int>(EntryKind::kConnection));
  json.Integer("event", static_cast<int>(EntryKind::kEvent));
  json.Integer("delivery", static_cast<int>(EntryKind::kDelivery));
  json.Integer("commandResult", static_cast<int>(EntryKind::kCommandResult));
  json.Integer("error", static_cast<int>(EntryKind::kError));
  json.Integer("tokenWanted", static_cast<int>(EntryKind::kTokenWanted));
  json.Integer("guarantee", static_cast<int>(EntryKind::kGuarantee));
  json.Integer("figures", static_cast<int>(EntryKind::kFigures));
  json.End('}');
  json.Begin("cellKinds", '{');
  for (const CellKind kind : kCellKinds) {
    json.Integer(CellName(kind), static_cast<int>(kind));
  }
  json.End('}');
  json.Begin("eventKinds", '{');
  for (int bit = 1; bit < 32; ++bit) {
    const std::string_view name = EventName(static_cast<EventKind>(bit));
    if (!name.empty()) {
      json.Integer(name, bit);
    }
  }
  json.End('}');
  json.End('}');
  return json.Take();
}

}  // namespace
}  // namespace civic

extern "C" EMSCRIPTEN_KEEPALIVE const char* civic_describe_abi() {
  static const std::string description = civic::DescribeAbi();
  return description.c_str();
}
