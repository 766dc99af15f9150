// What becomes of one message: where it goes, who hears of it, what is said when it is of no use.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "civic/engine/event_kind.h"
#include "support/engine_world.h"

namespace civic {
namespace {

using Texts = std::vector<std::string>;

constexpr std::string_view kStateOnly = R"({"deliver":false})";
constexpr std::uint32_t kEverything = 0xfffU;

std::string CamelCase(std::string_view snake) {
  std::string camel;
  for (std::size_t i = 0; i < snake.size(); ++i) {
    camel += snake[i] == '_' ? static_cast<char>(snake[++i] - 'a' + 'A') : snake[i];
  }
  return camel;
}

struct Route {
  std::string_view type;
  std::string_view members;
  std::string_view topic;
  EventKind event;
};

void PrintTo(const Route& route, std::ostream* out) { *out << route.type << " " << route.topic; }

class EngineRoute : public testing::TestWithParam<Route> {};

TEST_P(EngineRoute, ReachesItsTopicInBothSpellings) {
  const Route& route = GetParam();
  EngineWorld world;
  world.BringUp();
  world.Subscribe(1, route.topic);
  world.Subscribe(2, "bill:other");
  world.Subscribe(3, "*");
  world.Listen(kEverything);
  world.Drain();
  Texts messages;
  for (const std::string& type : {std::string(route.type), CamelCase(route.type)}) {
    // Two of the same would be one to some.
    messages.push_back(R"({"type":")" + type + R"(",)" + std::string(route.members) +
                       R"(,"title":")" + std::to_string(messages.size()) + R"("})");
    world.Frame(messages.back());
  }
  world.Drain();
  const PageModel& page = world.page();
  EXPECT_EQ(page.Deliveries(1), messages);
  EXPECT_EQ(page.Deliveries(2), Texts{});
  EXPECT_EQ(page.Deliveries(3), messages);
  EXPECT_EQ(page.Texts(wire_number::kEvent, static_cast<std::uint32_t>(EventKind::kMessage)),
            messages);
  if (route.event != EventKind::kNone) {
    const auto events = page.Of(wire_number::kEvent, static_cast<std::uint32_t>(route.event));
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].topic, route.topic);
  }
  EXPECT_EQ(page.Errors(), Texts{});
  EXPECT_EQ(world.counter(Counter::kMessagesReceived), 2);
}

constexpr Route kRoutes[] = {
    {"bill_update", R"("bill_id":7,"data":{})", "bill:7", EventKind::kBillUpdate},
    {"bill_update", R"("bill_id":"7","data":{})", "bill:7", EventKind::kBillUpdate},
    {"engagement_metrics", R"("bill_id":7,"view_count":1)", "bill:7", EventKind::kEngagementUpdate},
    {"community_update", R"("discussion_id":4,"data":{})", "discussion:4",
     EventKind::kCommunityUpdate},
    {"community_update", R"("bill_id":4,"data":{})", "community:4", EventKind::kCommunityUpdate},
    {"typing_indicator", R"("user_id":1,"bill_id":4)", "discussion:4", EventKind::kTypingIndicator},
    {"comment_update", R"("bill_id":4,"action":"created")", "discussion:4",
     EventKind::kCommentUpdate},
    {"vote_update", R"("bill_id":4,"vote_type":"support")", "community:4", EventKind::kVoteUpdate},
    {"expert_activity", R"("expert_id":1,"data":{})", "expert:updates", EventKind::kExpertActivity},
    {"moderation_event", R"("target_id":1,"data":{})", "moderation:events",
     EventKind::kModerationEvent},
    {"expert_activity", R"("expert_id":1)", "expert:1", EventKind::kExpertActivity},
    {"presence_update", R"("bill_id":4,"count":1)", "discussion:4", EventKind::kNone},
    {"notification", R"("id":1)", "user_notifications", EventKind::kNotification},
    {"notification_read", R"("notification_id":1)", "user_notifications", EventKind::kNone},
    {"notification_clear", R"("clear_all":true)", "user_notifications", EventKind::kNone},
    {"bill_update", R"("bill_id":7,"topic":"my:topic","data":{})", "my:topic",
     EventKind::kBillUpdate},
    {"vote_update", R"("topic":"m\u0079:topic","bill_id":1,"vote_type":"neutral")", "my:topic",
     EventKind::kVoteUpdate},
    {"something_new", R"("topic":"my:topic","n":1)", "my:topic", EventKind::kNone},
};

