#include "civic/recording/token_list.h"

#include <algorithm>
#include <utility>

#include "civic/recording/stand_in.h"
#include "civic/session/socket_url.h"
#include "civic/session/token.h"
#include "civic/wire/json_writer.h"
#include "civic/wire/utf8.h"

namespace civic {
namespace {

bool IsAlphanumeric(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= 'a' && letter <= 'z');
}

// Needs no escape in a URL.
bool IsUnreserved(char letter) {
  constexpr std::string_view kMarks = "-._~";
  return IsAlphanumeric(letter) || kMarks.find(letter) != std::string_view::npos;
}

// Letters stand for letters, marks for marks that are escaped alike; the first of the letters are
// the number of the token.
std::string MakeStandIn(std::string_view token, std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::size_t next_digit = 0;
  std::string stand_in;
  while (!token.empty()) {
    const char letter = token.front();
    const std::size_t size = CharacterSize(token);
    if (size > 1) {
      stand_in += kStandInCharacters[size];
    } else if (IsUnreserved(letter)) {
      stand_in += next_digit < digits.size() ? digits[next_digit++] : 'x';
    } else if (size == 1 && letter > ' ' && letter != '"' && letter != '\\' && letter != '\x7f') {
      stand_in += '!';
    } else {
      stand_in += letter;
    }
    token.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return stand_in;
}

std::string InJson(std::string_view text) {
  std::string json;
  AppendJsonString(text, &json);
  return json.substr(1, json.size() - 2);
}

std::vector<std::string> FormsOf(std::string_view token) {
  constexpr std::size_t kQueryBytes = std::string_view("?token=").size();
  constexpr std::size_t kBearerBytes = std::string_view("bearer.").size();
  return {std::string(token), InJson(token), InJson(InJson(token)),
          UrlWithToken("", token).substr(kQueryBytes), BearerProtocol(token).substr(kBearerBytes)};
}

std::size_t CommonSize(std::string_view left, std::string_view right) {
  const auto end = std::mismatch(left.begin(), left.end(), right.begin(), right.end()).first;
  return static_cast<std::size_t>(end - left.begin());
}

}  // namespace

std::string TokenList::StandIn(std::string_view token) {
  if (token.empty()) {
    return {};
  }
  auto known = std::find_if(tokens_.begin(), tokens_.end(),
                            [&](const Known& one) { return one.token == token; });
  if (known == tokens_.end()) {
    tokens_.push_back({std::string(token), MakeStandIn(token, ++count_), age_});
  } else {
    std::rotate(known, known + 1, tokens_.end());
    tokens_.back().age = age_;
  }
  return tokens_.back().stand_in;
}

void TokenList::ForgetBefore(std::uint64_t age) {
  while (tokens_.size() > kKept && tokens_.front().age < age) {
    tokens_.erase(tokens_.begin());
  }
}

TokenRedaction::TokenRedaction(const TokenList& tokens) {
  for (const TokenList::Known& known : tokens.tokens()) {
    std::vector<std::string> written = FormsOf(known.token);
    std::vector<std::string> stand_ins = FormsOf(known.stand_in);
    for (std::size_t i = 0; i < written.size(); ++i) {
      const bool is_known = std::any_of(forms_.begin(), forms_.end(),
                                        [&](const Form& form) { return form.token == written[i]; });
      if (!is_known && written[i].size() == stand_ins[i].size()) {
        forms_.push_back({std::move(written[i]), std::move(stand_ins[i])});
      }
    }
  }
}

void TokenRedaction::Redact(std::span<char> text, bool is_reason) const {
  const std::string_view view(text.data(), text.size());
  const std::size_t shortest = is_reason ? kShortestBeginning : kShortestBeginningInMessage;
  const auto find = [&](const Form& form, std::size_t from) {
    if (form.token.size() < kShortestSearched && !is_reason) {
      const std::size_t found = view.find('"' + form.token + '"', from == 0 ? 0 : from - 1);
      return found == std::string_view::npos ? found : found + 1;
    }
    return view.find(std::string_view(form.token).substr(0, shortest), from);
  };
  std::vector<std::size_t> next(forms_.size(), 0);
  for (std::size_t i = 0; i < forms_.size(); ++i) {
    next[i] = find(forms_[i], 0);
  }
  while (true) {
    const std::size_t at = next.empty() ? view.npos : *std::min_element(next.begin(), next.end());
    if (at == view.npos) {
      return;
    }
    // Tokens begin alike; what is there is the one that goes on longest.
    std::string_view stand_in;
    for (std::size_t i = 0; i < forms_.size(); ++i) {
      const std::size_t size = next[i] == at ? CommonSize(forms_[i].token, view.substr(at)) : 0;
      if (size > stand_in.size()) {
        stand_in = std::string_view(forms_[i].stand_in).substr(0, size);
      }
    }
    std::copy(stand_in.begin(), stand_in.end(), text.begin() + static_cast<std::ptrdiff_t>(at));
    for (std::size_t i = 0; i < forms_.size(); ++i) {
      if (next[i] < at + stand_in.size()) {
        next[i] = find(forms_[i], at + stand_in.size());
      }
    }
  }
}

std::vector<std::pair<std::size_t, std::size_t>> FindSecrets(std::string_view url) {
  std::vector<std::pair<std::size_t, std::size_t>> secrets;
  const auto add = [&](std::size_t begin, std::size_t end) {
    if (begin < end) {
      secrets.emplace_back(begin, end - begin);
    }
  };
  const std::size_t scheme_end = url.find("://");
  const std::size_t authority = scheme_end == std::string_view::npos ? 0 : scheme_end + 3;
  const std::size_t path = std::min(url.find_first_of("/?#", authority), url.size());
  const std::size_t host = url.substr(0, path).rfind('@');
  if (host != std::string_view::npos && host >= authority) {
    const std::size_t colon = std::min(url.find(':', authority), host);
    add(authority, colon);
    add(colon + 1, host);
  }
  std::size_t at = url.find('?');
  while (at != std::string_view::npos && url[at] != '#') {
    const std::size_t end = std::min(url.find_first_of("&#", at + 1), url.size());
    const std::size_t equals = url.find('=', at);
    add(equals < end ? equals + 1 : at + 1, end);
    at = end < url.size() ? end : std::string_view::npos;
  }
  return secrets;
}

std::string WithoutSecrets(std::string_view url) {
  std::string result(url);
  for (const auto& [begin, size] : FindSecrets(url)) {
    for (std::size_t at = begin; at < begin + size; ++at) {
      result[at] = IsAlphanumeric(result[at]) ? 'x' : result[at];
    }
  }
  return result;
}

}  // namespace civic
