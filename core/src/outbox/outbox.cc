#include "civic/outbox/outbox.h"

#include <algorithm>
#include <utility>

#include "civic/wire/id.h"
#include "civic/wire/json_value.h"
#include "civic/wire/json_writer.h"

namespace civic {
namespace {

// `message` is one JSON object. `client`: under which the server looks for the id; "": the user.
std::string WithMessageId(std::string_view message, std::string_view id, std::string_view client) {
  const std::size_t begin = message.find('{') + 1;
  const std::size_t end = message.rfind('}');
  const bool is_empty = message.find_first_not_of(" \t\r\n", begin) == end;
  // The last of several members of one name counts.
  std::string text(message.substr(0, end));
  text += is_empty ? R"("messageId":)" : R"(,"messageId":)";
  AppendJsonString(id, &text);
  if (!client.empty()) {
    text += R"(,"client":)";
    AppendJsonString(client, &text);
  }
  text += "}";
  return text;
}

constexpr const char* kNeverSent = "it was never sent";
constexpr const char* kNeverAnswered = "it was sent, and whether it took effect is not known";

}  // namespace

ErrorCode Outbox::Keep(Waiting message, std::string_view message_id, bool is_acknowledged,
                       const SendOptions& options, TimeMs now) {
  if (!options.key.empty()) {
    const auto older = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
      return !entry.was_sent && entry.key == options.key;
    });
    if (older != entries_.end()) {
      Settle(*older, ErrorCode::kMessageSuperseded, {});
      Remove(older);
    }
  }
  const std::size_t size = message.message.size() + options.key.size();
  while (IsFull(size) && options.when_full == WhenFull::kDropOldest) {
    const auto oldest = std::find_if(entries_.begin(), entries_.end(), [](const Entry& entry) {
      return !entry.was_sent && entry.when_full == WhenFull::kDropOldest;
    });
    if (oldest == entries_.end()) {
      break;
    }
    Settle(*oldest, ErrorCode::kOutboxFull, "a newer one took its place");
    Remove(oldest);
  }
  if (IsFull(size)) {
    return ErrorCode::kOutboxFull;
  }
  Entry entry;
  entry.waiting = std::move(message);
  entry.message_id =
      message_id.empty() || message_id.size() > kMaxIdBytes ? NextId() : std::string(message_id);
  entry.expires_at = now + options.expires_in_ms;
  entry.when_full = options.when_full;
  entry.key = options.key;
  entry.is_acknowledged = is_acknowledged;
  Append(std::move(entry));
  return ErrorCode::kOk;
}

void Outbox::Append(Entry entry) {
  bytes_ += entry.bytes();
  due_ = std::min(due_, entry.expires_at);
  entries_.push_back(std::move(entry));
  is_changed_ = true;
}

std::optional<Outbox::Waiting> Outbox::SendNext(std::size_t most_in_flight, std::size_t most_bytes,
                                                bool is_guest, TimeMs now) {
  Advance(now);
  for (GivenUp& one : given_up_) {
    if (std::exchange(one.is_due_again, false)) {
      ++resent_;
      return Waiting{0, 0, WithMessageId(one.message, one.message_id, one.client), one.message_id,
                     true};
    }
  }
  while (true) {
    const auto next = std::find_if(entries_.begin(), entries_.end(), [](const Entry& entry) {
      return !entry.is_under_way || entry.is_due_again;
    });
    if (next == entries_.end() || (!next->is_under_way && in_flight_ >= most_in_flight)) {
      return std::nullopt;
    }
    if (!next->is_acknowledged) {
      std::optional<Waiting> taken = next->waiting;
      Remove(next);
      return taken;
    }
    if (is_guest && !next->was_sent && next->client.empty()) {
      next->client = id_prefix_;
    }
    std::string text = WithMessageId(next->waiting.message, next->message_id, next->client);
    if (text.size() > most_bytes) {
      Settle(*next, ErrorCode::kMessageTooLarge,
             "the server takes " + std::to_string(most_bytes) + " bytes");
      Remove(next);
      continue;
    }
    const bool was_sent = std::exchange(next->was_sent, true);
    resent_ += was_sent ? 1 : 0;
    if (!was_sent) {
      next->expires_at = std::min(next->expires_at, now + kSentAgainForMs);
      is_changed_ = true;  // for a later visit, too
    }
    in_flight_ += next->is_under_way ? 0 : 1;
    next->is_under_way = true;
    next->is_due_again = false;
    next->sent_at = now;
    due_ = std::min(due_, now + kAcknowledgeMs);
    return Waiting{0, 0, std::move(text), next->message_id, was_sent};
  }
}

std::optional<Outbox::Waiting> Outbox::TakeNext() {
  if (entries_.empty()) {
    return std::nullopt;
  }
  std::optional<Waiting> next = entries_.front().waiting;
  Remove(entries_.begin());
  return next;
}

void Outbox::PutBack(std::list<Waiting> messages, TimeMs now) {
  for (; !messages.empty(); messages.pop_back()) {
    Entry entry;
    entry.waiting = std::move(messages.back());
    entry.message_id = NextId();
    entry.expires_at = now + SendOptions::kUsualExpiryMs;
    bytes_ += entry.bytes();
    due_ = std::min(due_, entry.expires_at);
    entries_.push_front(std::move(entry));
    is_changed_ = true;
  }
}

bool Outbox::Acknowledge(std::string_view message_id) {
  const auto entry = Find(message_id);
  if (entry == entries_.end()) {
    return ForgetGivenUp(message_id);
  }
  Settle(*entry, ErrorCode::kOk, {});
  Remove(entry);
  return true;
}

