// The cold path: what JavaScript calls at the pace of a person. Every function is one call.
#include <emscripten/bind.h>
#include <emscripten/heap.h>

#include <cstdint>
#include <string>

#include "engine_host.h"

namespace civic {
namespace {

std::string CreateEngine(const std::string& config_json, double seed) {
  return EngineHost::Instance().Create(config_json, static_cast<std::uint64_t>(seed));
}

void DestroyEngine() { EngineHost::Instance().Destroy(); }

template <typename Use>
void With(const Use& use) {
  EngineHost::Instance().With(use);
}

PageId AddPage() {
  PageId page = 0;
  With([&](HostedEngine& engine, TimeMs now) { page = engine.AddPage(now); });
  return page;
}

void RemovePage(PageId page) {
  With([&](HostedEngine& engine, TimeMs now) { engine.RemovePage(page, now); });
}

void Connect(PageId page, const std::string& token) {
  With([&](HostedEngine& engine, TimeMs now) { engine.Connect(page, token, now); });
}

void Disconnect(PageId page) {
  With([&](HostedEngine& engine, TimeMs now) { engine.Disconnect(page, now); });
}

void Subscribe(PageId page, std::uint32_t subscription, const std::string& topic,
               const std::string& options) {
  With([&](HostedEngine& engine, TimeMs now) {
    engine.Subscribe(page, subscription, topic, options, now);
  });
}

void Unsubscribe(PageId page, std::uint32_t subscription) {
  With([&](HostedEngine& engine, TimeMs now) { engine.Unsubscribe(page, subscription, now); });
}

void Send(PageId page, std::uint32_t command, const std::string& message,
          const std::string& options) {
  With(
      [&](HostedEngine& engine, TimeMs now) { engine.Send(page, command, message, options, now); });
}

void RestoreOutbox(PageId page, const std::string& json) {
  With([&](HostedEngine& engine, TimeMs now) { engine.RestoreOutbox(page, json, now); });
}

void StartTyping(PageId page, const std::string& bill, const std::string& parent) {
  With([&](HostedEngine& engine, TimeMs now) { engine.StartTyping(page, bill, parent, now); });
}

void StopTyping(PageId page, const std::string& bill, const std::string& parent) {
  With([&](HostedEngine& engine, TimeMs now) { engine.StopTyping(page, bill, parent, now); });
}

void ChangeNotifications(PageId page, const std::string& change, const std::string& id) {
  With(
      [&](HostedEngine& engine, TimeMs now) { engine.ChangeNotifications(page, change, id, now); });
}

void RestoreNotifications(PageId page, const std::string& json) {
  With([&](HostedEngine& engine, TimeMs now) { engine.RestoreNotifications(page, json, now); });
}

void Listen(PageId page, std::uint32_t event_mask) {
  With([&](HostedEngine& engine, TimeMs now) { engine.Listen(page, event_mask, now); });
}

void SetVisible(PageId page, bool visible) {
  With([&](HostedEngine& engine, TimeMs now) { engine.SetVisible(page, visible, now); });
}

void SetOnline(PageId page, bool online) {
  With([&](HostedEngine& engine, TimeMs now) { engine.SetOnline(page, online, now); });
}

void Resumed(PageId page) {
  With([&](HostedEngine& engine, TimeMs now) { engine.Resumed(page, now); });
}

void ProvideToken(PageId page, std::uint32_t request, const std::string& token) {
  With([&](HostedEngine& engine, TimeMs now) { engine.ProvideToken(page, request, token, now); });
}

void Inject(PageId page, const std::string& message) {
  With([&](HostedEngine& engine, TimeMs now) { engine.Inject(page, message, now); });
}

void ReportFigures(PageId page) {
  With([&](HostedEngine& engine, TimeMs now) {
    engine.ReportFigures(page, emscripten_get_heap_size(), now);
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(civic_realtime) {
  using emscripten::function;
  function("createEngine", &CreateEngine);
  function("destroyEngine", &DestroyEngine);
  function("addPage", &AddPage);
  function("removePage", &RemovePage);
  function("connect", &Connect);
  function("disconnect", &Disconnect);
  function("subscribe", &Subscribe);
  function("unsubscribe", &Unsubscribe);
  function("send", &Send);
  function("restoreOutbox", &RestoreOutbox);
  function("startTyping", &StartTyping);
  function("stopTyping", &StopTyping);
  function("changeNotifications", &ChangeNotifications);
  function("restoreNotifications", &RestoreNotifications);
  function("listen", &Listen);
  function("setVisible", &SetVisible);
  function("setOnline", &SetOnline);
  function("resumed", &Resumed);
  function("provideToken", &ProvideToken);
  function("inject", &Inject);
  function("reportFigures", &ReportFigures);
}

}  // namespace civic
