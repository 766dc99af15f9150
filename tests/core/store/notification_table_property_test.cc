// Random lives of a notification table against a model that keeps them in a plain vector.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "civic/engine/random.h"
#include "civic/store/notification_table.h"
#include "store/notification_inbox.h"
#include "store/notification_model.h"

namespace civic {
namespace {

using Result = NotificationTable::Result;

class Life {
 public:
  Life(std::uint64_t seed, const NotificationLimits& limits)
      : random_(seed), inbox_(limits), model_(limits) {}

  void Step() {
    const std::size_t choice = Below(40);
    if (choice < 24) {
      Send();
    } else if (choice < 32) {
      Change();
    } else if (choice < 37) {
      now_ += static_cast<double>(Below(2000));
      ASSERT_EQ(inbox_.table.Advance(now_),
                model_.EraseIf([&](const Known& known) { return known.IsExpired(now_); }));
    } else if (choice < 39) {
      saved_text_ = inbox_.ListText();
      saved_ = model_.all;
    } else {
      double last_arrival = inbox_.arrival;
      ASSERT_TRUE(inbox_.Restore(saved_text_, now_).is_list);
      model_.Restore(saved_, now_, &last_arrival);
      ASSERT_EQ(inbox_.arrival, last_arrival);
    }
    Compare();
  }

 private:
  std::size_t Below(std::size_t limit) { return static_cast<std::size_t>(random_.Next() % limit); }
  bool Chance(std::size_t one_in) { return Below(one_in) == 0; }

  void Send() {
    static constexpr std::array<const char*, 5> kPriorities = {"low", "normal", "medium", "high",
                                                               "critical"};
    Known sent;
    sent.id = "n" + std::to_string(Below(25));
    sent.type = "t" + std::to_string(Below(50));
    sent.type = Chance(2) ? "bill" : sent.type;
    sent.title = Chance(2) ? "title" : std::string(Below(60), 'x');
    sent.priority = kPriorities[Below(2) * Below(5)];
    sent.data = Chance(2) ? "" : R"("n":)" + std::to_string(Below(2));
    sent.has_timestamp = !Chance(4);
    sent.timestamp = sent.has_timestamp ? static_cast<std::int64_t>(Below(3000))
                                        : static_cast<std::int64_t>(now_);
    sent.is_read = Chance(8);
    if (Chance(4)) {
      sent.ttl = static_cast<std::int64_t>(500 * (1 + Below(4)));
      sent.expires_at = static_cast<std::int64_t>(now_) + sent.ttl;
    } else if (Chance(4)) {
      sent.expires_at = static_cast<std::int64_t>(now_ + static_cast<double>(Below(4000))) - 200;
    }
    if (Chance(5) && !last_.id.empty()) {  // the same again
      sent = last_;
      sent.timestamp = sent.has_timestamp ? sent.timestamp : static_cast<std::int64_t>(now_);
      sent.expires_at = sent.ttl > 0 ? static_cast<std::int64_t>(now_) + sent.ttl : sent.expires_at;
    }
    last_ = sent;
    sent.arrival = inbox_.arrival + 1;
    const std::string message = sent.Message(Chance(2));
    std::uint32_t dropped = 0;
    const Result expected = model_.Apply(sent, now_, &dropped);
    const auto outcome = inbox_.Send(message, now_);
    ASSERT_EQ(outcome.result, expected) << message;
    ASSERT_EQ(outcome.dropped, dropped) << message;
    const bool is_new = expected == Result::kStored || expected == Result::kReplaced;
    ASSERT_EQ(inbox_.table.record(), is_new ? model_.all.front().Text() : "");
    ASSERT_EQ(outcome.is_urgent,
              is_new && (sent.priority == "high" || sent.priority == "critical"));
  }

  void Change() {
    const std::size_t choice = Below(40);
    const auto change = choice < 20   ? NotificationChange::kRead
                        : choice < 34 ? NotificationChange::kRemove
                        : choice < 36 ? NotificationChange::kReadAll
                        : choice < 39 ? NotificationChange::kClearRead
                                      : NotificationChange::kClear;
    const std::string id = "n" + std::to_string(Below(25));
    ASSERT_EQ(inbox_.table.Change(change, id), model_.Change(change, id));
  }

  void Compare() {
    ASSERT_EQ(inbox_.ListText(), model_.ListText());
    ASSERT_EQ(inbox_.table.used_bytes(), model_.Bytes());
    std::uint32_t unread = 0;
    double deadline = kNever;
    std::map<std::string, std::uint32_t> by_type;
    std::map<std::string, std::uint32_t> by_priority;
    for (const Known& known : model_.all) {
      unread += known.is_read ? 0 : 1;
      ++by_type[known.type];
      ++by_priority[known.priority];
      if (known.expires_at != 0) {
        deadline = std::min(deadline, static_cast<double>(known.expires_at));
      }
    }
    ASSERT_EQ(inbox_.table.size(), model_.all.size());
    ASSERT_EQ(inbox_.table.unread_count(), unread);
    ASSERT_EQ(inbox_.table.NextDeadline(), deadline);
    const Inbox::Json counts = inbox_.Counts();
    ASSERT_EQ(counts["total"], model_.all.size());
    ASSERT_EQ(counts["unread"], unread);
    ASSERT_EQ(counts["byType"], Inbox::Json(by_type));
    for (const auto& [priority, count] : counts["byPriority"].items()) {
      ASSERT_EQ(count, by_priority[priority]);
    }
  }

  Random random_;
  Inbox inbox_;
  NotificationModel model_;
  TimeMs now_ = 1000;
  Known last_;
  std::string saved_text_ = "[]";
  std::vector<Known> saved_;
};

TEST(NotificationTableProperty, AgreesWithAPlainVector) {
  const std::array<NotificationLimits, 4> limits = {
      {{.count = 100}, {.count = 8}, {.count = 1}, {.count = 100, .bytes = 900}}};
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    Life life(seed, limits[seed % limits.size()]);
    for (int step = 0; step < 300; ++step) {
      life.Step();
      ASSERT_FALSE(testing::Test::HasFatalFailure()) << "seed " << seed << ", step " << step;
    }
  }
}

}  // namespace
}  // namespace civic
