// The engine: a machine that is cranked from outside. Everything enters as a call with the time,
// everything leaves by polling. Same inputs and seed, same outputs, always.
//
// Never asks for the time, never waits, never touches a socket. One thread at a time.
#pragma once

#include <cstdint>
#include <list>
#include <span>
#include <string>
#include <string_view>

#include "civic/engine/action.h"
#include "civic/engine/bundle_writer.h"
#include "civic/engine/engine_config.h"
#include "civic/engine/error_code.h"
#include "civic/engine/message_handler.h"
#include "civic/engine/page_set.h"
#include "civic/engine/random.h"
#include "civic/engine/time.h"
#include "civic/outbox/batcher.h"
#include "civic/outbox/outbox.h"
#include "civic/outbox/typing_sender.h"
#include "civic/routing/stream_sync.h"
#include "civic/routing/topic_sync.h"
#include "civic/routing/topic_table.h"
#include "civic/session/session.h"
#include "civic/store/cell_store.h"
#include "civic/telemetry/counters.h"

namespace civic {

class ActionTally;
class JsonWriter;
class TokenList;

class Engine {
 public:
  // `config` comes from ReadEngineConfig without a problem.
  Engine(const EngineConfig& config, std::uint64_t seed);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // What happened on a socket. Events of any other than the live one are ignored.

  // `protocol`: the subprotocol that the server selected; "" for none.
  void SocketOpened(SocketId socket, std::string_view protocol, TimeMs now);
  // `is_text`: a text frame. A binary frame must begin with `{` and is then the same JSON.
  void SocketFrame(SocketId socket, std::string_view bytes, bool is_text, TimeMs now);
  // A frame too large to be taken in at all.
  void SocketFrameTooLarge(SocketId socket, std::size_t bytes, TimeMs now);
  void SocketClosed(SocketId socket, int code, std::string_view reason, TimeMs now);
  // How much waits in the socket for the network. To be told after actions were performed, and
  // before Advance(), whenever it is not zero.
  void SocketBacklog(SocketId socket, std::size_t buffered_bytes, TimeMs now);
  // A frame went or came deflated: what was on the wire, and the text it stands for.
  void NoteDeflated(bool is_sent, std::size_t wire_bytes, std::size_t text_bytes);
  // The platform refused to open the socket.
  void SocketFailed(SocketId socket, std::string_view reason, TimeMs now);

  // Readers. Commands that name a page that does not exist do nothing.

  PageId AddPage(TimeMs now);
  void RemovePage(PageId page, TimeMs now);

  void Connect(PageId page, std::string_view token, TimeMs now);
  void Disconnect(PageId page, TimeMs now);
  // `options`: {"filters"?: {…}, "priority"?: "high"|"medium"|"low", "deliver"?: boolean}, or "".
  void Subscribe(PageId page, std::uint32_t subscription, std::string_view topic,
                 std::string_view options, TimeMs now);
  void Unsubscribe(PageId page, std::uint32_t subscription, TimeMs now);
  // Answered by exactly one command result in the page's bundle: with dialect v2 when the server
  // has acknowledged the message, with v1 when it was handed to the socket. `options`: see
  // SendOptions, or "".
  void Send(PageId page, std::uint32_t command, std::string_view message, std::string_view options,
            TimeMs now);
  // `json`: the cell kOutbox as an earlier visit read it.
  void RestoreOutbox(PageId page, std::string_view json, TimeMs now);
  // A keystroke in a discussion; `parent` is the comment that is answered, "" for none.
  void StartTyping(PageId page, std::string_view bill, std::string_view parent, TimeMs now);
  void StopTyping(PageId page, std::string_view bill, std::string_view parent, TimeMs now);
  // `change`: read, readAll, remove, clear, clearRead; `id` is "" where it does not apply. Tells no
  // server.
  void ChangeNotifications(PageId page, std::string_view change, std::string_view id, TimeMs now);
  // `json`: a list of notifications as an earlier visit read it.
  void RestoreNotifications(PageId page, std::string_view json, TimeMs now);
  void Listen(PageId page, std::uint32_t event_mask, TimeMs now);
  void SetVisible(PageId page, bool visible, TimeMs now);
  void SetOnline(PageId page, bool online, TimeMs now);
  void Resumed(PageId page, TimeMs now);
  void ProvideToken(PageId page, std::uint32_t request, std::string_view token, TimeMs now);
  // Handles a message as if the server had sent it.
  void Inject(PageId page, std::string_view message, TimeMs now);

  // Puts the figures that no other bundle has into the page's next one, which does not wait:
  // {"countedAt","hostBytes","roundTripsMs":[…],"topics":[[…],…]}, see topic_figures.h.
  // `host_bytes`: the memory of the place the engine runs in.
  void ReportFigures(PageId page, std::uint64_t host_bytes, TimeMs now);

  // To be called at NextDeadline() at the latest.
  void Advance(TimeMs now);

