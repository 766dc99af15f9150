// The driver of one engine in WebAssembly: performs its actions on the platform's WebSocket, feeds
// it what happens there, and tells JavaScript when to call back. Decides nothing.
//
// One module instance holds one host; everything runs on the thread that made the instance.
#pragma once

#include <emscripten/websocket.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#ifdef CIVIC_RECORDS
#include "civic/recording/recorded_engine.h"
#else
#include "civic/engine/engine.h"
#endif

namespace civic {

// The engine is built twice: engine.wasm records nothing and has no bytes for it.
#ifdef CIVIC_RECORDS
using HostedEngine = RecordedEngine;
#else
using HostedEngine = Engine;
#endif

class EngineHost {
 public:
  static EngineHost& Instance();

  // The problem as JSON, or "" when the engine exists. An engine that was there before is gone.
  std::string Create(std::string_view config_json, std::uint64_t seed);
  // Closes the socket and forgets the engine.
  void Destroy();

  // Calls use(engine, now) and lets everything come to rest; nothing without an engine.
  template <typename Use>
  void With(const Use& use) {
    if (engine_ == nullptr) {
      return;
    }
    use(*engine_, Now());
    Settle();
  }

  BundleState StateOf(PageId page) {
    return engine_ == nullptr ? BundleState::kNothing : engine_->StateOf(page);
  }
  // The bundle and its size; null when there is nothing.
  const char* DrainBundle(PageId page);
  std::size_t bundle_bytes() const { return bundle_bytes_; }

  // The engine's recording and its size; null when it records nothing. Stays until it is released.
  const char* ExportRecording(bool has_payloads);
  std::size_t recording_bytes() const { return recording_.size(); }
  void ReleaseRecording() { recording_ = {}; }

  // The deadline given to JavaScript has come.
  void TimerFired();

  // Room for one incoming frame, its NUL included; null when `bytes` is over the limit for frames.
  char* ReserveIngest(std::size_t bytes);

 private:
  static TimeMs Now();
  static bool OnOpen(int, const EmscriptenWebSocketOpenEvent*, void* socket);
  static bool OnMessage(int, const EmscriptenWebSocketMessageEvent* event, void* socket);
  static bool OnError(int, const EmscriptenWebSocketErrorEvent*, void*) { return true; }
  static bool OnClose(int, const EmscriptenWebSocketCloseEvent* event, void* socket);

  void Settle();
  bool IsOpen() const;
  void TellBacklog();
  void Perform(const Action& action);
  void Open(const Action& action);
  void Close(int code, const std::string& reason);

  std::unique_ptr<HostedEngine> engine_;
  std::unique_ptr<char[]> ingest_;
  std::size_t ingest_bytes_ = 0;
  std::size_t max_frame_bytes_ = 0;
  std::size_t bundle_bytes_ = 0;
  std::string recording_;
  TimeMs armed_ = kNever;  // the deadline JavaScript knows of
  EMSCRIPTEN_WEBSOCKET_T handle_ = 0;
  SocketId socket_ = kNoSocket;
};

}  // namespace civic
