// What one message costs the scanner, against nlohmann's parser on the same bytes.
//
// Every benchmark walks through many messages that differ in their values' lengths: repeating one
// message would let the processor learn its branches by heart.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/random.h"
#include "civic/wire/json_scanner.h"

namespace civic {
namespace {

using Messages = std::vector<std::string>;

constexpr int kMessageCount = 256;

class MessageWriter {
 public:
  explicit MessageWriter(bool is_ascii) : is_ascii_(is_ascii) {}

  std::string ShortUpdate() {
    return R"({"type":"bill_update","bill_id":)" + Number(100'000) +
           R"(,"update":{"type":"status_change","data":{"oldStatus":")" + Pick(kStatuses) +
           R"(","newStatus":")" + Pick(kStatuses) + R"(","chamber":")" + Pick(kChambers) +
           R"("}},"timestamp":")" + Timestamp() + R"("})";
  }

  std::string LongUpdate() {
    return R"({"type":"bill_update","topic":"bill:)" + Number(100'000) + R"(","bill_id":)" +
           Number(100'000) + R"(,"update":{"type":"new_comment","data":{"commentId":)" +
           Number(10'000'000) + R"(,"author":{"id":)" + Number(1'000'000) + R"(,"name":")" +
           Name() + R"("},"text":")" + Sentence(24) + R"(","replies":)" + Number(40) +
           R"(,"likes":)" + Number(5'000) + R"(,"tags":["budget",")" + Pick(kChambers) +
           R"("],"edited":false,"parent":null}},"seq":)" + Number(1'000'000'000) +
           R"(,"timestamp":17)" + std::to_string(10'000'000'000 + random_.Next() % 80'000'000'000) +
           "}";
  }

  std::string Batch(int size) {
    std::string batch = R"({"type":"batched_updates","updates":[)";
    for (int i = 0; i < size; ++i) {
      if (i != 0) batch += ',';
      batch += ShortUpdate();
    }
    return batch + R"(],"timestamp":")" + Timestamp() + R"("})";
  }

 private:
  using Choices = std::vector<std::string_view>;

  std::string Pick(const Choices& choices) {
    return std::string(choices[random_.Next() % choices.size()]);
  }

  std::string Number(std::uint64_t below) { return std::to_string(random_.Next() % below); }

  std::string Name() { return Pick(is_ascii_ ? kAsciiWords : kWords) + " Kamau"; }

  std::string Sentence(int words) {
    std::string sentence = Pick(kAsciiWords);
    for (int i = 1; i < words; ++i) {
      sentence += ' ';
      sentence += Pick(is_ascii_ ? kAsciiWords : kWords);
    }
    return sentence;
  }

  std::string Timestamp() {
    const auto two = [this](std::uint64_t below) {
      return std::to_string(10 + random_.Next() % (below - 10));
    };
    return "2026-" + two(13) + "-" + two(29) + "T" + two(24) + ":" + two(60) + ":" + two(60) +
           ".123Z";
  }

  const Choices kStatuses = {"introduced", "in_committee",        "passed", "signed_into_law",
                             "vetoed",     "reported_to_chamber", "failed"};
  const Choices kChambers = {"house", "senate", "joint_committee", "national_assembly"};
  const Choices kAsciiWords = {"the",   "clause", "on",  "public",    "participation", "should",
                               "amend", "fund",   "a",   "committee", "report",        "budget",
                               "of",    "county", "and", "hearing",   "accountable",   "vote"};
  const Choices kWords = {"réunion", "l’accord", "public",    "señor",        "the",
                          "Bürger",  "закон",    "参加",      "vote",         "à",
                          "fund",    "naïve",    "committee", "participation"};

  bool is_ascii_;
  Random random_{7};
};

Messages ShortUpdates() {
  MessageWriter writer(true);
  Messages messages;
  for (int i = 0; i < kMessageCount; ++i) messages.push_back(writer.ShortUpdate());
  return messages;
}

Messages LongUpdates() {
  MessageWriter writer(true);
  Messages messages;
  for (int i = 0; i < kMessageCount; ++i) messages.push_back(writer.LongUpdate());
  return messages;
}

Messages NonAsciiLongUpdates() {
  MessageWriter writer(false);
  Messages messages;
  for (int i = 0; i < kMessageCount; ++i) messages.push_back(writer.LongUpdate());
  return messages;
}

Messages SpacedLongUpdates() {
  Messages messages;
  for (const std::string& message : LongUpdates()) {
    messages.push_back(nlohmann::json::parse(message).dump(2));
  }
  return messages;
}

Messages Batches() {
  MessageWriter writer(true);
  Messages messages;
  for (int i = 0; i < 16; ++i) messages.push_back(writer.Batch(50));
  return messages;
}

template <typename Parse>
void Measure(benchmark::State& state, Messages (*make)(), Parse parse) {
  const Messages messages = make();
  std::size_t bytes = 0;
  std::size_t next = 0;
  for (auto _ : state) {
    const std::string& message = messages[next];
    next = (next + 1) % messages.size();
    bytes += message.size();
    if (!parse(message)) state.SkipWithError("a message was rejected");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
  state.counters["message_bytes"] =
      static_cast<double>(bytes) / static_cast<double>(state.iterations());
}

void Scan(benchmark::State& state, Messages (*make)()) {
  JsonScanner scanner;
  Measure(state, make, [&](std::string_view text) { return scanner.Scan(text).ok(); });
}

void ScanScalar(benchmark::State& state, Messages (*make)()) {
  JsonScanner scanner;
  Measure(state, make, [&](std::string_view text) { return scanner.ScanScalar(text).ok(); });
}

void NlohmannAccept(benchmark::State& state, Messages (*make)()) {
  Measure(state, make, [](std::string_view text) { return nlohmann::json::accept(text); });
}

void NlohmannDom(benchmark::State& state, Messages (*make)()) {
  Measure(state, make, [](std::string_view text) {
    return !nlohmann::json::parse(text, nullptr, false).is_discarded();
  });
}

#define CIVIC_SCAN_BENCHMARK(make)                \
  BENCHMARK_CAPTURE(Scan, make, &make);           \
  BENCHMARK_CAPTURE(ScanScalar, make, &make);     \
  BENCHMARK_CAPTURE(NlohmannAccept, make, &make); \
  BENCHMARK_CAPTURE(NlohmannDom, make, &make)

CIVIC_SCAN_BENCHMARK(ShortUpdates);
CIVIC_SCAN_BENCHMARK(LongUpdates);
CIVIC_SCAN_BENCHMARK(NonAsciiLongUpdates);
CIVIC_SCAN_BENCHMARK(SpacedLongUpdates);
CIVIC_SCAN_BENCHMARK(Batches);

}  // namespace
}  // namespace civic
