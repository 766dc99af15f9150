#include "civic/store/engagement_analytics.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/allocation_counter.h"

namespace civic {
namespace {

using Json = nlohmann::json;
using Keys = std::vector<BillKey>;

constexpr TimeMs kStart = 1'700'000'400'000;

class Analytics : public EngagementAnalytics {
 public:
  using EngagementAnalytics::EngagementAnalytics;

  // The bill's baseline and a rise at the same time.
  void Rise(BillKey key, const std::string& id, double views, TimeMs now = kStart) {
    Observe(key, id, {.views = 0}, now);
    Observe(key, id, {.views = views}, now);
  }

  Keys Changed() const { return {changed().begin(), changed().end()}; }

  Json Bill(BillKey key) const {
    std::string text;
    return WriteBill(key, &text) ? Json::parse(text, nullptr, false) : Json();
  }

  Json Movers() const {
    std::string text;
    WriteMovers(&text);
    return Json::parse(text, nullptr, false);
  }

  std::vector<std::string> MoverIds() const {
    std::vector<std::string> ids;
    for (const Json& mover : Movers()) {
      ids.push_back(mover["billId"].dump());
    }
    return ids;
  }
};

TEST(EngagementAnalytics, WritesABill) {
  Analytics analytics;
  analytics.Rise(3, "117", 30);
  analytics.Refresh(kStart + 500);
  const Json bill = analytics.Bill(3);
  EXPECT_EQ(bill["billId"], 117);
  EXPECT_EQ(bill["windows"]["1m"]["views"]["total"], 30);
  EXPECT_EQ(bill["timestamp"], kStart + 500);
  EXPECT_TRUE(analytics.Bill(4).is_null());
}

TEST(EngagementAnalytics, RanksByWeightedSmoothedRates) {
  Analytics analytics;
  analytics.Observe(1, "views", {.views = 0, .comments = 0}, kStart);
  analytics.Observe(1, "views", {.views = 45, .comments = 0}, kStart);
  analytics.Observe(2, "comments", {.views = 0, .comments = 0}, kStart);
  analytics.Observe(2, "comments", {.views = 0, .comments = 6}, kStart);
  analytics.Observe(3, "rest", {.views = 1000}, kStart);
  analytics.Refresh(kStart);
  EXPECT_EQ(analytics.Movers(), Json::parse(R"([{"billId":"comments","score":4,"perMinute":)"
                                            R"({"views":0,"comments":0.4,"saves":0,"shares":0}},)"
                                            R"({"billId":"views","score":3,"perMinute":)"
                                            R"({"views":3,"comments":0,"saves":0,"shares":0}}])",
                                            nullptr, false));
}

TEST(EngagementAnalytics, NamesTenMoversAtMost) {
  Analytics analytics;
  for (BillKey key = 0; key < 25; ++key) {
    analytics.Rise(key, std::to_string(key), (key * 7) % 25 + 1);
  }
  analytics.Refresh(kStart);
  // 7 * 7 = 49 = 24 modulo 25, and so on downwards.
  EXPECT_EQ(analytics.MoverIds(),
            (std::vector<std::string>{"7", "14", "21", "3", "10", "17", "24", "6", "13", "20"}));
}

TEST(EngagementAnalytics, PutsShorterIdsFirstAmongEquals) {
  Analytics analytics;
  for (const char* id : {"10", "9", "b", "100", "a"}) {
    analytics.Rise(static_cast<BillKey>(analytics.bill_count()), id, 5);
  }
  analytics.Refresh(kStart);
  EXPECT_EQ(analytics.MoverIds(), (std::vector<std::string>{"9", "\"a\"", "\"b\"", "10", "100"}));
}

TEST(EngagementAnalytics, RefreshesOnceASecondWhileSomethingMoves) {
  Analytics analytics;
  EXPECT_EQ(analytics.NextDeadline(), kNever);
  analytics.Rise(1, "1", 5);
  EXPECT_LE(analytics.NextDeadline(), kStart);
  analytics.Refresh(kStart);
  EXPECT_EQ(analytics.NextDeadline(), kStart + 1000);
  analytics.Observe(1, "1", {.views = 9}, kStart + 10);
  EXPECT_EQ(analytics.NextDeadline(), kStart + 1000);
  analytics.Refresh(kStart + 1000);
  EXPECT_EQ(analytics.NextDeadline(), kStart + 2000);
}

TEST(EngagementAnalytics, SaysThatABillHasComeToRestAndThenNothing) {
  Analytics analytics;
  analytics.Rise(1, "1", 5);
  analytics.Observe(2, "2", {.views = 5}, kStart);
  analytics.Refresh(kStart);
  EXPECT_EQ(analytics.Changed(), (Keys{1, 2}));
  analytics.Refresh(kStart + 1000);
  EXPECT_EQ(analytics.Changed(), (Keys{1}));
  analytics.Refresh(kStart + 1e11);
  EXPECT_EQ(analytics.Changed(), (Keys{1}));
  EXPECT_EQ(analytics.Bill(1)["windows"]["24h"]["views"]["smoothedPerMinute"], 0);
  EXPECT_EQ(analytics.Movers(), Json::array());
  EXPECT_TRUE(analytics.movers_changed());
  EXPECT_EQ(analytics.NextDeadline(), kNever);
  analytics.Refresh(kStart + 2e11);
  EXPECT_EQ(analytics.Changed(), Keys{});
  EXPECT_FALSE(analytics.movers_changed());
}

TEST(EngagementAnalytics, ForgetsABill) {
  Analytics analytics;
  analytics.Rise(1, "1", 5);
  analytics.Rise(2, "2", 9);
  analytics.Refresh(kStart);
  analytics.Forget(2);
  analytics.Forget(7);
  EXPECT_TRUE(analytics.Bill(2).is_null());
  EXPECT_EQ(analytics.MoverIds(), (std::vector<std::string>{"1"}));
  analytics.Refresh(kStart + 1000);
  EXPECT_TRUE(analytics.movers_changed());
  analytics.Clear();
  EXPECT_EQ(analytics.bill_count(), 0U);
  EXPECT_EQ(analytics.Movers(), Json::array());
  EXPECT_EQ(analytics.NextDeadline(), kStart + 2000) << "to say that there are no movers";
  analytics.Refresh(kStart + 2000);
  EXPECT_TRUE(analytics.movers_changed());
  EXPECT_EQ(analytics.NextDeadline(), kNever);
}

TEST(EngagementAnalytics, StartsAnewWhenAKeyMeansAnotherBill) {
  Analytics analytics;
  analytics.Rise(1, "1", 5);
  analytics.Observe(1, "other", {.views = 100}, kStart);
  analytics.Refresh(kStart);
  EXPECT_EQ(analytics.Bill(1)["billId"], "other");
  EXPECT_EQ(analytics.Bill(1)["windows"]["1m"]["views"]["total"], 0);
  EXPECT_EQ(analytics.Movers(), Json::array());
}

TEST(EngagementAnalytics, TakesNoMoreBillsThanItsLimit) {
  Analytics analytics(2);
  EXPECT_TRUE(analytics.Observe(1, "1", {}, kStart));
  EXPECT_TRUE(analytics.Observe(2, "2", {}, kStart));
  EXPECT_FALSE(analytics.Observe(3, "3", {}, kStart));
  EXPECT_TRUE(analytics.Observe(2, "2", {}, kStart));
  analytics.Forget(1);
  EXPECT_TRUE(analytics.Observe(3, "3", {}, kStart));
}

TEST(EngagementAnalytics, StandsStillWhenTimeGoesBack) {
  Analytics analytics;
  analytics.Rise(1, "1", 5);
  analytics.Refresh(kStart - 1e6);
  EXPECT_EQ(analytics.Bill(1)["timestamp"], kStart);
  EXPECT_EQ(analytics.NextDeadline(), kStart + 1000);
}

TEST(EngagementAnalytics, AllocatesNothingOnceItHasItsSize) {
  Analytics analytics;
  for (BillKey key = 0; key < 200; ++key) {
    analytics.Rise(key, std::to_string(key), key);
  }
  std::string text;
  const auto refresh = [&](int second) {
    for (BillKey key = 0; key < 200; ++key) {
      analytics.Observe(key, text.assign(std::to_string(key)), {.views = key + second * 3.0},
                        kStart + second * 1000);
    }
    analytics.Refresh(kStart + second * 1000);
    text.clear();
    analytics.WriteBill(17, &text);
    text.clear();
    analytics.WriteMovers(&text);
  };
  refresh(1);
  text.reserve(100'000);
  const std::size_t before = AllocationCount();
  for (int second = 2; second < 100; ++second) {
    refresh(second);
  }
  EXPECT_EQ(AllocationCount() - before, 0U);
}

}  // namespace
}  // namespace civic
