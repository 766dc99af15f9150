// What must hold when the world has come to rest.
#include <algorithm>
#include <map>
#include <set>

#include "reading_oracle.h"
#include "world.h"

namespace civic::simulation {
namespace {

// Above this nothing is emptied for want of memory.
constexpr int kAmpleCacheKib = 1024;

std::vector<std::int64_t> NumbersOf(const PageModel::Records& records) {
  std::vector<std::int64_t> numbers;
  for (const std::string& record : records) {
    numbers.push_back(NumberIn(record));
  }
  return numbers;
}

}  // namespace

void World::CheckEverybody(bool is_last, Findings* findings) {
  for (int index = 0; index < schedule_.setup.clients; ++index) {
    Client& one = client(index);
    one.DrainAll();
    if (one.engine().connection_state() != ConnectionState::kConnected) {
      findings->Add(FindingKind::kStuckEngine,
                    "client " + std::to_string(index) + " is " +
                        std::string(ConnectionStateName(one.engine().connection_state())));
    }
    for (const std::string& fault : one.faults()) {
      findings->Add(fault.find("token") != std::string::npos ? FindingKind::kTokenLeak
                                                             : FindingKind::kProtocolViolation,
                    fault);
    }
    for (const std::string& fault : server_.ledger().faults(index)) {
      findings->Add(FindingKind::kProtocolViolation,
                    "client " + std::to_string(index) + ": " + fault);
    }
    CheckReadings(one, index, is_last, findings);
    CheckMessages(one, index, findings);
  }
  for (const std::string& violation : server_.violations()) {
    findings->Add(FindingKind::kProtocolViolation, violation);
  }
}

std::string World::NameOf(int client, const Reading& reading) const {
  return "client " + std::to_string(client) + ", page " + std::to_string(reading.page) + ", " +
         catalog_.topics()[static_cast<std::size_t>(reading.topic)].name + " (subscription " +
         std::to_string(reading.handle) + ")";
}

void World::CheckReadings(const Client& client, int index, bool is_last, Findings* findings) const {
  const auto dialect = static_cast<Dialect>(schedule_.setup.dialect);
  for (const Reading& reading : client.readings()) {
    const TopicShape& topic = catalog_.topics()[static_cast<std::size_t>(reading.topic)];
    if (topic.stream == TopicShape::kEveryStream) {
      continue;  // everything, and without a promise
    }
    const std::string who = NameOf(index, reading);
    ReadingOracle oracle(catalog_, server_.log(), reading, who);
    if (dialect == Dialect::kV1) {
      oracle.CheckArrived(findings);
    } else {
      oracle.CheckOrdered(dialect == Dialect::kMixed, findings);
    }
    if (is_last) {
      oracle.CheckNewest(findings);
    }
    if (topic.cell != 0 && reading.kind == 0 && reading.is_open) {
      CheckState(client, reading, who, findings);
    }
  }
}

// The cell holds the newest of what the subscription was told, and maybe what came before it.
void World::CheckState(const Client& client, const Reading& reading, const std::string& who,
                       Findings* findings) const {
  const TopicShape& topic = catalog_.topics()[static_cast<std::size_t>(reading.topic)];
  const std::vector<std::int64_t> kept =
      NumbersOf(client.FindPage(reading.page)->List(topic.name, static_cast<CellKind>(topic.cell)));
  std::vector<std::int64_t> told;
  for (const Item& item : reading.items) {
    if (item.kind == Item::Kind::kEvent) {
      told.push_back(item.number);
    } else if (item.kind != Item::Kind::kGap) {
      told.clear();  // more came than the page was told one by one
    }
  }
  if (schedule_.setup.dialect == static_cast<int>(Dialect::kMixed)) {
    return;
  }
  const std::size_t common = std::min(kept.size(), told.size());
  if (!std::equal(kept.end() - static_cast<std::ptrdiff_t>(common), kept.end(),
                  told.end() - static_cast<std::ptrdiff_t>(common))) {
    findings->Add(FindingKind::kWrongState,
                  who + " keeps something else than the newest it was told");
  }
  const std::size_t limit = static_cast<std::size_t>(schedule_.setup.cell_records);
  if (schedule_.setup.cache_kib >= kAmpleCacheKib && kept.size() < std::min(limit, told.size())) {
    findings->Add(FindingKind::kWrongState, who + " keeps " + std::to_string(kept.size()) +
                                                " records of " + std::to_string(told.size()));
  }
  if (kept.size() > limit || !std::is_sorted(kept.begin(), kept.end()) ||
      std::adjacent_find(kept.begin(), kept.end()) != kept.end()) {
    findings->Add(FindingKind::kWrongState,
                  who + " keeps too much, or not in order, or something twice");
  }
}

void World::CheckMessages(Client& client, int index, Findings* findings) {
  const bool is_v2 = schedule_.setup.dialect == static_cast<int>(Dialect::kV2);
  const std::vector<MessageLedger::Effect>& applied = server_.ledger().applied(index);
  std::set<int> effects;
  for (const MessageLedger::Effect& effect : applied) {
    effects.insert(effect.number);
  }
  const std::string who = "client " + std::to_string(index) + ", message ";
  for (const Sending& sending : client.sendings()) {
    const std::string name = who + std::to_string(sending.number);
    if (sending.results == 0 && client.FindPage(sending.page) != nullptr) {
      findings->Add(FindingKind::kUnsettledPromise, name + " has no result");
    }
    if (sending.results > 1) {
      findings->Add(FindingKind::kDuplicated,
                    name + " has " + std::to_string(sending.results) + " results");
    }
    if (is_v2 && sending.owed_until > 0 && !effects.contains(sending.number) &&
        !server_.ledger().IsRefused(index, sending.number) && client.IsOwed(sending)) {
      findings->Add(FindingKind::kLost,
                    name + " was kept for the next visit, and did not take effect");
    }
    const bool is_done = sending.results > 0 && sending.code == ErrorCode::kOk;
    if (is_v2 && is_done && !effects.contains(sending.number)) {
      findings->Add(FindingKind::kLost, name + " is said to be done, and is not");
    }
    if (sending.results > 0 && sending.code == ErrorCode::kMessageRejected &&
        effects.contains(sending.number)) {
      findings->Add(FindingKind::kLost, name + " is said to be refused, and is done");
    }
  }
  if (schedule_.setup.dialect == static_cast<int>(Dialect::kMixed)) {
    return;  // a server of dialect v1 knows nothing of message ids
  }
  if (effects.size() != applied.size()) {
    findings->Add(FindingKind::kDuplicated,
                  who + "some of " + std::to_string(applied.size()) + " took effect twice");
    return;
  }
  // docs/protocol.md, "With a v1 server": a batch that is refused comes again one by one, after
  // what was sent meanwhile, as nothing tells that a batch was taken.
  const bool may_overtake =
      !is_v2 && schedule_.setup.batching != 0 && schedule_.setup.refuses_batches != 0;
  if (!may_overtake) {
    CheckOrder(client, index, findings);
  }
}

// docs/protocol.md, "Messages of the page": dialect v2 keeps the order over all connections, of
// what was not given up; v1 within one.
void World::CheckOrder(const Client& client, int index, Findings* findings) {
  const bool is_v2 = schedule_.setup.dialect == static_cast<int>(Dialect::kV2);
  const auto is_given_up = [&](int number) {
    const Sending& sending = client.sendings()[static_cast<std::size_t>(number)];
    if (sending.results == 0) {
      return client.FindPage(sending.page) == nullptr;  // nobody is left who could be told
    }
    return sending.code == ErrorCode::kNotConnected || sending.code == ErrorCode::kMessageExpired;
  };
  std::map<int, int> newest;  // by connection
  for (const MessageLedger::Effect& effect : server_.ledger().applied(index)) {
    if (is_v2 && is_given_up(effect.number)) {
      continue;
    }
    int& before = newest.try_emplace(is_v2 ? 0 : effect.connection, -1).first->second;
    if (effect.number < before) {
      findings->Add(FindingKind::kReordered, "client " + std::to_string(index) + ", message " +
                                                 std::to_string(effect.number) +
                                                 " took effect after " + std::to_string(before));
    }
    before = std::max(before, effect.number);
  }
}

}  // namespace civic::simulation
