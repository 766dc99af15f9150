#include "message_ledger.h"

namespace civic::simulation {

MessageLedger::Outcome MessageLedger::Take(int client, const std::string& message_id,
                                           const Effect& effect, TimeMs now) {
  const int number = effect.number;
  Account& account = At(client);
  const auto known_id = account.id_of.try_emplace(number, message_id).first->second;
  if (known_id != message_id) {
    account.faults.push_back("message " + std::to_string(number) + " came as " + known_id +
                             " and as " + message_id);
  }
  const auto known = account.by_id.find(message_id);
  if (known != account.by_id.end()) {
    const Known& before = known->second;
    if (before.number != number) {
      account.faults.push_back("messages " + std::to_string(before.number) + " and " +
                               std::to_string(number) + " both came as " + message_id);
    }
    if (now < before.at + kRememberedMs) {
      return before.outcome == Outcome::kRefused ? Outcome::kRefused : Outcome::kAppliedBefore;
    }
  }
  Outcome outcome = Outcome::kApplied;
  if (account.to_refuse > 0) {
    --account.to_refuse;
    outcome = Outcome::kRefused;
  } else {
    account.applied.push_back(effect);
  }
  account.by_id[message_id] = {number, outcome, now};
  return outcome;
}

bool MessageLedger::IsRefused(int client, int number) const {
  const Account& account = At(client);
  const auto id = account.id_of.find(number);
  return id != account.id_of.end() && account.by_id.at(id->second).outcome == Outcome::kRefused;
}

}  // namespace civic::simulation
