// The tokens that a recording must not hold, and what stands for each of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace civic {

// A stand-in takes as much room as its token in a URL, in JSON and in base64, so that a replay
// counts the same bytes, and different tokens have different ones.
class TokenList {
 public:
  struct Known {
    std::string token;
    std::string stand_in;
    std::uint64_t age = 0;  // of the last mention
  };

  // Remembered whatever their age: a server may speak of a token long after.
  static constexpr std::size_t kKept = 32;

  // What stands for the token, which is remembered; "" for "".
  std::string StandIn(std::string_view token);

  // Mentions from here on are of another age.
  void BeginAge() { ++age_; }
  std::uint64_t age() const { return age_; }
  // Tokens that were last mentioned before this age may be forgotten.
  void ForgetBefore(std::uint64_t age);

  const std::vector<Known>& tokens() const { return tokens_; }

 private:
  std::vector<Known> tokens_;  // by their last mention
  std::uint64_t count_ = 0;
  std::uint64_t age_ = 0;
};

// Replaces tokens, in every form in which they travel, by their stand-ins.
class TokenRedaction {
 public:
  // A token that is shorter is too likely to be a part of something else; it is found only where it
  // is a whole JSON text.
  static constexpr std::size_t kShortestSearched = 8;
  // Peers cut what they quote: as much of a token's beginning is hidden, too; in what is no reason
  // it has to be longer, because there a beginning may be something else.
  static constexpr std::size_t kShortestBeginning = 8;
  static constexpr std::size_t kShortestBeginningInMessage = 16;

  explicit TokenRedaction(const TokenList& tokens);

  // `is_reason`: see kShortestBeginning.
  void Redact(std::span<char> text, bool is_reason) const;

 private:
  // A way to write a token, and the same way to write what stands for it.
  struct Form {
    std::string token;
    std::string stand_in;
  };

  std::vector<Form> forms_;
};

// Where in a URL something may be secret: user, password and the values of the query; from where
// and how many bytes.
std::vector<std::pair<std::size_t, std::size_t>> FindSecrets(std::string_view url);
// The URL without them, of the same size.
std::string WithoutSecrets(std::string_view url);

}  // namespace civic
