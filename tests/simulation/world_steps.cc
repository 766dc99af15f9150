// What the steps of a schedule do to the world.
#include <algorithm>
#include <cstddef>

#include "world.h"

namespace civic::simulation {
namespace {

constexpr int kUp = 0;
constexpr int kDown = 1;

}  // namespace

void World::Perform(const Step& step) {
  const int index = std::abs(step.args[0]) % schedule_.setup.clients;
  switch (step.kind) {
    case StepKind::kSend:
    case StepKind::kType:
    case StepKind::kSubscribe:
    case StepKind::kUnsubscribe:
    case StepKind::kAddPage:
    case StepKind::kRemovePage:
    case StepKind::kDisconnect:
    case StepKind::kConnect:
    case StepKind::kFreeze:
    case StepKind::kHide:
    case StepKind::kBusy:
    case StepKind::kClockJump:
    case StepKind::kReload:
    case StepKind::kTokenService:
      PerformOnClient(step, client(index));
      break;
    case StepKind::kCut:
    case StepKind::kHalfOpen:
    case StepKind::kDelay:
    case StepKind::kStall:
    case StepKind::kSlow:
    case StepKind::kOffline:
      PerformOnNetwork(step, index);
      break;
    default:
      PerformOnServer(step, index);
      break;
  }
}

void World::PerformOnClient(const Step& step, Client& client) {
  const auto& args = step.args;
  switch (step.kind) {
    case StepKind::kSend:
      client.Send(args[1], args[2], args[3]);
      break;
    case StepKind::kType:
      client.Type(args[1]);
      break;
    case StepKind::kSubscribe:
      client.Subscribe(args[1], args[2], args[3]);
      break;
    case StepKind::kUnsubscribe:
      client.Unsubscribe(args[1], args[2]);
      break;
    case StepKind::kAddPage:
      client.AddPage();
      break;
    case StepKind::kRemovePage:
      client.RemovePage(args[1]);
      break;
    case StepKind::kDisconnect:
      client.Disconnect();
      break;
    case StepKind::kConnect:
      client.Connect();
      break;
    case StepKind::kFreeze:
      client.Freeze(args[1], args[2]);
      break;
    case StepKind::kHide:
      client.Hide(args[1], args[2]);
      break;
    case StepKind::kBusy:
      client.MakeBusy(args[1], args[2]);
      break;
    case StepKind::kClockJump:
      client.JumpClock(args[1]);
      break;
    case StepKind::kReload:
      client.Reload(args[1]);
      break;
    case StepKind::kTokenService:
      client.SetTokenMode(static_cast<Client::TokenMode>(std::clamp(args[1], 0, 3)), args[2]);
      break;
    default:
      break;
  }
}

void World::PerformOnServer(const Step& step, int client) {
  const auto& args = step.args;
  const int stream = std::abs(args[0]) % static_cast<int>(catalog_.streams().size());
  OutletFaults& faults = server_.faults(client);
  switch (step.kind) {
    case StepKind::kPublish:
      server_.Publish(stream, args[1], {(args[2] & 1) == 0 ? 'a' : 'b', 1 + (args[2] >> 1)},
                      args[3]);
      break;
    case StepKind::kWhisper:
      server_.Whisper(stream);
      break;
    case StepKind::kDropEvents:
      faults.drop += args[1];
      break;
    case StepKind::kDuplicateEvents:
      faults.duplicate += args[1];
      faults.duplicate_after_ms = args[2];
      break;
    case StepKind::kReorderEvents:
      faults.reorder += args[1];
      faults.reorder_behind = args[2];
      break;
    case StepKind::kTruncate:
      faults.truncate += args[1];
      break;
    case StepKind::kCorrupt:
      faults.corrupt += args[1];
      break;
    case StepKind::kRestart:
      server_.Restart(args[0], args[1] != 0, args[2], args[3]);
      break;
    case StepKind::kTrimHistory:
      server_.Trim(stream, args[1]);
      break;
    case StepKind::kServerClose:
      server_.Close(client, args[1], args[2]);
      break;
    case StepKind::kRejectSends:
      server_.ledger().RefuseNext(client, args[1]);
      break;
    case StepKind::kServerPing:
      server_.Ping(client);
      break;
    case StepKind::kExpireToken:
      server_.ExpireToken(client);
      break;
    default:
      break;
  }
}

void World::PerformOnNetwork(const Step& step, int index) {
  const auto& args = step.args;
  Network& network = networks_[static_cast<std::size_t>(index)];
  switch (step.kind) {
    case StepKind::kCut:
    case StepKind::kHalfOpen:
      Break(index, step.kind);
      break;
    case StepKind::kDelay:
      network.pace.latency_ms = args[1];
      network.pace.jitter_ms = args[2];
      ApplyPace(index);
      break;
    case StepKind::kStall:
      if (Link* link = client(index).live(); link != nullptr) {
        const TimeMs until = queue_.now() + args[2];
        if (args[1] != kDown) {
          link->up.Stall(until);
        }
        if (args[1] != kUp) {
          link->down.Stall(until);
        }
      }
      break;
    case StepKind::kSlow:
      network.pace.bytes_per_ms = std::max(args[1], 1) / 1000.0;
      network.slow_until = queue_.now() + args[2];
      ApplyPace(index);
      queue_.At(network.slow_until, [this, index] {
        Network& slow = networks_[static_cast<std::size_t>(index)];
        if (queue_.now() >= slow.slow_until) {
          slow.pace.bytes_per_ms = Pipe::Pace().bytes_per_ms;
          ApplyPace(index);
        }
      });
      break;
    case StepKind::kOffline: {
      const TimeMs until = queue_.now() + args[1];
      network.offline_until = std::max(network.offline_until, until);
      if (Link* link = client(index).live(); link != nullptr) {
        link->up.Stall(args[2] != 0 ? kNever : until);
        link->down.Stall(args[2] != 0 ? kNever : until);
      }
      client(index).SetOnline(false);
      queue_.At(until, [this, index] {
        if (queue_.now() >= networks_[static_cast<std::size_t>(index)].offline_until) {
          client(index).SetOnline(true);
        }
      });
      break;
    }
    default:
      break;
  }
}

void World::Break(int index, StepKind kind) {
  if (Link* link = client(index).live(); link != nullptr) {
    if (kind == StepKind::kCut) {
      link->Cut();
    } else {
      link->HalfOpen();
    }
  }
}

void World::ApplyPace(int index) {
  if (Link* link = client(index).live(); link != nullptr) {
    link->SetPace(networks_[static_cast<std::size_t>(index)].pace);
  }
}

}  // namespace civic::simulation
