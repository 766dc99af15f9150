// Compiled once after Emscripten was set up, with the features that the engine's build uses.
#include <emscripten/bind.h>
#include <emscripten/websocket.h>

#include <string>

extern "C" int TrialTwice(int value);

int Add(int left, int right) { return left + right; }

std::string Describe(const std::string& name) {
  const bool has_sockets = emscripten_websocket_is_supported();
  return name + (has_sockets ? " with sockets " : " without sockets ") +
         std::to_string(TrialTwice(21));
}

EMSCRIPTEN_BINDINGS(trial) {
  emscripten::function("add", &Add);
  emscripten::function("describe", &Describe);
}
