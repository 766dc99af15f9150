// An engine that notes down what enters it. Everything else is as with an engine, which it is used
// in place of; where the configuration asks for no recording, it only passes on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <list>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "civic/engine/engine.h"
#include "civic/recording/action_tally.h"
#include "civic/recording/recorder.h"

namespace civic {

class RecordedEngine : private Engine {
 public:
  RecordedEngine(const EngineConfig& config, std::uint64_t seed);

  void SocketOpened(SocketId socket, std::string_view protocol, TimeMs now);
  void SocketFrame(SocketId socket, std::string_view bytes, bool is_text, TimeMs now);
  void SocketFrameTooLarge(SocketId socket, std::size_t bytes, TimeMs now);
  void SocketClosed(SocketId socket, int code, std::string_view reason, TimeMs now);
  void SocketBacklog(SocketId socket, std::size_t buffered_bytes, TimeMs now);
  void NoteDeflated(bool is_sent, std::size_t wire_bytes, std::size_t text_bytes);
  void SocketFailed(SocketId socket, std::string_view reason, TimeMs now);

  PageId AddPage(TimeMs now);
  void RemovePage(PageId page, TimeMs now);
  void Connect(PageId page, std::string_view token, TimeMs now);
  void Disconnect(PageId page, TimeMs now);
  void Subscribe(PageId page, std::uint32_t subscription, std::string_view topic,
                 std::string_view options, TimeMs now);
  void Unsubscribe(PageId page, std::uint32_t subscription, TimeMs now);
  void Send(PageId page, std::uint32_t command, std::string_view message, std::string_view options,
            TimeMs now);
  void RestoreOutbox(PageId page, std::string_view json, TimeMs now);
  void StartTyping(PageId page, std::string_view bill, std::string_view parent, TimeMs now);
  void StopTyping(PageId page, std::string_view bill, std::string_view parent, TimeMs now);
  void ChangeNotifications(PageId page, std::string_view change, std::string_view id, TimeMs now);
  void RestoreNotifications(PageId page, std::string_view json, TimeMs now);
  void Listen(PageId page, std::uint32_t event_mask, TimeMs now);
  void SetVisible(PageId page, bool visible, TimeMs now);
  void SetOnline(PageId page, bool online, TimeMs now);
  void Resumed(PageId page, TimeMs now);
  void ProvideToken(PageId page, std::uint32_t request, std::string_view token, TimeMs now);
  void Inject(PageId page, std::string_view message, TimeMs now);
  void ReportFigures(PageId page, std::uint64_t host_bytes, TimeMs now);
  void Advance(TimeMs now);
  std::span<const char> DrainBundle(PageId page, TimeMs now);

  using Engine::connection_state;
  using Engine::counters;
  using Engine::MachineDeadline;
  using Engine::NextDeadline;
  using Engine::PollWake;
  using Engine::StateOf;
  bool PollAction(Action* action);

  // The last inputs as a file, see docs/recording.md; "" when the configuration asks for none.
  std::string ExportRecording(const ExportOptions& options);
  // As a recording has it.
  std::string PrintState();

 private:
  // Before anything else an input does.
  void Record(RecordedKind kind, TimeMs now, std::initializer_list<InputArgument> arguments) {
    if (recorder_ != nullptr) {
      RecordInput(kind, now, {arguments.begin(), arguments.size()});
    }
  }
  void RecordInput(RecordedKind kind, TimeMs now, std::span<const InputArgument> arguments);
  std::string PrintMark();
  void TakeActions();

  std::unique_ptr<Recorder> recorder_;  // null when nothing is recorded
  std::list<Action> actions_;           // taken from the engine, and not yet polled
  ActionTally tally_;                   // of all that were taken
};

}  // namespace civic
