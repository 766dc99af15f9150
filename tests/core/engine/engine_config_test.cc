#include "civic/engine/engine_config.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace civic {
namespace {

constexpr std::string_view kUrl = R"("url":"ws://localhost:3001/ws")";

EngineConfig Read(std::string_view members) {
  EngineConfig config;
  const ConfigProblem problem =
      ReadEngineConfig("{" + std::string(kUrl) + "," + std::string(members) + "}", &config);
  EXPECT_TRUE(problem.empty()) << problem.field << " " << problem.value << " " << problem.allowed;
  return config;
}

TEST(EngineConfig, WhatIsNotSaidKeepsItsDefault) {
  EngineConfig config;
  ASSERT_TRUE(ReadEngineConfig("{" + std::string(kUrl) + "}", &config).empty());
  EXPECT_EQ(config.session.url, "ws://localhost:3001/ws");
  EXPECT_EQ(config.store.bill_updates, 50U);
  EXPECT_EQ(config.session.heartbeat.interval_ms, 30'000);
  EXPECT_EQ(config.session.reconnect.max_attempts, 5);
}

TEST(EngineConfig, EveryFieldArrives) {
  const EngineConfig config = Read(
      R"("protocols":["a","b"],"auth":"message","tokenOnDemand":true,"connectTimeoutMs":1,)"
      R"("authTimeoutMs":2,"tokenTimeoutMs":3,)"
      R"("heartbeat":{"enabled":false,"intervalMs":4,"timeoutMs":5,"idleProbeMs":6,"wakeTimeoutMs":7},)"
      R"("reconnect":{"enabled":false,"maxAttempts":8,"delayMs":9,"maxDelayMs":10,"backoff":"linear",)"
      R"("stableUptimeMs":11},"lingerMs":12,"maxMessageBytes":13,"maxFrameBytes":14,)"
      R"("outboxMessages":15,"outboxBytes":16,"eventQueueBytes":17,"cacheMaxBytes":18,)"
      R"("cellMaxBytes":19,"billUpdateLimit":20)");
  const SessionConfig& session = config.session;
  EXPECT_EQ(session.protocols, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(session.auth, AuthMode::kMessage);
  EXPECT_TRUE(session.token_on_demand);
  EXPECT_EQ(session.connect_timeout_ms, 1);
  EXPECT_EQ(session.auth_timeout_ms, 2);
  EXPECT_EQ(session.token_timeout_ms, 3);
  EXPECT_FALSE(session.heartbeat.enabled);
  EXPECT_EQ(session.heartbeat.interval_ms, 4);
  EXPECT_EQ(session.heartbeat.timeout_ms, 5);
  EXPECT_EQ(session.heartbeat.idle_probe_ms, 6);
  EXPECT_EQ(session.heartbeat.wake_timeout_ms, 7);
  EXPECT_FALSE(session.reconnect.enabled);
  EXPECT_EQ(session.reconnect.max_attempts, 8);
  EXPECT_EQ(session.reconnect.backoff.delay_ms, 9);
  EXPECT_EQ(session.reconnect.backoff.max_delay_ms, 10);
  EXPECT_EQ(session.reconnect.backoff.shape, BackoffShape::kLinear);
  EXPECT_EQ(session.reconnect.stable_uptime_ms, 11);
  EXPECT_EQ(config.linger_ms, 12);
  EXPECT_EQ(config.max_message_bytes, 13U);
  EXPECT_EQ(config.max_frame_bytes, 14U);
  EXPECT_EQ(config.outbox_messages, 15U);
  EXPECT_EQ(config.outbox_bytes, 16U);
  EXPECT_EQ(config.event_queue_bytes, 17U);
  EXPECT_EQ(config.store.cache_bytes, 18U);
  EXPECT_EQ(config.store.cell_bytes, 19U);
  EXPECT_EQ(config.store.bill_updates, 20U);
}

TEST(EngineConfig, MinusOneAttemptIsNoLimit) {
  EXPECT_EQ(Read(R"("reconnect":{"maxAttempts":-1})").session.reconnect.max_attempts,
            kUnlimitedAttempts);
}

struct Wrong {
  std::string_view members;
  std::string_view field;
};

TEST(EngineConfig, TheFirstProblemIsNamed) {
  constexpr Wrong kWrong[] = {
      {R"("billUpdateLimit":0)", "billUpdateLimit"},
      {R"("billUpdateLimit":"50")", "billUpdateLimit"},
      {R"("billUpdateLimit":2.5)", "billUpdateLimit"},
      {R"("lingerMs":-1)", "lingerMs"},
      {R"("heartbeat":{"intervalMs":0})", "heartbeat.intervalMs"},
      {R"("heartbeat":[])", "heartbeat"},
      {R"("heartbeat":{"every":5})", "heartbeat.every"},
      {R"("reconnect":{"backoff":"random"})", "reconnect.backoff"},
      {R"("reconnect":{"maxAttempts":-2})", "reconnect.maxAttempts"},
      {R"("reconnect":{"maxAttempts":-0.5})", "reconnect.maxAttempts"},
      {R"("protocols":"a")", "protocols"},
      {R"("protocols":["a",1])", "protocols"},
      {R"("auth":1)", "auth"},
      {R"("tokenOnDemand":"yes")", "tokenOnDemand"},
      {R"("unheardOf":1)", "unheardOf"},
      {R"("url":"http://localhost")", "url"},
  };
  for (const Wrong& wrong : kWrong) {
    EngineConfig config;
    const ConfigProblem problem =
        ReadEngineConfig("{" + std::string(kUrl) + "," + std::string(wrong.members) + "}", &config);
    EXPECT_EQ(problem.field, wrong.field) << wrong.members;
    EXPECT_FALSE(problem.allowed.empty());
  }
  for (const std::string_view text : {"", "[]", "{", "null"}) {
    EngineConfig config;
    EXPECT_EQ(ReadEngineConfig(text, &config).field, "configuration");
  }
}

}  // namespace
}  // namespace civic
