#include "engine_host.h"

#include <algorithm>
#include <array>
#include <utility>

#include "civic/engine/engine_config.h"
#include "civic/engine/problem.h"

// Provided by host_library.js.
extern "C" {
double civic_now();
void civic_set_deadline(double deadline_ms);
void civic_wake(std::uint32_t page, bool urgent);
// Provided by websocket_library.js.
void civic_socket_failure(char* out, std::size_t bytes);
void civic_send_deflated(EMSCRIPTEN_WEBSOCKET_T socket, const char* text);
}

namespace civic {
namespace {

constexpr std::size_t kUsualIngestBytes = 64U << 10U;
constexpr int kOpen = 1;  // WebSocket.OPEN

void* ToUserData(SocketId socket) {
  return reinterpret_cast<void*>(static_cast<std::uintptr_t>(socket));
}

SocketId FromUserData(void* socket) {
  return static_cast<SocketId>(reinterpret_cast<std::uintptr_t>(socket));
}

std::string Join(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) {
    joined += joined.empty() ? "" : ",";
    joined += text;
  }
  return joined;
}

}  // namespace

EngineHost& EngineHost::Instance() {
  static EngineHost host;
  return host;
}

std::string EngineHost::Create(std::string_view config_json, std::uint64_t seed) {
  EngineConfig config;
  const ConfigProblem problem = ReadEngineConfig(config_json, &config);
  if (!problem.empty()) {
    return DescribeProblem(
        ErrorCode::kInvalidConfig,
        problem.field + " is " + problem.value + ", allowed is " + problem.allowed,
        {{"field", problem.field}, {"value", problem.value}, {"allowed", problem.allowed}});
  }
  Destroy();
  max_frame_bytes_ = config.max_frame_bytes;
  engine_ = std::make_unique<HostedEngine>(config, seed);
  return "";
}

void EngineHost::Destroy() {
  Close(1000, "");
  engine_.reset();  // the ingest buffer stays: JavaScript has a view of it
  if (armed_ != kNever) {
    armed_ = kNever;
    civic_set_deadline(kNever);
  }
}

const char* EngineHost::DrainBundle(PageId page) {
  bundle_bytes_ = 0;
  if (engine_ == nullptr) {
    return nullptr;
  }
  const std::span<const char> bundle = engine_->DrainBundle(page, Now());
  bundle_bytes_ = bundle.size();
  return bundle.empty() ? nullptr : bundle.data();
}

const char* EngineHost::ExportRecording(bool has_payloads) {
#ifdef CIVIC_RECORDS
  recording_ = engine_ == nullptr ? std::string() : engine_->ExportRecording({has_payloads});
#else
  static_cast<void>(has_payloads);
#endif
  return recording_.empty() ? nullptr : recording_.data();
}

char* EngineHost::ReserveIngest(std::size_t bytes) {
  if (bytes > max_frame_bytes_ + 1) {
    return nullptr;
  }
  const std::size_t wanted = std::max(bytes, kUsualIngestBytes);
  // One huge frame must not be remembered for ever.
  if (wanted > ingest_bytes_ || wanted < ingest_bytes_ / 4) {
    ingest_.reset();
    ingest_ = std::make_unique_for_overwrite<char[]>(wanted);
    ingest_bytes_ = wanted;
  }
  return ingest_.get();
}

TimeMs EngineHost::Now() { return civic_now(); }

bool EngineHost::OnOpen(int, const EmscriptenWebSocketOpenEvent* event, void* socket) {
  std::array<char, 128> protocol = {};
  emscripten_websocket_get_protocol(event->socket, protocol.data(), protocol.size());
  Instance().With([&](HostedEngine& engine, TimeMs now) {
    engine.SocketOpened(FromUserData(socket), protocol.data(), now);
  });
  return true;
}

bool EngineHost::OnMessage(int, const EmscriptenWebSocketMessageEvent* event, void* socket) {
  Instance().With([&](HostedEngine& engine, TimeMs now) {
    if (event->data == nullptr) {
      engine.SocketFrameTooLarge(FromUserData(socket), event->numBytes, now);
      return;
    }
    const auto* bytes = reinterpret_cast<const char*>(event->data);
    // The NUL after a text is counted.
    const std::size_t size = event->isText ? event->numBytes - 1 : event->numBytes;
    engine.SocketFrame(FromUserData(socket), {bytes, size}, event->isText, now);
  });
  return true;
}