  TimeMs NextDeadline() const;
  // The same without cells, whose deadlines have no consequence for what is sent.
  TimeMs MachineDeadline() const;
  bool PollAction(Action* action);
  // A page for which something waits, once per rise from nothing to ready to urgent.
  bool PollWake(PageId* page, bool* urgent) { return pages_.PollWake(page, urgent); }
  BundleState StateOf(PageId page);
  // Everything that waits for the page; empty when nothing does. Valid until the next call.
  std::span<const char> DrainBundle(PageId page, TimeMs now);

  // For recordings; defined where those are, in src/recording/ and src/replay/.

  // Everything that decides what the engine will do, and what it did, as JSON. What it holds for
  // readers (cells, what waits for a bundle) is no part of it. Where there is a list of tokens,
  // stand-ins take their place.
  std::string PrintState(ActionTally& actions, TokenList* tokens);
  // What a replay compares more often: less than the state, and the same for as long as engines
  // behave alike.
  std::string PrintMark(const ActionTally& actions);
  // How many bytes could be copied in the time that a mark takes, roughly.
  std::size_t MarkCostBytes() const;
  // Goes on from a printed state. Only for an engine that was just made; it is of no use after a
  // problem, which is returned, "" being none.
  std::string RestoreState(std::string_view json, ActionTally* actions);

  // Names everything that decides what comes next. See recording/state_writer.h.
  // Not recorded: config_ (given), store_, messages_, bundles_ (what readers see),
  // outgoing_scanner_ (of one call), actions_ (handed out by then).
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("random", random_)("clientId", client_id_)("session", session_)("pages", pages_);
    archive("routing", topics_)("wire", sync_)("streams", streams_)("outbox", outbox_);
    archive("batcher", batcher_)("typing", typing_)("counters", counters_)("up", up_);
    archive("connectionText", connection_text_)("outboxDue", outbox_due_);
    archive("deflates", deflates_)("mostInFlight", most_in_flight_);
    archive("mostMessageBytes", most_message_bytes_)("backlogBytes", backlog_bytes_);
    archive("backlogTold", backlog_told_)("backlogPollAt", backlog_poll_at_);
  }

  const Counters& counters() const { return counters_; }
  ConnectionState connection_state() const { return session_.state(); }

 private:
  std::string FinishRestoring();

  void Settle(TimeMs now);
  void SettleReplies(TimeMs now);
  void SettleRouting(TimeMs now);
  void SettleReply(const Reply& reply, TimeMs now);
  void SettleError(const Reply& reply, TimeMs now);
  void SettleStreams(bool was_readable, TimeMs now);
  void OpenWatch(Page& page, TopicId topic);
  void SettleSession(TimeMs now);
  void SettleConnection(const ConnectionChange& change, TimeMs now);
  void ReportConnection(const ConnectionChange& change);
  void Perform(SessionAction action, TimeMs now);
  void SendText(std::string text);
  void SettleOutgoing();
  // Hands out what waits, as far as server and socket take it.
  void Pump(TimeMs now);
  void Enqueue(Outbox::Waiting message, std::string_view message_id, bool may_wait,
               const SendOptions& options, TimeMs now);
  void SettleOutbox();
  void WriteOutboxCell();
  void Welcome(const Reply& reply, TimeMs now);
  void DialectChosen();
  bool IsPressed() const { return backlog_bytes_ > kMostBacklogBytes; }
  void Answer(PageId page, std::uint32_t command, ErrorCode code, std::string_view detail);
  void Report(ErrorCode code, std::string_view detail, std::string_view context_key,
              std::string_view context);
  void ReportTo(PageId page, ErrorCode code, std::string_view detail);
  void UpdateVisibility(TimeMs now);
  void WriteFigures(TopicId id, const Watch& watch, JsonWriter* json) const;
  bool IsLive(SocketId socket) const { return socket != kNoSocket && socket == session_.socket(); }

  // More waits in the socket than leaves soon: messages stay here, where they can be taken back.
  static constexpr std::size_t kMostBacklogBytes = 256U << 10U;
  static constexpr DurationMs kBacklogPollMs = 100;
  static constexpr std::size_t kMostInFlight = 64;
  static constexpr std::size_t kDeflatedFromBytes = 1024;
  static constexpr std::string_view kOutboxTopic = "local:outbox";

  EngineConfig config_;
  Random random_;
  Counters counters_;
  CellStore store_;
  TopicTable topics_;
  TopicSync sync_;
  std::string client_id_;  // tells this engine's messages from all others
  StreamSync streams_;
  Session session_;
  Outbox outbox_;
  Batcher batcher_;
  TypingSender typing_;
  PageSet pages_;
  MessageHandler messages_;
  JsonScanner outgoing_scanner_;
  BundleWriter bundles_;
  std::list<Action> actions_;
  std::string connection_text_;  // the newest connection entry, for pages that come later
  bool up_ = false;
  bool outbox_due_ = false;  // the cell of the outbox is to be written
  bool deflates_ = false;    // both sides said so
  std::size_t most_in_flight_ = kMostInFlight;
  std::size_t most_message_bytes_;
  std::size_t backlog_bytes_ = 0;
  bool backlog_told_ = false;  // since the last look
  TimeMs backlog_poll_at_ = kNever;
};

}  // namespace civic
