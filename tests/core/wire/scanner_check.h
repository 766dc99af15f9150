// Everything the scanner promises about a text, checked against the oracle and against itself.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "civic/wire/json_entry.h"
#include "civic/wire/json_scanner.h"
#include "scanner_oracle.h"

namespace civic::scanner_oracle {

// An entry's name as nlohmann decodes it.
inline std::optional<std::string> KeyOf(std::string_view text, const JsonEntry& entry) {
  if (!entry.has_key()) return std::nullopt;
  const std::size_t colon = text.substr(0, entry.value).rfind(':');
  const Json key = Json::parse(text.substr(entry.key, colon - entry.key), nullptr, false);
  return key.is_string() ? key.get<std::string>() : "(not a string)";
}

// Empty when the entries say what nlohmann found in the text, otherwise what they say wrong.
inline std::string WrongEntry(std::string_view normalized, const Node& root,
                              std::span<const JsonEntry> entries) {
  const std::vector<ExpectedEntry> expected = ExpectedEntries(root);
  if (entries.size() != expected.size()) {
    return std::to_string(entries.size()) + " entries instead of " +
           std::to_string(expected.size());
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const JsonEntry& entry = entries[i];
    const auto wrong = [i](const char* what) { return "entry " + std::to_string(i) + ": " + what; };
    if (entry.key > entry.value || entry.value >= entry.end || entry.end > normalized.size()) {
      return wrong("its offsets are out of bounds");
    }
    const std::string_view raw = RawValue(normalized, entry);
    const bool has_backslash = raw.find('\\') != std::string_view::npos;
    if (entry.next != expected[i].next) return wrong("next");
    if (entry.depth != expected[i].depth) return wrong("depth");
    if (entry.field != expected[i].field) return wrong("field");
    if (entry.kind != KindOf(expected[i].node->scalar)) return wrong("kind");
    if (entry.has_escapes != (entry.kind == JsonKind::kString && has_backslash)) {
      return wrong("has_escapes");
    }
    if (KeyOf(normalized, entry) != expected[i].node->key) return wrong("key");
    if (Json::parse(raw, nullptr, false) != expected[i].node->ToJson()) return wrong("value");
  }
  return "";
}

// An error's offset is where the longest prefix ends that could still become valid JSON.
inline std::string WrongOffset(JsonScanner* scanner, std::string_view text, ScanResult result) {
  if (result.offset > text.size()) return "the error is outside the text";
  const ScanResult prefix = scanner->Scan(text.substr(0, result.offset));
  if (prefix.offset != result.offset) return "the error is not the first";
  if (result.offset == text.size()) return "";
  const ScanResult beyond = scanner->Scan(text.substr(0, result.offset + 1));
  return beyond == result ? "" : "the error depends on what follows it";
}

// Empty when the scanner does with the text what it promises, otherwise what is wrong.
inline std::string Disagreement(std::string_view input) {
  const auto exact = CopyToHeap(input);
  const std::string_view text(exact.get(), input.size());
  JsonScanner scanner;
  JsonScanner twin;
  const ScanResult result = scanner.Scan(text);
  const ScanResult twin_result = twin.ScanScalar(text);
  const auto entries = scanner.entries();
  const auto twin_entries = twin.entries();

  if (result != twin_result) return "the scalar twin has another result";
  if (!std::equal(entries.begin(), entries.end(), twin_entries.begin(), twin_entries.end())) {
    return "the scalar twin has other entries";
  }

  const std::string normalized = Normalized(text);
  Node root;
  switch (Parse(normalized, &root)) {
    case Verdict::kAccept:
      if (!result.ok()) return "refused, but JSON";
      if (result.offset != text.size()) return "the offset is not the size";
      return WrongEntry(normalized, root, entries);
    case Verdict::kReject:
      if (result.ok()) return "accepted, but not JSON";
      if (!entries.empty()) return "entries of a refused text";
      return WrongOffset(&scanner, text, result);
    case Verdict::kCannotTell:
      break;
  }
  return "";
}

}  // namespace civic::scanner_oracle
