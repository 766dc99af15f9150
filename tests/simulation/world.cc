#include "world.h"

#include <algorithm>
#include <ostream>
#include <utility>

namespace civic::simulation {
namespace {

// A schedule of a thousand steps comes to some ten thousand events. What is far over that does not
// end.
constexpr std::uint64_t kMostEvents = 2'000'000;
// After everything is well again. Longer than the longest pause before a new attempt, a connect
// timeout, a frozen heartbeat and the minute of a hidden page's timer together.
constexpr DurationMs kRecoveryMs = 200'000;
constexpr DurationMs kSettleMs = 20'000;
// Within this, a server that is well answers something: its answer time, and the time after which a
// message without an answer is sent again.
constexpr DurationMs kProgressMs = 20'000;
// What a stream still has to bring comes within one heartbeat.
constexpr DurationMs kHeartbeatMs = 45'000;

}  // namespace

World::World(const Schedule& schedule, std::ostream* trace)
    : schedule_(Sound(schedule)),
      trace_(trace),
      random_(Random(schedule_.seed ^ 0x5eed).Next()),
      catalog_(schedule_.setup.bills),
      server_(queue_, schedule_.setup, catalog_, random_.Next()),
      networks_(static_cast<std::size_t>(schedule_.setup.clients)) {
  for (int client = 0; client < schedule_.setup.clients; ++client) {
    Network& network = networks_[static_cast<std::size_t>(client)];
    network.pace.latency_ms = schedule_.setup.latency_ms;
    network.pace.jitter_ms = schedule_.setup.jitter_ms;
    clients_.push_back(std::make_unique<Client>(
        client,
        Client::Surroundings{queue_, schedule_.setup, catalog_, server_.log(), server_.authority(),
                             [this](Handshake handshake, SocketId socket) {
                               return Open(std::move(handshake), socket);
                             }},
        random_.Next()));
  }
}

// Scripts are written by hand, too.
Schedule World::Sound(Schedule schedule) {
  Setup& setup = schedule.setup;
  setup.clients = std::clamp(setup.clients, 1, 100);
  setup.bills = std::clamp(setup.bills, 1, 100);
  setup.pages = std::clamp(setup.pages, 1, 4);
  setup.dialect = std::clamp(setup.dialect, 1, 3);
  setup.auth = std::clamp(setup.auth, 0, 3);
  setup.cell_records = std::max(setup.cell_records, 1);
  setup.cache_kib = std::max(setup.cache_kib, 1);
  setup.queue_kib = std::max(setup.queue_kib, 1);
  setup.outbox = std::max(setup.outbox, 1);
  setup.history = std::max(setup.history, 0);
  return schedule;
}

Link* World::Open(Handshake handshake, SocketId socket) {
  const int index = handshake.client;
  Network& network = networks_[static_cast<std::size_t>(index)];
  if (network.offline_until > queue_.now()) {
    return nullptr;
  }
  links_.push_back(std::make_unique<Link>(queue_, random_.Next(), std::move(handshake), socket));
  Link& link = *links_.back();
  link.SetPace(network.pace);
  link.up.SetReceiver(
      {[this, &link](const Frame&) { server_.Accept(link); }, [](int, const std::string&) {}});
  link.down.SetReceiver({[this, &link, index](Frame frame) {
                           if (frame.kind == Frame::Kind::kOpen) {
                             client(index).LinkOpened(link, frame.text);
                           } else {
                             client(index).FrameArrived(link, std::move(frame));
                           }
                         },
                         [this, &link, index](int code, const std::string& reason) {
                           client(index).LinkClosed(link, code, reason);
                         }});
  if (trace_ != nullptr) {
    const std::string name =
        "client " + std::to_string(index) + " socket " + std::to_string(socket);
    link.up.SetSpy([this, name](const std::string& text) { Tell(name + " >> " + text); });
    link.down.SetSpy([this, name](const std::string& text) { Tell(name + " << " + text); });
  }
  link.up.Send({"", Frame::Kind::kOpen, {}});
  return &link;
}

Outcome World::Run() {
  for (const auto& client : clients_) {
    client->Connect();
  }
  for (const Step& step : schedule_.steps) {
    queue_.At(EventQueue::kBegin + step.at_ms, [this, &step] {
      if (trace_ != nullptr) {
        Tell("step " + step.Print());
      }
      Perform(step);
    });
  }
  Outcome outcome;
  const TimeMs last = schedule_.steps.empty() ? 0 : schedule_.steps.back().at_ms;
  const auto run_for = [&](DurationMs duration) {
    if (!queue_.RunUntil(queue_.now() + duration, kMostEvents)) {
      outcome.findings.Add(FindingKind::kRunaway,
                           "more than " + std::to_string(kMostEvents) + " events");
    }
    return outcome.findings.empty();
  };
  if (run_for(last)) {
    if (trace_ != nullptr) {
      Tell("everything is well again");
    }
    Heal();
    const auto is_connected = [](const auto& client) {
      return client->engine().connection_state() == ConnectionState::kConnected;
    };
    // Most worlds are well much sooner; but who looks connected may still have to find out that it
    // is not.
    for (TimeMs waited = 0;
         waited < kHeartbeatMs ||
         (waited < kRecoveryMs && !std::all_of(clients_.begin(), clients_.end(), is_connected));
         waited += kSettleMs) {
      run_for(kSettleMs);
      ConnectRefused();
    }
    run_for(kHeartbeatMs);
    // A server that takes one message at a time has a full outbox before it. As long as results
    // come, nobody is stuck.
    for (std::size_t open = UnsettledMessages(), before = open + 1; open > 0 && open < before;) {
      run_for(kProgressMs);
      before = std::exchange(open, UnsettledMessages());
    }
    if (outcome.findings.empty()) {
      CheckEverybody(false, &outcome.findings);
      PublishEverywhere();
    }
  }
  if (outcome.findings.empty() && run_for(kSettleMs)) {
    CheckEverybody(true, &outcome.findings);
  }
  outcome.events = queue_.happened();
  Digest digest;
  for (const auto& client : clients_) {
    digest.Add(client->digest().value());
    for (const Reading& reading : client->readings()) {
      for (const Item& item : reading.items) {
        outcome.delivered += item.kind == Item::Kind::kEvent ? 1 : 0;
        outcome.gaps += item.kind == Item::Kind::kGap ? 1 : 0;
      }
    }
  }
  for (std::size_t stream = 0; stream < catalog_.streams().size(); ++stream) {
    outcome.published += static_cast<std::uint64_t>(server_.log().count(static_cast<int>(stream)));
  }
  outcome.digest = digest.value();
  return outcome;
}

std::size_t World::UnsettledMessages() {
  std::size_t count = 0;
  for (const auto& client : clients_) {
    client->DrainAll();
    count += static_cast<std::size_t>(
        std::count_if(client->sendings().begin(), client->sendings().end(), [&](const auto& one) {
          return one.results == 0 && client->FindPage(one.page) != nullptr;
        }));
    // What an earlier visit left goes first, and has no page that hears of it.
    count += client->CountWaiting();
  }
  return count;
}

void World::Tell(const std::string& what) const {
  *trace_ << static_cast<std::int64_t>(queue_.elapsed()) << " " << what.substr(0, 600) << "\n";
}

bool World::RunFor(DurationMs duration) {
  return queue_.RunUntil(queue_.now() + duration, kMostEvents);
}

void World::Heal() {
  server_.Heal();
  for (int index = 0; index < schedule_.setup.clients; ++index) {
    Network& network = networks_[static_cast<std::size_t>(index)];
    network = {};
    network.pace.latency_ms = std::min(schedule_.setup.latency_ms, 500);
    ApplyPace(index);
    client(index).Heal();
  }
}

// A person sees that it failed and tries again. Only the server's own no may lead there.
void World::ConnectRefused() {
  for (int index = 0; index < schedule_.setup.clients; ++index) {
    if (client(index).engine().connection_state() == ConnectionState::kFailed &&
        server_.refusals(index) >= 2) {
      client(index).Connect();
    }
  }
}

// One at a time, so that nobody is too slow for it.
void World::PublishEverywhere() {
  constexpr DurationMs kPaceMs = 100;
  DurationMs wait = 0;
  for (int stream = 0; stream < static_cast<int>(catalog_.streams().size()); ++stream) {
    for (const Traits traits : {Traits{'a', 1}, Traits{'b', 2}, Traits{'b', 1}, Traits{'a', 2}}) {
      queue_.After(wait += kPaceMs,
                   [this, stream, traits] { server_.Publish(stream, 1, traits, 5); });
    }
  }
}

Outcome RunSchedule(const Schedule& schedule) { return World(schedule).Run(); }

}  // namespace civic::simulation
