// A recording as a file; what must not leave this place is taken out on the way.
#include <span>
#include <string>
#include <string_view>

#include "civic/recording/checksum.h"
#include "civic/recording/payload_redaction.h"
#include "civic/recording/recorder.h"
#include "civic/wire/json_writer.h"

namespace civic {
namespace {

// Takes out of an entry what must not leave this place.
void Redact(const RecordedEntry& entry, const TokenRedaction& tokens, bool has_payloads,
            std::string* bytes) {
  for (std::size_t i = 0; i < entry.traits->parameter_count; ++i) {
    const ArgumentKind kind = entry.traits->parameters[i].kind;
    const std::string_view text = entry.arguments[i].text;
    if (text.empty() || kind == ArgumentKind::kToken) {
      continue;
    }
    const std::span<char> place(bytes->data() + (text.data() - bytes->data()), text.size());
    if (!has_payloads && kind == ArgumentKind::kMessage) {
      RedactPayload(place, PayloadKind::kMessage);
    } else if (!has_payloads && kind == ArgumentKind::kOutbox) {
      RedactPayload(place, PayloadKind::kOutbox);
    } else if (!has_payloads && entry.kind() == RecordedKind::kState) {
      RedactPayload(place, PayloadKind::kState);
    }
    tokens.Redact(place, kind == ArgumentKind::kReason);
  }
}

}  // namespace

std::string Recorder::Export(const ExportOptions& options, std::string_view state_json,
                             std::string_view mark_json) const {
  const bool has_older = older_.size > 0;
  const std::uint64_t first_input = has_older ? older_.first_input : newer_.first_input;
  JsonWriter header;
  header.Begin('{');
  header.Text("package", CIVIC_VERSION);
  header.Text("seed", std::to_string(seed_));
  header.Raw("firstInput", std::to_string(first_input));
  header.Boolean("payloads", options.has_payloads);
  header.Raw("config", config_json_.empty() ? "{}" : config_json_);
  header.End('}');

  std::string file(kRecordingMagic);
  for (unsigned shift = 0; shift < 32; shift += 8) {
    file += static_cast<char>(kRecordingFormat >> shift);
  }
  const std::size_t begin = file.size();
  AppendJsonEntry(RecordedKind::kHeader, header.Take(), &file);
  file += older_.view();
  file += newer_.view();
  if (skipped_.inputs > 0) {
    AppendJsonEntry(RecordedKind::kSkipped, Print(skipped_), &file);
  }
  AppendJsonEntry(RecordedKind::kState, state_json, &file);
  AppendJsonEntry(RecordedKind::kMark, mark_json, &file);
  JsonWriter end;
  end.Begin('{');
  end.Raw("inputs", std::to_string(inputs_));
  end.End('}');
  AppendJsonEntry(RecordedKind::kEnd, end.Take(), &file);

  const TokenRedaction tokens(tokens_);
  EntryReader reader(file, begin);
  RecordedEntry entry;
  while (!reader.AtEnd() && reader.Next(&entry)) {
    Redact(entry, tokens, options.has_payloads, &file);
  }
  AppendChecksum(&file);
  return file;
}

std::string Recorder::Print(const Skipped& skipped) {
  const RecordedTraits* first = FindRecordedTraits(static_cast<std::uint8_t>(skipped.first));
  JsonWriter json;
  json.Begin('{');
  json.Raw("inputs", std::to_string(skipped.inputs));
  json.Raw("bytes", std::to_string(skipped.bytes));
  json.Text("first", first == nullptr ? "" : first->name);
  if (skipped.state_bytes > 0) {
    json.Raw("stateBytes", std::to_string(skipped.state_bytes));
  }
  json.End('}');
  return json.Take();
}

}  // namespace civic
