// What the server did with the messages of clients: each takes effect once per messageId, or is
// refused, for as long as the protocol promises to remember it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/time.h"

namespace civic::simulation {

class MessageLedger {
 public:
  enum class Outcome { kApplied, kAppliedBefore, kRefused };

  // `number` is the message's data.k, `connection` counts those of the server.
  struct Effect {
    int number;
    int connection;
  };

  explicit MessageLedger(int clients) : accounts_(static_cast<std::size_t>(clients)) {}

  // The next messages of the client that are new are refused.
  void RefuseNext(int client, int count) { At(client).to_refuse += count; }

  // A message with an id: what became of it, now or when it came first, unless that is forgotten.
  Outcome Take(int client, const std::string& message_id, const Effect& effect, TimeMs now);
  // A message without one takes effect whenever it comes.
  void TakeAnonymous(int client, const Effect& effect) { At(client).applied.push_back(effect); }

  // In the order in which they took effect.
  const std::vector<Effect>& applied(int client) const { return At(client).applied; }
  bool IsRefused(int client, int number) const;
  // What came with another id than the first time, or with the id of another message.
  const std::vector<std::string>& faults(int client) const { return At(client).faults; }

 private:
  // docs/protocol.md, "Messages of the page", and not a moment longer.
  static constexpr DurationMs kRememberedMs = 10 * 60'000;

  struct Known {
    int number;
    Outcome outcome;
    TimeMs at;
  };

  struct Account {
    int to_refuse = 0;
    std::vector<Effect> applied;
    std::map<std::string, Known> by_id;
    std::map<int, std::string> id_of;
    std::vector<std::string> faults;
  };

  Account& At(int client) { return accounts_[static_cast<std::size_t>(client)]; }
  const Account& At(int client) const { return accounts_[static_cast<std::size_t>(client)]; }

  std::vector<Account> accounts_;
};

}  // namespace civic::simulation
