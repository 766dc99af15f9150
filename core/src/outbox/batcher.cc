#include "civic/outbox/batcher.h"

#include <algorithm>
#include <array>
#include <utility>

#include "civic/wire/encoder.h"

namespace civic {
namespace {

// How long, and of how many batches, a refusal is expected.
constexpr DurationMs kRefusalMs = 10'000;
constexpr std::size_t kMostRemembered = 8;

// What a batch has beside its messages, roughly.
constexpr std::size_t kEnvelopeBytes = 128;

constexpr std::array<std::string_view, 10> kUrgentTypes = {
    "subscribe", "unsubscribe", "batch_subscribe", "batch_unsubscribe", "ping",
    "pong",      "auth",        "typing_start",    "typing_stop",       "batch"};

}  // namespace

bool Batcher::MayWait(std::string_view type) {
  return std::find(kUrgentTypes.begin(), kUrgentTypes.end(), type) == kUrgentTypes.end();
}

void Batcher::Add(Outbox::Waiting message, TimeMs now) {
  waiting_.push_back(std::move(message));
  const bool is_first = !quiet_at_;
  if (!MayBatch() || is_first || waiting_.size() >= config_.size) {
    Flush(now);
    quiet_at_ = MayBatch() ? std::optional<TimeMs>(now + config_.interval_ms) : std::nullopt;
  }
}

bool Batcher::FitsOneFrame() const {
  std::size_t bytes = kEnvelopeBytes;
  for (const Outbox::Waiting& message : waiting_) {
    bytes += message.message.size() + 1;
  }
  return waiting_.size() <= config_.size && bytes <= max_frame_bytes_;
}

void Batcher::Flush(TimeMs now) {
  std::vector<Outbox::Waiting> batch;
  std::size_t bytes = kEnvelopeBytes;
  // Nothing may follow a trial, so it has to take everything.
  const bool is_trial = !is_proven_ && std::any_of(waiting_.begin(), waiting_.end(),
                                                   [](const Outbox::Waiting& message) {
                                                     return !message.message_id.empty();
                                                   });
  const bool may_batch = MayBatch() && (!is_trial || FitsOneFrame());
  for (Outbox::Waiting& message : waiting_) {
    const bool is_full = batch.size() >= (may_batch ? config_.size : 1) ||
                         bytes + message.message.size() > max_frame_bytes_;
    if (!batch.empty() && is_full) {
      Send(std::exchange(batch, {}), now);
      bytes = kEnvelopeBytes;
    }
    bytes += message.message.size() + 1;
    batch.push_back(std::move(message));
  }
  if (!batch.empty()) {
    Send(std::move(batch), now);
  }
  waiting_.clear();
}

void Batcher::Advance(TimeMs now) {
  if (!quiet_at_ || now < *quiet_at_) {
    return;
  }
  // Whoever sends all the time goes on collecting.
  quiet_at_ = waiting_.empty() ? std::nullopt : std::optional<TimeMs>(now + config_.interval_ms);
  Flush(now);
}

TimeMs Batcher::NextDeadline() const { return quiet_at_.value_or(kNever); }

bool Batcher::IsHeld(const Outbox& outbox) {
  if (!trial_) {
    return false;
  }
  const bool is_over = std::none_of(trial_->message_ids.begin(), trial_->message_ids.end(),
                                    [&](const std::string& id) { return outbox.IsUnderWay(id); });
  if (is_over) {
    trial_.reset();
  }
  return !is_over;
}

void Batcher::NoteAnswered(std::string_view message_id) {
  if (trial_ && std::find(trial_->new_message_ids.begin(), trial_->new_message_ids.end(),
                          message_id) != trial_->new_message_ids.end()) {
    trial_.reset();
    is_proven_ = true;
  }
}

std::list<Outbox::Waiting> Batcher::ConnectionDown() {
  is_refused_ = false;
  is_proven_ = false;
  trial_.reset();
  quiet_at_.reset();
  sent_.clear();
  return std::exchange(waiting_, {});
}

bool Batcher::TakeRefusal(std::string_view message_id, std::string_view original_type, TimeMs now) {
  ForgetOld(now);
  const auto refused = std::find_if(sent_.begin(), sent_.end(), [&](const Sent& sent) {
    return message_id.empty() ? original_type == "batch" : sent.message_id == message_id;
  });
  if (refused == sent_.end()) {
    return false;
  }
  is_refused_ = true;
  if (trial_ && trial_->batch_id == refused->message_id) {
    trial_.reset();
  }
  for (std::string& message : refused->messages) {
    frames_.push_back({std::move(message), {}});
  }
  sent_.erase(refused);
  Flush(now);
  return true;
}

void Batcher::Send(std::vector<Outbox::Waiting> messages, TimeMs now) {
  if (messages.size() == 1) {
    std::string text = std::move(messages.front().message);
    frames_.push_back({std::move(text), std::move(messages)});
    return;
  }
  ForgetOld(now);
  const std::string batch_id = "b" + id_prefix_ + "-" + std::to_string(++batch_count_);
  Try(batch_id, messages);
  Sent sent{batch_id, {}, now};
  for (Outbox::Waiting& message : messages) {
    sent.messages.push_back(std::move(message.message));
  }
  frames_.push_back({EncodeBatch(sent.messages, sent.message_id, now), std::move(messages)});
  sent_.push_back(std::move(sent));
}

void Batcher::Try(const std::string& batch_id, const std::vector<Outbox::Waiting>& messages) {
  if (is_proven_) {
    return;
  }
  Trial trial{batch_id, {}, {}};
  for (const Outbox::Waiting& message : messages) {
    if (message.message_id.empty()) {
      continue;  // nobody answers it
    }
    trial.message_ids.push_back(message.message_id);
    if (!message.was_sent) {
      trial.new_message_ids.push_back(message.message_id);
    }
  }
  if (!trial.message_ids.empty()) {
    trial_ = std::move(trial);
  }
}

void Batcher::ForgetOld(TimeMs now) {
  while (!sent_.empty() &&
         (sent_.front().at + kRefusalMs <= now || sent_.size() >= kMostRemembered)) {
    sent_.pop_front();
  }
}

}  // namespace civic
