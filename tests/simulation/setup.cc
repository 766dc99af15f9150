#include "setup.h"

namespace civic::simulation {
namespace {

constexpr SettingShape kSettings[] = {
    {"clients", &Setup::clients},
    {"bills", &Setup::bills},
    {"dialect", &Setup::dialect},
    {"latency_ms", &Setup::latency_ms},
    {"jitter_ms", &Setup::jitter_ms},
    {"seq_holes", &Setup::seq_holes},
    {"history", &Setup::history},
    {"initial_history", &Setup::initial_history},
    {"buffer_kib", &Setup::buffer_kib},
    {"slow_closes", &Setup::slow_closes},
    {"ack_delay_ms", &Setup::ack_delay_ms},
    {"max_in_flight", &Setup::max_in_flight},
    {"max_message_kib", &Setup::max_message_kib},
    {"heartbeat_ms", &Setup::heartbeat_ms},
    {"batches", &Setup::batches},
    {"refuses_batches", &Setup::refuses_batches},
    {"auth", &Setup::auth},
    {"token_lifetime_ms", &Setup::token_lifetime_ms},
    {"tells_expiry", &Setup::tells_expiry},
    {"refuses_early", &Setup::refuses_early},
    {"echoes_token", &Setup::echoes_token},
    {"pages", &Setup::pages},
    {"linger_ms", &Setup::linger_ms},
    {"cell_records", &Setup::cell_records},
    {"cache_kib", &Setup::cache_kib},
    {"queue_kib", &Setup::queue_kib},
    {"outbox", &Setup::outbox},
    {"batching", &Setup::batching},
    {"idle_probe", &Setup::idle_probe},
};

}  // namespace

std::span<const SettingShape> Settings() { return kSettings; }

}  // namespace civic::simulation
