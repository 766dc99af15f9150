#include "civic/recording/recorded_kind.h"

#include <algorithm>
#include <initializer_list>

namespace civic {
namespace {

constexpr RecordedTraits Traits(RecordedKind kind, std::string_view name,
                                std::initializer_list<Parameter> parameters) {
  RecordedTraits traits{kind, name, {}, parameters.size()};
  std::copy(parameters.begin(), parameters.end(), traits.parameters.begin());
  return traits;
}

using enum ArgumentKind;

constexpr Parameter kPage = {"page", kNumber};
constexpr Parameter kSocket = {"socket", kNumber};
constexpr Parameter kTheJson = {"json", kJson};

constexpr std::array kAllTraits = {
    Traits(RecordedKind::kSocketOpened, "socketOpened", {kSocket, {"protocol", kReason}}),
    Traits(RecordedKind::kSocketFrame, "socketFrame",
           {kSocket, {"isText", kNumber}, {"frame", kMessage}}),
    Traits(RecordedKind::kSocketFrameTooLarge, "socketFrameTooLarge",
           {kSocket, {"bytes", kNumber}}),
    Traits(RecordedKind::kSocketBacklog, "socketBacklog", {kSocket, {"bytes", kNumber}}),
    Traits(RecordedKind::kNoteDeflated, "noteDeflated",
           {{"isSent", kNumber}, {"wireBytes", kNumber}, {"textBytes", kNumber}}),
    Traits(RecordedKind::kSocketClosed, "socketClosed",
           {kSocket, {"code", kNumber}, {"reason", kReason}}),
    Traits(RecordedKind::kSocketFailed, "socketFailed", {kSocket, {"reason", kReason}}),
    Traits(RecordedKind::kAddPage, "addPage", {}),
    Traits(RecordedKind::kRemovePage, "removePage", {kPage}),
    Traits(RecordedKind::kConnect, "connect", {kPage, {"token", kToken}}),
    Traits(RecordedKind::kDisconnect, "disconnect", {kPage}),
    Traits(RecordedKind::kSubscribe, "subscribe",
           {kPage, {"subscription", kNumber}, {"topic", kName}, {"options", kName}}),
    Traits(RecordedKind::kUnsubscribe, "unsubscribe", {kPage, {"subscription", kNumber}}),
    Traits(RecordedKind::kSend, "send",
           {kPage, {"command", kNumber}, {"message", kMessage}, {"options", kName}}),
    Traits(RecordedKind::kRestoreOutbox, "restoreOutbox", {kPage, {"messages", kOutbox}}),
    Traits(RecordedKind::kStartTyping, "startTyping", {kPage, {"bill", kName}, {"parent", kName}}),
    Traits(RecordedKind::kStopTyping, "stopTyping", {kPage, {"bill", kName}, {"parent", kName}}),
    Traits(RecordedKind::kChangeNotifications, "changeNotifications",
           {kPage, {"change", kName}, {"id", kName}}),
    Traits(RecordedKind::kRestoreNotifications, "restoreNotifications",
           {kPage, {"notifications", kMessage}}),
    Traits(RecordedKind::kListen, "listen", {kPage, {"events", kNumber}}),
    Traits(RecordedKind::kSetVisible, "setVisible", {kPage, {"visible", kNumber}}),
    Traits(RecordedKind::kSetOnline, "setOnline", {kPage, {"online", kNumber}}),
    Traits(RecordedKind::kResumed, "resumed", {kPage}),
    Traits(RecordedKind::kProvideToken, "provideToken",
           {kPage, {"request", kNumber}, {"token", kToken}}),
    Traits(RecordedKind::kInject, "inject", {kPage, {"message", kMessage}}),
    Traits(RecordedKind::kAdvance, "advance", {}),
    Traits(RecordedKind::kDrainBundle, "drainBundle", {kPage}),
    Traits(RecordedKind::kReportFigures, "reportFigures", {kPage, {"hostBytes", kNumber}}),
    Traits(RecordedKind::kHeader, "header", {kTheJson}),
    Traits(RecordedKind::kState, "state", {kTheJson}),
    Traits(RecordedKind::kMark, "mark", {kTheJson}),
    Traits(RecordedKind::kSkipped, "skipped", {kTheJson}),
    Traits(RecordedKind::kEnd, "end", {kTheJson}),
};

}  // namespace

const RecordedTraits* FindRecordedTraits(std::uint8_t kind) {
  for (const RecordedTraits& traits : kAllTraits) {
    if (static_cast<std::uint8_t>(traits.kind) == kind) {
      return &traits;
    }
  }
  return nullptr;
}

}  // namespace civic
