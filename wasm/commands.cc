// The cold path: what JavaScript calls at the pace of a person. commands.js is the other side: a text is
// passed as its size, and the texts of a call come one after another.
#include <emscripten/emscripten.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "engine_host.h"

namespace civic {
namespace {

// The texts of one call. Taken from the host first, because what a command wakes may call again.
class Texts {
 public:
  Texts() : all_(EngineHost::Instance().TakeTexts()) {}

  std::string_view Next(std::size_t size) {
    const std::string_view text = std::string_view(all_).substr(taken_, size);
    taken_ += text.size();
    return text;
  }

 private:
  std::string all_;
  std::size_t taken_ = 0;
};

template <typename Use>
void With(const Use& use) {
  EngineHost::Instance().With(use);
}

}  // namespace
}  // namespace civic

using civic::Engine;
using civic::EngineHost;
using civic::PageId;
using civic::Texts;
using civic::TimeMs;
using civic::With;

extern "C" {

EMSCRIPTEN_KEEPALIVE char* civic_reserve_texts(std::size_t bytes) {
  return EngineHost::Instance().ReserveTexts(bytes);
}

EMSCRIPTEN_KEEPALIVE const char* civic_create_engine(std::size_t config, double seed) {
  Texts texts;
  return EngineHost::Instance().Answer(EngineHost::Instance().Create(
      texts.Next(config), static_cast<std::uint64_t>(seed)));
}

EMSCRIPTEN_KEEPALIVE void civic_destroy_engine() { EngineHost::Instance().Destroy(); }

EMSCRIPTEN_KEEPALIVE PageId civic_add_page() {
  PageId page = 0;
  With([&](Engine& engine, TimeMs now) { page = engine.AddPage(now); });
  return page;
}

EMSCRIPTEN_KEEPALIVE void civic_remove_page(PageId page) {
  With([&](Engine& engine, TimeMs now) { engine.RemovePage(page, now); });
}

EMSCRIPTEN_KEEPALIVE void civic_connect(PageId page, std::size_t token) {
  Texts texts;
  With([&](Engine& engine, TimeMs now) { engine.Connect(page, texts.Next(token), now); });
}

EMSCRIPTEN_KEEPALIVE void civic_disconnect(PageId page) {
  With([&](Engine& engine, TimeMs now) { engine.Disconnect(page, now); });
}

EMSCRIPTEN_KEEPALIVE void civic_subscribe(PageId page, std::uint32_t subscription,
                                          std::size_t topic, std::size_t options) {
  Texts texts;
  const std::string_view topic_text = texts.Next(topic);
  With([&](Engine& engine, TimeMs now) {
    engine.Subscribe(page, subscription, topic_text, texts.Next(options), now);
  });
}

EMSCRIPTEN_KEEPALIVE void civic_unsubscribe(PageId page, std::uint32_t subscription) {
  With([&](Engine& engine, TimeMs now) { engine.Unsubscribe(page, subscription, now); });
}

EMSCRIPTEN_KEEPALIVE void civic_send(PageId page, std::uint32_t command, std::size_t message,
                                     std::size_t options) {
  Texts texts;
  const std::string_view message_text = texts.Next(message);
  With([&](Engine& engine, TimeMs now) {
    engine.Send(page, command, message_text, texts.Next(options), now);
  });
}

EMSCRIPTEN_KEEPALIVE void civic_restore_outbox(PageId page, std::size_t json) {
  Texts texts;
  With([&](Engine& engine, TimeMs now) { engine.RestoreOutbox(page, texts.Next(json), now); });
}

EMSCRIPTEN_KEEPALIVE void civic_start_typing(PageId page, std::size_t bill, std::size_t parent) {
  Texts texts;
  const std::string_view bill_text = texts.Next(bill);
  With([&](Engine& engine, TimeMs now) {
    engine.StartTyping(page, bill_text, texts.Next(parent), now);
  });
}

EMSCRIPTEN_KEEPALIVE void civic_stop_typing(PageId page, std::size_t bill, std::size_t parent) {
  Texts texts;
  const std::string_view bill_text = texts.Next(bill);
  With([&](Engine& engine, TimeMs now) {
    engine.StopTyping(page, bill_text, texts.Next(parent), now);
  });
}

EMSCRIPTEN_KEEPALIVE void civic_change_notifications(PageId page, std::size_t change,
                                                     std::size_t id) {
  Texts texts;
  const std::string_view change_text = texts.Next(change);
  With([&](Engine& engine, TimeMs now) {
    engine.ChangeNotifications(page, change_text, texts.Next(id), now);
  });
}

EMSCRIPTEN_KEEPALIVE void civic_restore_notifications(PageId page, std::size_t json) {
  Texts texts;
  With([&](Engine& engine, TimeMs now) {
    engine.RestoreNotifications(page, texts.Next(json), now);
  });
}

EMSCRIPTEN_KEEPALIVE void civic_listen(PageId page, std::uint32_t event_mask) {
  With([&](Engine& engine, TimeMs now) { engine.Listen(page, event_mask, now); });
}

EMSCRIPTEN_KEEPALIVE void civic_set_visible(PageId page, bool visible) {
  With([&](Engine& engine, TimeMs now) { engine.SetVisible(page, visible, now); });
}

EMSCRIPTEN_KEEPALIVE void civic_set_online(PageId page, bool online) {
  With([&](Engine& engine, TimeMs now) { engine.SetOnline(page, online, now); });
}

EMSCRIPTEN_KEEPALIVE void civic_resumed(PageId page) {
  With([&](Engine& engine, TimeMs now) { engine.Resumed(page, now); });
}

EMSCRIPTEN_KEEPALIVE void civic_provide_token(PageId page, std::uint32_t request,
                                              std::size_t token) {
  Texts texts;
  With([&](Engine& engine, TimeMs now) {
    engine.ProvideToken(page, request, texts.Next(token), now);
  });
}

EMSCRIPTEN_KEEPALIVE void civic_inject(PageId page, std::size_t message) {
  Texts texts;
  With([&](Engine& engine, TimeMs now) { engine.Inject(page, texts.Next(message), now); });
}

}  // extern "C"
