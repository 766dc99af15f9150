// The virtual world: engines, a server and the networks between them under one clock, and the
// oracle that looks at them in the end.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "client.h"
#include "digest.h"
#include "event_queue.h"
#include "findings.h"
#include "link.h"
#include "schedule.h"
#include "server.h"
#include "topic_catalog.h"

namespace civic::simulation {

// What a run came to.
struct Outcome {
  Findings findings;
  std::uint64_t events = 0;  // that happened
  std::uint64_t digest = 0;
  std::uint64_t published = 0;
  std::uint64_t delivered = 0;
  std::uint64_t gaps = 0;
};

class World {
 public:
  // Everything that happens is written to `trace`, if there is one.
  explicit World(const Schedule& schedule, std::ostream* trace = nullptr);
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // The schedule, then the world is healed, then the oracle looks.
  Outcome Run();

  // For tests that do as they please instead.

  bool RunFor(DurationMs duration);
  void Perform(const Step& step);
  Client& client(int index) { return *clients_[static_cast<std::size_t>(index)]; }
  Server& server() { return server_; }
  EventQueue& queue() { return queue_; }

 private:
  // What the network between a client and the server is like.
  struct Network {
    Pipe::Pace pace;
    TimeMs slow_until = 0;
    TimeMs offline_until = 0;
  };

  static Schedule Sound(Schedule schedule);
  Link* Open(Handshake handshake, SocketId socket);
  void Break(int client, StepKind kind);
  void ApplyPace(int client);
  void PerformOnNetwork(const Step& step, int client);
  void PerformOnClient(const Step& step, Client& client);
  void PerformOnServer(const Step& step, int client);
  void Heal();
  void ConnectRefused();
  std::size_t UnsettledMessages();
  void PublishEverywhere();
  // `is_last`: everybody was sent something just now.
  void CheckEverybody(bool is_last, Findings* findings);
  void CheckReadings(const Client& client, int index, bool is_last, Findings* findings) const;
  void CheckState(const Client& client, const Reading& reading, const std::string& who,
                  Findings* findings) const;
  void CheckMessages(Client& client, int index, Findings* findings);
  void CheckOrder(const Client& client, int index, Findings* findings);
  std::string NameOf(int client, const Reading& reading) const;
  void Tell(const std::string& what) const;

  const Schedule schedule_;
  std::ostream* trace_;
  EventQueue queue_;
  Random random_;
  TopicCatalog catalog_;
  Server server_;
  std::vector<Network> networks_;
  std::vector<std::unique_ptr<Link>> links_;  // all there ever were
  std::vector<std::unique_ptr<Client>> clients_;
};

// A whole run of a schedule.
Outcome RunSchedule(const Schedule& schedule);

}  // namespace civic::simulation