bool EngineHost::OnClose(int, const EmscriptenWebSocketCloseEvent* event, void* socket) {
  EngineHost& host = Instance();
  const SocketId id = FromUserData(socket);
  if (id == host.socket_) {
    emscripten_websocket_delete(host.handle_);
    host.handle_ = 0;
    host.socket_ = kNoSocket;
  }
  const std::string reason(event->reason);
  host.With(
      [&](HostedEngine& engine, TimeMs now) { engine.SocketClosed(id, event->code, reason, now); });
  return true;
}

void EngineHost::Settle() {
  Action action;
  bool has_sent = false;
  while (engine_ != nullptr && engine_->PollAction(&action)) {
    Perform(action);
    has_sent = has_sent || action.kind == Action::Kind::kSendText ||
               action.kind == Action::Kind::kSendDeflated;
  }
  if (has_sent) {
    TellBacklog();
  }
  if (engine_ == nullptr) {
    return;
  }
  // A timer that fires too early costs one Advance() that finds nothing; moving it with every frame
  // would cost a call each. It is moved only towards now.
  const TimeMs deadline = engine_->NextDeadline();
  if (deadline < armed_) {
    armed_ = deadline;
    civic_set_deadline(deadline);
  }
  // Whoever is woken may call back into the engine at once, so this comes last.
  PageId page = 0;
  bool urgent = false;
  while (engine_ != nullptr && engine_->PollWake(&page, &urgent)) {
    civic_wake(page, urgent);
  }
}

void EngineHost::TimerFired() {
  armed_ = kNever;
  TellBacklog();
  With([](HostedEngine& engine, TimeMs now) { engine.Advance(now); });
}

void EngineHost::Perform(const Action& action) {
  switch (action.kind) {
    case Action::Kind::kOpenSocket:
      Open(action);
      break;
    case Action::Kind::kCloseSocket:
      if (action.socket == socket_) {
        Close(action.code, action.text);
      }
      break;
    case Action::Kind::kSendText:
      if (action.socket == socket_ && IsOpen()) {
        emscripten_websocket_send_utf8_text(handle_, action.text.c_str());
      }
      break;
    case Action::Kind::kSendDeflated:
      if (action.socket == socket_ && IsOpen()) {
        civic_send_deflated(handle_, action.text.c_str());
      }
      break;
  }
}

bool EngineHost::IsOpen() const {
  unsigned short ready_state = 0;
  return emscripten_websocket_get_ready_state(handle_, &ready_state) == EMSCRIPTEN_RESULT_SUCCESS &&
         ready_state == kOpen;
}

void EngineHost::TellBacklog() {
  std::size_t bytes = 0;
  if (engine_ != nullptr && socket_ != kNoSocket &&
      emscripten_websocket_get_buffered_amount(handle_, &bytes) == EMSCRIPTEN_RESULT_SUCCESS) {
    engine_->SocketBacklog(socket_, bytes, Now());
  }
}

void EngineHost::Open(const Action& action) {
  Close(1000, "");
  const std::string protocols = Join(action.protocols);
  EmscriptenWebSocketCreateAttributes attributes;
  emscripten_websocket_init_create_attributes(&attributes);
  attributes.url = action.url.c_str();
  attributes.protocols = protocols.empty() ? nullptr : protocols.c_str();
  const EMSCRIPTEN_WEBSOCKET_T handle = emscripten_websocket_new(&attributes);
  if (handle <= 0) {
    std::array<char, 256> failure = {};
    civic_socket_failure(failure.data(), failure.size());
    engine_->SocketFailed(action.socket, failure.data(), Now());
    return;
  }
  handle_ = handle;
  socket_ = action.socket;
  void* user_data = ToUserData(socket_);
  emscripten_websocket_set_onopen_callback(handle_, user_data, OnOpen);
  emscripten_websocket_set_onmessage_callback(handle_, user_data, OnMessage);
  // Closing follows and says everything; but some WebSockets throw an error that nobody handles.
  emscripten_websocket_set_onerror_callback(handle_, user_data, OnError);
  emscripten_websocket_set_onclose_callback(handle_, user_data, OnClose);
}

void EngineHost::Close(int code, const std::string& reason) {
  if (socket_ == kNoSocket) {
    return;
  }
  // Deleting takes the handlers away, so nothing more is heard of this socket.
  emscripten_websocket_close(handle_, static_cast<unsigned short>(code), reason.c_str());
  emscripten_websocket_delete(handle_);
  handle_ = 0;
  socket_ = kNoSocket;
}

}  // namespace civic
