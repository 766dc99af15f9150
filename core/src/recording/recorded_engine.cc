#include "civic/recording/recorded_engine.h"

#include <utility>

namespace civic {

RecordedEngine::RecordedEngine(const EngineConfig& config, std::uint64_t seed)
    : Engine(config, seed) {
  if (config.recording.is_enabled) {
    recorder_ = std::make_unique<Recorder>(config.recording, config.json, seed);
  }
}

std::string RecordedEngine::ExportRecording(const ExportOptions& options) {
  return recorder_ == nullptr ? std::string()
                              : recorder_->Export(options, PrintState(), PrintMark());
}

std::string RecordedEngine::PrintState() {
  TakeActions();
  return Engine::PrintState(tally_, recorder_ == nullptr ? nullptr : &recorder_->tokens());
}

std::string RecordedEngine::PrintMark() {
  TakeActions();
  return Engine::PrintMark(tally_);
}

bool RecordedEngine::PollAction(Action* action) {
  TakeActions();
  if (actions_.empty()) {
    return false;
  }
  *action = std::move(actions_.front());
  actions_.pop_front();
  return true;
}

void RecordedEngine::TakeActions() {
  Action action;
  while (Engine::PollAction(&action)) {
    tally_.Add(action);
    actions_.push_back(std::move(action));
  }
}

void RecordedEngine::RecordInput(RecordedKind kind, TimeMs now,
                                 std::span<const InputArgument> arguments) {
  Recorder::Wanted wanted = recorder_->WantedBefore(arguments);
  if (wanted == Recorder::Wanted::kMark) {
    recorder_->AddMark(PrintMark(), MarkCostBytes());
    wanted = recorder_->WantedBefore(arguments);
  }
  if (wanted == Recorder::Wanted::kState) {
    recorder_->AddState(PrintState());
  }
  recorder_->Add(kind, now, arguments);
}

void RecordedEngine::SocketOpened(SocketId socket, std::string_view protocol, TimeMs now) {
  Record(RecordedKind::kSocketOpened, now, {socket, protocol});
  Engine::SocketOpened(socket, protocol, now);
}

void RecordedEngine::SocketFrame(SocketId socket, std::string_view bytes, bool is_text,
                                 TimeMs now) {
  Record(RecordedKind::kSocketFrame, now, {socket, is_text, bytes});
  Engine::SocketFrame(socket, bytes, is_text, now);
}

void RecordedEngine::SocketFrameTooLarge(SocketId socket, std::size_t bytes, TimeMs now) {
  Record(RecordedKind::kSocketFrameTooLarge, now, {socket, bytes});
  Engine::SocketFrameTooLarge(socket, bytes, now);
}

void RecordedEngine::SocketClosed(SocketId socket, int code, std::string_view reason, TimeMs now) {
  Record(RecordedKind::kSocketClosed, now, {socket, code, reason});
  Engine::SocketClosed(socket, code, reason, now);
}

void RecordedEngine::SocketBacklog(SocketId socket, std::size_t buffered_bytes, TimeMs now) {
  Record(RecordedKind::kSocketBacklog, now, {socket, buffered_bytes});
  Engine::SocketBacklog(socket, buffered_bytes, now);
}

void RecordedEngine::NoteDeflated(bool is_sent, std::size_t wire_bytes, std::size_t text_bytes) {
  Record(RecordedKind::kNoteDeflated, recorder_ == nullptr ? 0 : recorder_->last_time(),
         {is_sent, wire_bytes, text_bytes});
  Engine::NoteDeflated(is_sent, wire_bytes, text_bytes);
}

void RecordedEngine::SocketFailed(SocketId socket, std::string_view reason, TimeMs now) {
  Record(RecordedKind::kSocketFailed, now, {socket, reason});
  Engine::SocketFailed(socket, reason, now);
}

PageId RecordedEngine::AddPage(TimeMs now) {
  Record(RecordedKind::kAddPage, now, {});
  return Engine::AddPage(now);
}

void RecordedEngine::RemovePage(PageId page, TimeMs now) {
  Record(RecordedKind::kRemovePage, now, {page});
  Engine::RemovePage(page, now);
}

void RecordedEngine::Connect(PageId page, std::string_view token, TimeMs now) {
  Record(RecordedKind::kConnect, now, {page, token});
  Engine::Connect(page, token, now);
}

void RecordedEngine::Disconnect(PageId page, TimeMs now) {
  Record(RecordedKind::kDisconnect, now, {page});
  Engine::Disconnect(page, now);
}

void RecordedEngine::Subscribe(PageId page, std::uint32_t subscription, std::string_view topic,
                               std::string_view options, TimeMs now) {
  Record(RecordedKind::kSubscribe, now, {page, subscription, topic, options});
  Engine::Subscribe(page, subscription, topic, options, now);
}

void RecordedEngine::Unsubscribe(PageId page, std::uint32_t subscription, TimeMs now) {
  Record(RecordedKind::kUnsubscribe, now, {page, subscription});
  Engine::Unsubscribe(page, subscription, now);
}

void RecordedEngine::Send(PageId page, std::uint32_t command, std::string_view message,
                          std::string_view options, TimeMs now) {
  Record(RecordedKind::kSend, now, {page, command, message, options});
  Engine::Send(page, command, message, options, now);
}

void RecordedEngine::RestoreOutbox(PageId page, std::string_view json, TimeMs now) {
  Record(RecordedKind::kRestoreOutbox, now, {page, json});
  Engine::RestoreOutbox(page, json, now);
}

void RecordedEngine::StartTyping(PageId page, std::string_view bill, std::string_view parent,
                                 TimeMs now) {
  Record(RecordedKind::kStartTyping, now, {page, bill, parent});
  Engine::StartTyping(page, bill, parent, now);
}

void RecordedEngine::StopTyping(PageId page, std::string_view bill, std::string_view parent,
                                TimeMs now) {
  Record(RecordedKind::kStopTyping, now, {page, bill, parent});
  Engine::StopTyping(page, bill, parent, now);
}

void RecordedEngine::ChangeNotifications(PageId page, std::string_view change, std::string_view id,
                                         TimeMs now) {
  Record(RecordedKind::kChangeNotifications, now, {page, change, id});
  Engine::ChangeNotifications(page, change, id, now);
}

void RecordedEngine::RestoreNotifications(PageId page, std::string_view json, TimeMs now) {
  Record(RecordedKind::kRestoreNotifications, now, {page, json});
  Engine::RestoreNotifications(page, json, now);
}

void RecordedEngine::Listen(PageId page, std::uint32_t event_mask, TimeMs now) {
  Record(RecordedKind::kListen, now, {page, event_mask});
  Engine::Listen(page, event_mask, now);
}

void RecordedEngine::SetVisible(PageId page, bool visible, TimeMs now) {
  Record(RecordedKind::kSetVisible, now, {page, visible});
  Engine::SetVisible(page, visible, now);
}

void RecordedEngine::SetOnline(PageId page, bool online, TimeMs now) {
  Record(RecordedKind::kSetOnline, now, {page, online});
  Engine::SetOnline(page, online, now);
}

void RecordedEngine::Resumed(PageId page, TimeMs now) {
  Record(RecordedKind::kResumed, now, {page});
  Engine::Resumed(page, now);
}

void RecordedEngine::ProvideToken(PageId page, std::uint32_t request, std::string_view token,
                                  TimeMs now) {
  Record(RecordedKind::kProvideToken, now, {page, request, token});
  Engine::ProvideToken(page, request, token, now);
}

void RecordedEngine::Inject(PageId page, std::string_view message, TimeMs now) {
  Record(RecordedKind::kInject, now, {page, message});
  Engine::Inject(page, message, now);
}

void RecordedEngine::ReportFigures(PageId page, std::uint64_t host_bytes, TimeMs now) {
  Record(RecordedKind::kReportFigures, now, {page, host_bytes});
  Engine::ReportFigures(page, host_bytes, now);
}

void RecordedEngine::Advance(TimeMs now) {
  Record(RecordedKind::kAdvance, now, {});
  Engine::Advance(now);
}

std::span<const char> RecordedEngine::DrainBundle(PageId page, TimeMs now) {
  Record(RecordedKind::kDrainBundle, now, {page});
  return Engine::DrainBundle(page, now);
}

}  // namespace civic
