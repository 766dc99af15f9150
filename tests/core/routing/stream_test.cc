// The rules of one stream: what is taken, what is dropped, and how a hole ends.
#include "civic/routing/stream.h"

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace civic {

void PrintTo(StreamVerdict verdict, std::ostream* out) {
  constexpr const char* kNames[] = {"take", "duplicate", "awaited", "hole", "foreign"};
  *out << kNames[static_cast<int>(verdict)];
}

namespace {

class StreamTest : public testing::Test {
 protected:
  // Live in epoch "e" at `seq`.
  void LiveAt(std::uint64_t seq) {
    stream.Ask("m", 0);
    EXPECT_EQ(Answer("e", seq, seq), "");
  }
  StreamVerdict Event(std::uint64_t seq, std::optional<std::uint64_t> previous = std::nullopt,
                      std::string_view epoch = "e") {
    std::optional<ClosedHole> closed;
    const StreamVerdict verdict = stream.Judge({epoch, seq, previous.value_or(seq - 1)}, &closed);
    Note(closed);
    if (verdict == StreamVerdict::kHole) {
      stream.Ask("m", 0);
    }
    return verdict;
  }
  std::string Answer(std::string epoch, std::uint64_t newest, std::uint64_t start) {
    return Describe(stream.Answer({"t", Position{std::move(epoch), newest}, start, ""}));
  }
  StreamVerdict Gap(std::uint64_t from, std::uint64_t to, std::string epoch = "e") {
    std::optional<ClosedHole> closed;
    const StreamVerdict verdict = stream.GiveUp({"t", std::move(epoch), from, to}, &closed);
    Note(closed);
    return verdict;
  }
  StreamVerdict Newest(std::uint64_t seq, std::string epoch = "e") {
    std::optional<ClosedHole> closed;
    const StreamVerdict verdict = stream.Compare({std::move(epoch), seq}, &closed);
    Note(closed);
    return verdict;
  }
  void Note(const std::optional<ClosedHole>& hole) {
    if (hole) {
      holes.push_back(Describe(hole));
    }
  }
  // Such as "e 3-5 lost", "e 3-? lost", "e 3-5 recovered".
  static std::string Describe(const std::optional<ClosedHole>& hole) {
    if (!hole) {
      return "";
    }
    return hole->epoch + " " + std::to_string(hole->from) + "-" +
           (hole->to ? std::to_string(*hole->to) : "?") +
           (hole->is_recovered ? " recovered" : " lost");
  }
  std::uint64_t at() const { return stream.position()->seq; }

  using Holes = std::vector<std::string>;
  Stream stream;
  Holes holes;
};

TEST_F(StreamTest, TakesWhatFollowsAndDropsWhatItHas) {
  LiveAt(4);
  EXPECT_EQ(Event(5), StreamVerdict::kTake);
  EXPECT_EQ(Event(5), StreamVerdict::kDuplicate);
  EXPECT_EQ(Event(3), StreamVerdict::kDuplicate);
  EXPECT_EQ(Event(6), StreamVerdict::kTake);
  EXPECT_EQ(holes, Holes{});
}

TEST_F(StreamTest, WhatWasLeftOutOnPurposeIsNoHole) {
  LiveAt(4);
  EXPECT_EQ(Event(9, 4), StreamVerdict::kTake);
  EXPECT_EQ(Event(20, 9), StreamVerdict::kTake);
  EXPECT_EQ(Event(21, 3), StreamVerdict::kTake) << "from before the position is good too";
}

TEST_F(StreamTest, ANewStreamStartsWhereTheServerSays) {
  stream.Ask("m", 0);
  EXPECT_EQ(Event(8), StreamVerdict::kAwaited);
  EXPECT_EQ(Answer("e", 9, 7), "");
  EXPECT_EQ(Event(8), StreamVerdict::kTake);
  EXPECT_EQ(Event(9), StreamVerdict::kTake);
}

TEST_F(StreamTest, BeforeAnythingWasAskedItIsForeign) {
  EXPECT_EQ(Event(1), StreamVerdict::kForeign);
  LiveAt(1);
  stream.ConnectionDown();
  EXPECT_EQ(Event(2), StreamVerdict::kForeign);
  EXPECT_EQ(at(), 1U);
}

TEST_F(StreamTest, AHoleIsAskedForAndToldOnceWhenTheReplayHasFilledIt) {
  LiveAt(4);
  EXPECT_EQ(Event(7), StreamVerdict::kHole);
  EXPECT_EQ(Event(8), StreamVerdict::kAwaited);
  EXPECT_EQ(Answer("e", 8, 4), "");
  EXPECT_EQ(Event(5), StreamVerdict::kTake);
  EXPECT_EQ(holes, Holes{}) << "not yet";
  EXPECT_EQ(Event(6), StreamVerdict::kTake);
  EXPECT_EQ(holes, Holes{"e 5-6 recovered"});
  EXPECT_EQ(Event(7), StreamVerdict::kTake);
  EXPECT_EQ(Event(8), StreamVerdict::kTake);
  EXPECT_EQ(holes.size(), 1U);
}

TEST_F(StreamTest, AReplayWithAHoleOfItsOwnIsStillOneHole) {
  LiveAt(4);
  EXPECT_EQ(Event(8), StreamVerdict::kHole);
  Answer("e", 8, 4);
  EXPECT_EQ(Event(5), StreamVerdict::kTake);
  EXPECT_EQ(Event(8), StreamVerdict::kHole);
  Answer("e", 8, 5);
  EXPECT_EQ(Event(6), StreamVerdict::kTake);
  EXPECT_EQ(Event(7), StreamVerdict::kTake);
  EXPECT_EQ(holes, Holes{"e 5-7 recovered"});
}

TEST_F(StreamTest, WhatTheServerHasNoMoreIsTold) {
  LiveAt(4);
  EXPECT_EQ(Event(9), StreamVerdict::kHole);
  EXPECT_EQ(Answer("e", 9, 7), "e 5-7 lost");
  EXPECT_EQ(Event(8), StreamVerdict::kTake);
  EXPECT_EQ(Event(9), StreamVerdict::kTake);
  EXPECT_EQ(holes, Holes{});
}

TEST_F(StreamTest, AnotherEpochResetsAndSaysThatNobodyKnowsHowMuchIsMissing) {
  LiveAt(4);
  stream.ConnectionDown();
  stream.Ask("m2", 0);
  EXPECT_EQ(Answer("f", 2, 0), "f 5-? lost");
  EXPECT_EQ(Event(1, 0, "f"), StreamVerdict::kTake);
  EXPECT_EQ(Event(2, 1, "f"), StreamVerdict::kTake);
}

TEST_F(StreamTest, AServerThatKnowsLessThanBeforeHasLostHistory) {
  LiveAt(4);
  stream.ConnectionDown();
  stream.Ask("m2", 0);
  EXPECT_EQ(Answer("e", 2, 0), "e 5-? lost");
  EXPECT_EQ(Event(1), StreamVerdict::kTake) << "what comes now is new";
}

TEST_F(StreamTest, AReconnectThatBringsEverythingIsNoHole) {
  LiveAt(4);
  stream.ConnectionDown();
  stream.Ask("m2", 0);
  EXPECT_EQ(Answer("e", 6, 4), "");
  EXPECT_EQ(Event(5), StreamVerdict::kTake);
  EXPECT_EQ(Event(6), StreamVerdict::kTake);
  EXPECT_EQ(holes, Holes{});
}

TEST_F(StreamTest, WhatTheServerRepeatsOfTheTimeBeforeIsDropped) {
  LiveAt(4);
  stream.ConnectionDown();
  stream.Ask("m2", 0);
  EXPECT_EQ(Answer("e", 5, 2), "");
  EXPECT_EQ(Event(3), StreamVerdict::kDuplicate);
  EXPECT_EQ(Event(4), StreamVerdict::kDuplicate);
  EXPECT_EQ(Event(5), StreamVerdict::kTake);
}

TEST_F(StreamTest, TheNewestMayBeTheLostOne) {
  LiveAt(4);
  EXPECT_EQ(Newest(4), StreamVerdict::kTake);
  EXPECT_EQ(Newest(3), StreamVerdict::kTake);
  EXPECT_EQ(Newest(6), StreamVerdict::kHole);
  stream.Ask("m2", 0);
  EXPECT_EQ(Newest(7), StreamVerdict::kTake) << "the replay is under way";
  Answer("e", 6, 4);
  Event(5);
  Event(6);
  EXPECT_EQ(holes, Holes{"e 5-6 recovered"});
}

TEST_F(StreamTest, WhatTheServerGivesUpIsToldOnce) {
  LiveAt(4);
  EXPECT_EQ(Gap(5, 9), StreamVerdict::kTake);
  EXPECT_EQ(Gap(5, 9), StreamVerdict::kDuplicate);
  EXPECT_EQ(Event(10), StreamVerdict::kTake);
  EXPECT_EQ(holes, Holes{"e 5-9 lost"});
}

TEST_F(StreamTest, AGapThatBeginsLaterHidesAHole) {
  LiveAt(4);
  EXPECT_EQ(Gap(6, 9), StreamVerdict::kHole);
  stream.Ask("m2", 0);
  EXPECT_EQ(Answer("e", 9, 9), "e 5-9 lost");
}

TEST_F(StreamTest, WhatNoReplayBringsIsGivenUpAndTold) {
  LiveAt(4);
  for (int replay = 0; replay < Stream::kMostReplays; ++replay) {
    EXPECT_EQ(Event(6), StreamVerdict::kHole);
    Answer("e", 6, 4);
  }
  EXPECT_EQ(Event(6), StreamVerdict::kTake);
  EXPECT_EQ(holes, Holes{"e 5-5 lost"});
  EXPECT_EQ(Event(8), StreamVerdict::kHole) << "the next hole has its own replays";
}

TEST_F(StreamTest, ANewestThatNoReplayBringsIsGivenUpAndTold) {
  LiveAt(4);
  for (int replay = 0; replay < Stream::kMostReplays; ++replay) {
    EXPECT_EQ(Newest(5), StreamVerdict::kHole);
    stream.Ask("m", 0);
    Answer("e", 5, 4);
  }
  EXPECT_EQ(Newest(5), StreamVerdict::kTake);
  EXPECT_EQ(holes, Holes{"e 5-5 lost"});
  EXPECT_EQ(at(), 5U);
}

TEST_F(StreamTest, AnEpochThatTheServerDoesNotAdmitToIsTakenAfterAll) {
  LiveAt(4);
  for (int replay = 0; replay < Stream::kMostReplays; ++replay) {
    EXPECT_EQ(Event(1, 0, "f"), StreamVerdict::kHole);
    Answer("e", 4, 4);
  }
  EXPECT_EQ(Event(1, 0, "f"), StreamVerdict::kTake);
  EXPECT_EQ(holes, Holes{"f 5-? lost"});
}

TEST_F(StreamTest, AStreamWithoutASequenceTakesEverything) {
  stream.Ask("m", 0);
  EXPECT_EQ(stream.Answer({"t", std::nullopt, 0, ""}), std::nullopt);
  EXPECT_EQ(Event(7), StreamVerdict::kTake);
  EXPECT_EQ(Event(3), StreamVerdict::kTake);
}

}  // namespace
}  // namespace civic