INSTANTIATE_TEST_SUITE_P(Engine, EngineRoute, testing::ValuesIn(kRoutes));

TEST(EngineMessages, AnUpdateIsStoredWhetherOrNotAnybodyListens) {
  EngineWorld world;
  world.BringUp();
  world.Subscribe(1, "bill:7", kStateOnly);
  world.Frame(BillUpdateText(7, 1));
  world.Drain();
  EXPECT_EQ(world.page().Updates("bill:7"), Texts{BillUpdateRecord(7, 1)});
  EXPECT_EQ(world.page().Deliveries(1), Texts{});
  EXPECT_TRUE(world.page().Of(wire_number::kEvent).empty());
  EXPECT_EQ(world.counter(Counter::kEventsQueued), 0);
}

TEST(EngineMessages, AnEventCarriesTheCanonicalRecordADeliveryWhatTheServerSent) {
  EngineWorld world;
  world.BringUp();
  world.Subscribe(1, "bill:7");
  world.Listen(EventBit(EventKind::kBillUpdate));
  world.Frame(BillUpdateText(7, 1));
  world.Drain();
  EXPECT_EQ(world.page().Deliveries(1), Texts{BillUpdateText(7, 1)});
  EXPECT_EQ(world.page().Texts(wire_number::kEvent), Texts{BillUpdateRecord(7, 1)});
}

TEST(EngineMessages, AnEventCarriesTheRecordAlsoWhereNoTopicKeepsIt) {
  EngineConfig config = EngineWorld::DefaultConfig();
  config.store.cell_bytes = 500;
  EngineWorld world(config);
  world.BringUp();
  world.Subscribe(1, "*", kStateOnly);
  world.Subscribe(2, "bill:8", kStateOnly);
  world.Listen(EventBit(EventKind::kBillUpdate) | EventBit(EventKind::kEngagementUpdate));
  const std::string large(1000, 'x');
  world.Frame(BillUpdateText(7, 1));
  world.Frame(R"({"type":"engagement_metrics","bill_id":7,"view_count":2,"timestamp":3})");
  world.Frame(BillUpdateText(8, 2, large));
  world.Drain();
  EXPECT_EQ(world.page().Texts(wire_number::kEvent),
            (Texts{BillUpdateRecord(7, 1),
                   R"({"bill_id":7,"viewCount":2,"saveCount":0,"commentCount":0,"shareCount":0,)"
                   R"("timestamp":3})",
                   BillUpdateRecord(8, 2, large)}));
}

TEST(EngineMessages, AMessageOfNobodysTopicIsCountedAndForgotten) {
  EngineWorld world;
  world.BringUp();
  world.RunFor(100);
  world.DrainAll();
  world.Frame(BillUpdateText(7, 1));
  EXPECT_EQ(world.counter(Counter::kUnroutedMessages), 1);
  EXPECT_EQ(world.engine.StateOf(1), BundleState::kNothing);
}

