// What pages see: bundles, and what is in them.
#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

#include "client.h"
#include "server.h"

namespace civic::simulation {
namespace {

constexpr DurationMs kFrameMs = 16;
constexpr DurationMs kHiddenFrameMs = 1000;
constexpr DurationMs kPromptTokenMs = 50;
constexpr DurationMs kSlowTokenMs = 12'000;

}  // namespace

std::int64_t NumberIn(std::string_view text) {
  constexpr std::string_view kMember = R"("n":)";
  const std::size_t at = text.find(kMember);
  std::int64_t number = 0;
  if (at != std::string_view::npos) {
    std::from_chars(text.data() + at + kMember.size(), text.data() + text.size(), number);
  }
  return number;
}

// A page takes its bundle with its next frame, an urgent one at once; hidden pages have no frames.
void Client::PlanDrain(Page& page, bool is_urgent) {
  if (page.is_urgent_planned || (page.is_drain_planned && !is_urgent)) {
    return;
  }
  page.is_drain_planned = true;
  page.is_urgent_planned = is_urgent;
  const DurationMs wait = is_urgent ? 0 : page.is_hidden ? kHiddenFrameMs : kFrameMs;
  around_.queue.At(std::max(around_.queue.now() + wait, page.busy_until), [this, id = page.id] {
    Page* due = Find(id);
    if (due == nullptr) {
      return;
    }
    due->is_drain_planned = false;
    due->is_urgent_planned = false;
    if (is_frozen_) {
      return;  // planned again when it wakes
    }
    if (due->busy_until > around_.queue.now()) {
      PlanDrain(*due, false);
      return;
    }
    Drain(*due);
    Settle();
  });
}

void Client::DrainAll() {
  for (const auto& page : pages_) {
    Drain(*page);
  }
  Settle();
}

void Client::Drain(Page& page) {
  const std::span<const char> bundle = engine_->DrainBundle(page.id, Now());
  if (bundle.empty()) {
    return;
  }
  const std::string_view bytes(bundle.data(), bundle.size());
  digest_.Add(bytes);
  CheckLeak(bytes, "a bundle");
  const std::string fault = page.model.Apply(bundle);
  if (!fault.empty()) {
    Fault("a bundle that is none: " + fault);
    return;
  }
  Take(page);
  page.model.happenings.clear();
}

void Client::Take(Page& page) {
  bool is_overflowing = false;
  for (const Happening& happening : page.model.happenings) {
    switch (happening.kind) {
      case wire_number::kDelivery:
        TakeDelivery(page, happening, is_overflowing);
        break;
      case wire_number::kEvent:
        TakeGap(page, happening, is_overflowing);
        break;
      case wire_number::kCommandResult:
        if (happening.key < sendings_.size() && sendings_[happening.key].page == page.id) {
          ++sendings_[happening.key].results;
          sendings_[happening.key].code = static_cast<ErrorCode>(happening.a);
        } else {
          Fault("a result of a command that page never gave");
        }
        break;
      case wire_number::kTokenWanted:
        AnswerTokenRequest(page.id, happening.key);
        break;
      case wire_number::kConnection:
        if (happening.text.find(R"("state":"failed")") != std::string::npos) {
          ForgiveKept();
        }
        break;
      case wire_number::kError:
        is_overflowing =
            is_overflowing || static_cast<ErrorCode>(happening.a) == ErrorCode::kEventsDropped;
        break;
      default:
        break;
    }
  }
  if (!is_overflowing) {
    return;
  }
  for (Reading& reading : readings_) {
    if (reading.is_open && reading.page == page.id) {
      reading.items.emplace_back(Item::Kind::kOverflow);
    }
  }
}

void Client::TakeDelivery(const Page& page, const Happening& delivery, bool is_overflowing) {
  Reading* reading = FindReading(page.id, delivery.key);
  const std::int64_t number = NumberIn(delivery.text);
  if (reading == nullptr || number == 0) {
    return;
  }
  if (is_overflowing) {
    reading->items.emplace_back(Item::Kind::kOverflow);
  }
  Item item;
  item.number = number;
  item.is_sequenced = delivery.text.find(R"("seq":)") != std::string::npos;
  item.at = around_.queue.now();
  reading->items.push_back(item);
}

void Client::TakeGap(const Page& page, const Happening& event, bool is_overflowing) {
  const Json gap = event.json();
  Item item;
  item.kind = Item::Kind::kGap;
  item.epoch = ReadEpoch(TextOf(gap, "epoch"));
  item.from = NumberOf(gap, "from");
  const auto to = gap.find("to");
  if (to != gap.end() && to->is_number()) {
    item.to = NumberOf(gap, "to");
  }
  const auto recovered = gap.find("recovered");
  item.is_recovered = recovered != gap.end() && recovered->is_boolean() && recovered->get<bool>();
  item.at = around_.queue.now();
  const int stream = around_.catalog.StreamOf(TextOf(gap, "topic"));
  if (item.epoch == 0 || item.from < 0 || stream < 0) {
    Fault("a gap that names no place: " + event.text);
    return;
  }
  for (Reading& reading : readings_) {
    const TopicShape& topic = around_.catalog.topics()[static_cast<std::size_t>(reading.topic)];
    if (reading.is_open && reading.page == page.id && topic.stream == stream) {
      if (is_overflowing) {
        reading.items.emplace_back(Item::Kind::kOverflow);
      }
      reading.items.push_back(item);
    }
  }
}

void Client::AnswerTokenRequest(PageId page, std::uint32_t request) {
  const bool is_trouble = around_.queue.now() < token_mode_until_;
  const TokenMode mode = is_trouble ? token_mode_ : TokenMode::kPrompt;
  if (mode == TokenMode::kSilent) {
    return;
  }
  const DurationMs wait =
      (mode == TokenMode::kSlow ? kSlowTokenMs : kPromptTokenMs) * random_.NextUnit();
  around_.queue.After(wait, [this, page, request, mode] {
    Post([this, page, request, mode] {
      const std::string token =
          mode == TokenMode::kNone ? "" : around_.authority.Issue(index_, around_.queue.now());
      engine_->ProvideToken(page, request, token, Now());
    });
  });
}

// Another connection of a mixed fleet begins: what came before is one thing, what comes is another.
void Client::BreakReadings() {
  DrainAll();
  for (Reading& reading : readings_) {
    if (reading.is_open) {
      reading.items.emplace_back(Item::Kind::kBreak);
      reading.owed_after.reset();
      reading.has_company = false;
    }
  }
}

const PageModel* Client::FindPage(PageId id) const {
  for (const auto& page : pages_) {
    if (page->id == id) {
      return &page->model;
    }
  }
  return nullptr;
}

Client::Page* Client::PageAt(int page) {
  return pages_[static_cast<std::size_t>(page) % pages_.size()].get();
}

Client::Page* Client::Find(PageId id) {
  for (const auto& page : pages_) {
    if (page->id == id) {
      return page.get();
    }
  }
  return nullptr;
}

Reading* Client::FindReading(PageId page, std::uint32_t handle) {
  for (Reading& reading : readings_) {
    if (reading.is_open && reading.page == page && reading.handle == handle) {
      return &reading;
    }
  }
  return nullptr;
}

}  // namespace civic::simulation
