// The hot path: called from JavaScript as plain functions with numbers, without Embind.
#include <emscripten/emscripten.h>

#include <cstddef>
#include <cstdint>

#include "engine_host.h"

extern "C" {

EMSCRIPTEN_KEEPALIVE void civic_advance() { civic::EngineHost::Instance().TimerFired(); }

EMSCRIPTEN_KEEPALIVE const char* civic_drain_bundle(std::uint32_t page) {
  return civic::EngineHost::Instance().DrainBundle(page);
}

EMSCRIPTEN_KEEPALIVE std::size_t civic_bundle_bytes() {
  return civic::EngineHost::Instance().bundle_bytes();
}

EMSCRIPTEN_KEEPALIVE int civic_bundle_state(std::uint32_t page) {
  return static_cast<int>(civic::EngineHost::Instance().StateOf(page));
}

EMSCRIPTEN_KEEPALIVE char* civic_reserve_ingest(std::size_t bytes) {
  return civic::EngineHost::Instance().ReserveIngest(bytes);
}

// The recording as a file; null when there is none. To be released when it was copied.
EMSCRIPTEN_KEEPALIVE const char* civic_export_recording(bool has_payloads) {
  return civic::EngineHost::Instance().ExportRecording(has_payloads);
}

EMSCRIPTEN_KEEPALIVE std::size_t civic_recording_bytes() {
  return civic::EngineHost::Instance().recording_bytes();
}

EMSCRIPTEN_KEEPALIVE void civic_release_recording() {
  civic::EngineHost::Instance().ReleaseRecording();
}

// A frame that went or came deflated: bytes on the wire, and of the text.
EMSCRIPTEN_KEEPALIVE void civic_note_deflated(bool is_sent, std::size_t wire_bytes,
                                              std::size_t text_bytes) {
  civic::EngineHost::Instance().With([&](civic::HostedEngine& engine, civic::TimeMs) {
    engine.NoteDeflated(is_sent, wire_bytes, text_bytes);
  });
}

}  // extern "C"