TEST(EngineMessages, UnknownTypesAreCountedAndGoToWhoeverTakesEverything) {
  EngineWorld world;
  world.BringUp();
  world.Subscribe(1, "*");
  world.Subscribe(2, "bill:7");
  world.Listen(EventBit(EventKind::kMessage));
  world.Frame(R"({"type":"weather","bill_id":7})");
  world.Drain();
  EXPECT_EQ(world.counter(Counter::kUnknownMessages), 1);
  EXPECT_EQ(world.page().Deliveries(1), Texts{R"({"type":"weather","bill_id":7})"});
  EXPECT_EQ(world.page().Deliveries(2), Texts{});
  EXPECT_EQ(world.page().Texts(wire_number::kEvent), Texts{R"({"type":"weather","bill_id":7})"});
}

TEST(EngineMessages, FiltersDecideWhatIsDeliveredNotWhatIsStored) {
  EngineWorld world;
  world.BringUp();
  world.Subscribe(1, "bill:7", R"({"filters":{"number":[2,3]}})");
  for (int number = 1; number <= 3; ++number) {
    world.Frame(BillUpdateText(7, number));
  }
  world.Drain();
  EXPECT_EQ(world.page().Deliveries(1), (Texts{BillUpdateText(7, 2), BillUpdateText(7, 3)}));
  EXPECT_EQ(world.page().Updates("bill:7").size(), 3U);
}

TEST(EngineMessages, EventsGoOnlyToPagesThatListenAndWatch) {
  EngineWorld world;
  const PageId listening = world.AddPage();
  const PageId elsewhere = world.AddPage();
  world.BringUp();
  world.Subscribe(1, "bill:7", kStateOnly, 1);
  world.Subscribe(1, "bill:7", kStateOnly, listening);
  world.Subscribe(1, "bill:8", kStateOnly, elsewhere);
  world.Listen(EventBit(EventKind::kBillUpdate), listening);
  world.Listen(EventBit(EventKind::kBillUpdate) | EventBit(EventKind::kMessage), elsewhere);
  world.Frame(BillUpdateText(7, 1));
  world.DrainAll();
  EXPECT_TRUE(world.page(1).Of(wire_number::kEvent).empty());
  EXPECT_EQ(world.page(listening).Texts(wire_number::kEvent), Texts{BillUpdateRecord(7, 1)});
  EXPECT_EQ(world.page(elsewhere).Texts(wire_number::kEvent), Texts{BillUpdateText(7, 1)})
      << "only the message itself";
  world.Listen(0, listening);
  world.Frame(BillUpdateText(7, 2));
  world.DrainAll();
  EXPECT_EQ(world.page(listening).Of(wire_number::kEvent).size(), 1U);
}

TEST(EngineMessages, ListenersGetEveryMessageInOrderWhileStateConflates) {
  EngineConfig config = EngineWorld::DefaultConfig();
  config.store.bill_updates = 5;
  EngineWorld world(config);
  world.BringUp();
  world.Subscribe(1, "bill:7");
  world.Drain();
  Texts sent;
  for (int number = 0; number < 200; ++number) {
    sent.push_back(BillUpdateText(7, number));
    world.Frame(sent.back());
  }
  world.Drain();
  EXPECT_EQ(world.page().Deliveries(1), sent);
  EXPECT_EQ(world.page().Updates("bill:7").size(), 5U);
  EXPECT_EQ(world.page().records_received, 5U);
  EXPECT_EQ(world.page().counter(Counter::kRecordsConflated), 195);
}

TEST(EngineMessages, AnInjectedMessageIsHandledLikeTheServers) {
  EngineWorld world;
  world.Subscribe(1, "bill:7");
  world.engine.Inject(1, BillUpdateText(7, 1), world.now());
  world.engine.Inject(1, R"({"type":"error","data":{"error":"not from the server"}})", world.now());
  world.engine.Inject(99, BillUpdateText(7, 2), world.now());
  world.Drain();
  EXPECT_EQ(world.page().Updates("bill:7"), Texts{BillUpdateRecord(7, 1)});
  EXPECT_EQ(world.page().Deliveries(1), Texts{BillUpdateText(7, 1)});
  EXPECT_EQ(world.page().Errors(), Texts{});
}

}  // namespace
}  // namespace civic
