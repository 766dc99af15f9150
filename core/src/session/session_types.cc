#include "civic/session/session_types.h"

namespace civic {

std::string_view ConnectionStateName(ConnectionState state) {
  switch (state) {
    case ConnectionState::kDisconnected:
      return "disconnected";
    case ConnectionState::kConnecting:
      return "connecting";
    case ConnectionState::kConnected:
      return "connected";
    case ConnectionState::kReconnecting:
      return "reconnecting";
    case ConnectionState::kFailed:
      return "failed";
  }
  return "";
}

std::string_view ConnectionQualityName(ConnectionQuality quality) {
  switch (quality) {
    case ConnectionQuality::kDisconnected:
      return "disconnected";
    case ConnectionQuality::kPoor:
      return "poor";
    case ConnectionQuality::kGood:
      return "good";
    case ConnectionQuality::kExcellent:
      return "excellent";
  }
  return "";
}

}  // namespace civic
