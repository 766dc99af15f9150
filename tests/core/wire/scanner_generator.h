// Random JSON that is hard on an indexer, and random damage to it. The same seed gives the same
// texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "civic/engine/random.h"

namespace civic::scanner_oracle {

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  // A value of any kind, more often than not an object that looks like a message.
  std::string Text() {
    spaces_ = Chance(3);
    text_.clear();
    Space();
    if (Chance(8)) {
      Value(4);
    } else {
      Object(6);
    }
    Space();
    return text_;
  }

  // The text cut short, or with a few bytes changed, taken out, put in or repeated.
  std::string Damaged(std::string text) {
    if (Chance(4)) return text.substr(0, Below(text.size() + 1));
    for (std::size_t times = 1 + Below(3); times > 0 && !text.empty(); --times) {
      const std::size_t at = Below(text.size());
      const std::size_t length = 1 + Below(4);
      switch (Below(4)) {
        case 0:
          text[at] = Byte();
          break;
        case 1:
          text.erase(at, length);
          break;
        case 2:
          text.insert(at, length, Byte());
          break;
        default:
          text.insert(at, text.substr(Below(text.size()), length));
          break;
      }
    }
    return text;
  }

 private:
  std::size_t Below(std::size_t limit) { return static_cast<std::size_t>(random_.Next() % limit); }
  bool Chance(std::size_t one_in) { return Below(one_in) == 0; }

  template <std::size_t size>
  std::string_view Pick(const std::string_view (&choices)[size]) {
    return choices[Below(size)];
  }

  // Mostly one that means something in JSON.
  char Byte() {
    constexpr std::string_view kBytes =
        "{}[]:,\"\\ \n\t0123456789-+.eEtrufalsn\x01\x1f\x7f\x80\xbf\xc3\xe2\xed\xf0\xff";
    return Chance(8) ? static_cast<char>(Below(256)) : kBytes[Below(kBytes.size())];
  }

  void Space() {
    if (!spaces_) return;
    while (!Chance(2)) text_ += Pick({" ", "\n", "\t", "\r\n", "    ", "                    "});
  }

  void Value(int levels) {
    switch (Below(levels > 0 ? 9 : 6)) {
      case 0:
        text_ += Pick({"null", "true", "false"});
        break;
      case 1:
      case 2:
        text_ += Pick({"0", "-0", "7", "-12", "1.5", "1e3", "-2.50E-2", "1e999", "0.1e+1",
                       "1760000000000", "9007199254740993", "123456789012345678901234567890"});
        break;
      case 3:
      case 4:
      case 5:
        String();
        break;
      case 6:
        Array(levels - 1);
        break;
      default:
        Object(levels - 1);
        break;
    }
  }

  void Object(int levels) {
    text_ += '{';
    Space();
    for (std::size_t count = Below(7), i = 0; i < count; ++i) {
      if (i != 0) Separator();
      Name();
      Space();
      text_ += ':';
      Space();
      Value(levels);
      Space();
    }
    text_ += '}';
  }

  void Array(int levels) {
    text_ += '[';
    Space();
    for (std::size_t count = Below(4), i = 0; i < count; ++i) {
      if (i != 0) Separator();
      Value(levels);
      Space();
    }
    text_ += ']';
  }

  void Separator() {
    text_ += ',';
    Space();
  }

  // Often one that is indexed, so that the envelope's names repeat at every level.
  void Name() {
    const std::string_view name = Pick({"type",
                                        "data",
                                        "data",
                                        "update",
                                        "update",
                                        "updates",
                                        "messages",
                                        "messages",
                                        "metrics",
                                        "notification",
                                        "bill_id",
                                        "billId",
                                        "timestamp",
                                        "topic",
                                        "id",
                                        "seq",
                                        "community_sentiment",
                                        "communitySentiment",
                                        "__proto__",
                                        "constructor",
                                        "",
                                        "a",
                                        "Data",
                                        "réunion",
                                        "newStatus",
                                        "a much longer name than any other in the text"});
    text_ += '"';
    for (const char letter : name) {
      if (Chance(12) && letter > ' ' && letter < 0x7f) {
        Escaped(letter);
      } else {
        text_ += letter;
      }
    }
    text_ += '"';
  }

  void Escaped(char letter) {
    constexpr std::string_view kHex = "0123456789abcdef0123456789ABCDEF";
    const auto code = static_cast<unsigned char>(letter);
    text_ += "\\u00";
    text_ += kHex[code / 16U + 16 * Below(2)];
    text_ += kHex[code % 16U + 16 * Below(2)];
  }

  void String() {
    text_ += '"';
    while (!Chance(3)) {
      text_ += Pick({"a",
                     "bill_update",
                     "2026-08-07T10:11:12.123Z",
                     "éà",
                     "参加",
                     "😀",
                     "\x7f",
                     "\\n",
                     "\\\"",
                     "\\\\",
                     "\\/",
                     "\\u00e9",
                     "\\ud83d\\ude00",
                     "\\ud800",
                     "\\udc00",
                     "\\u0000",
                     "{\\\"type\\\":1}",
                     "}",
                     "]",
                     ",",
                     ":",
                     "//",
                     "a text that fills more than one block of sixteen bytes"});
    }
    text_ += '"';
  }

  Random random_;
  std::string text_;
  bool spaces_ = false;
};

}  // namespace civic::scanner_oracle