bool Outbox::Reject(std::string_view message_id, std::string reason) {
  const auto entry = Find(message_id);
  if (entry == entries_.end()) {
    return ForgetGivenUp(message_id);
  }
  Settle(*entry, ErrorCode::kMessageRejected, std::move(reason));
  Remove(entry);
  return true;
}

bool Outbox::IsUnderWay(std::string_view message_id) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.is_under_way && !entry.is_due_again && entry.message_id == message_id;
  });
}

void Outbox::SendAgain() {
  for (Entry& entry : entries_) {
    entry.is_due_again = entry.is_under_way;
  }
  for (GivenUp& one : given_up_) {
    one.is_due_again = true;
  }
}

void Outbox::ConnectionDown() {
  for (Entry& entry : entries_) {
    entry.is_under_way = false;
    entry.is_due_again = false;
  }
  given_up_.clear();
  in_flight_ = 0;
}

void Outbox::RejectAll(ErrorCode code) {
  for (const Entry& entry : entries_) {
    Settle(entry, code, entry.was_sent ? kNeverAnswered : "");
  }
  is_changed_ = is_changed_ || !entries_.empty();
  entries_.clear();
  given_up_.clear();
  bytes_ = 0;
  in_flight_ = 0;
}

void Outbox::Advance(TimeMs now) {
  if (now < due_) {
    return;
  }
  due_ = kNever;
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    if (now >= entry->expires_at) {
      Settle(*entry, ErrorCode::kMessageExpired, entry->was_sent ? kNeverAnswered : kNeverSent);
      if (entry->is_under_way) {
        given_up_.push_back({entry->message_id, entry->waiting.message, entry->client});
        ++in_flight_;
      }
      entry = Remove(entry);
      continue;
    }
    const bool is_awaited = entry->is_under_way && !entry->is_due_again;
    if (is_awaited && now >= entry->sent_at + kAcknowledgeMs) {
      entry->is_due_again = true;
    } else if (is_awaited) {
      due_ = std::min(due_, entry->sent_at + kAcknowledgeMs);
    }
    due_ = std::min(due_, entry->expires_at);
    ++entry;
  }
}

void Outbox::RemovePage(PageId page) {
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    if (entry->waiting.page != page) {
      ++entry;
    } else if (entry->was_sent) {
      entry->waiting.page = 0;  // goes on until it is acknowledged
      ++entry;
    } else {
      entry = Remove(entry);
    }
  }
}

void Outbox::Write(std::string* out) const {
  JsonWriter json;
  json.Begin('[');
  for (const Entry& entry : entries_) {
    json.Begin('{');
    json.Text("messageId", entry.message_id);
    if (!entry.client.empty()) {
      json.Text("client", entry.client);
    }
    json.Text("message", entry.waiting.message);
    json.Time("expiresAt", entry.expires_at);
    if (entry.when_full == WhenFull::kDropOldest) {
      json.Text("whenFull", "dropOldest");
    }
    if (!entry.key.empty()) {
      json.Text("key", entry.key);
    }
    json.End('}');
  }
  json.End(']');
  *out += json.Take();
}

void Outbox::Restore(std::string_view text, TimeMs now) {
  JsonValue::Parse(text).ForEach([&](std::string_view, const JsonValue& one) {
    Entry entry;
    entry.message_id = one.Find("messageId").Text();
    entry.waiting.message = one.Find("message").Text();
    entry.client = one.Find("client").Text();
    if (entry.client.size() > kMaxIdBytes) {
      entry.client.clear();
    }
    entry.key = one.Find("key").Text();
    entry.when_full =
        one.Find("whenFull").Text() == "dropOldest" ? WhenFull::kDropOldest : WhenFull::kReject;
    entry.expires_at = one.Find("expiresAt").Number();
    const bool is_good = !entry.message_id.empty() && entry.expires_at > now &&
                         JsonValue::Parse(entry.waiting.message).Is(JsonKind::kObject);
    if (is_good && !IsFull(entry.bytes()) && Find(entry.message_id) == entries_.end()) {
      Append(std::move(entry));
    }
  });
}

std::list<Outbox::Entry>::iterator Outbox::Find(std::string_view message_id) {
  return std::find_if(entries_.begin(), entries_.end(),
                      [&](const Entry& entry) { return entry.message_id == message_id; });
}

std::list<Outbox::Entry>::iterator Outbox::Remove(const std::list<Entry>::iterator& entry) {
  bytes_ -= entry->bytes();
  in_flight_ -= entry->is_under_way ? 1 : 0;
  is_changed_ = true;
  return entries_.erase(entry);
}

bool Outbox::ForgetGivenUp(std::string_view message_id) {
  const std::size_t forgotten =
      std::erase_if(given_up_, [&](const GivenUp& one) { return one.message_id == message_id; });
  in_flight_ -= forgotten;
  return forgotten > 0;
}

std::string Outbox::NextId() { return "p" + id_prefix_ + "-" + std::to_string(++id_count_); }

void Outbox::Settle(const Entry& entry, ErrorCode code, std::string detail) {
  settled_.push_back({entry.waiting.page, entry.waiting.command, code, std::move(detail)});
}

void Outbox::FinishReading() {
  bytes_ = 0;
  in_flight_ = given_up_.size();
  for (const Entry& entry : entries_) {
    bytes_ += entry.bytes();
    in_flight_ += entry.is_under_way ? 1 : 0;
  }
}

}  // namespace civic
