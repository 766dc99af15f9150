#include "civic/wire/field.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "wire/field_spellings.h"
#include "wire/scanner_oracle.h"

namespace civic {
namespace {

using scanner_oracle::kFieldSpellings;

TEST(Field, IsFoundByItsSnakeCaseSpelling) {
  for (const auto& spelling : kFieldSpellings) {
    EXPECT_EQ(LookUpField(spelling.snake), spelling.field) << spelling.snake;
  }
}

TEST(Field, IsFoundByItsCamelCaseSpelling) {
  for (const auto& spelling : kFieldSpellings) {
    EXPECT_EQ(LookUpField(spelling.camel), spelling.field) << spelling.camel;
  }
}

TEST(Field, HasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (const auto& spelling : kFieldSpellings) {
    EXPECT_EQ(FieldName(spelling.field), spelling.snake);
    names.insert(spelling.snake);
  }
  for (int i = 1; i < kFieldCount; ++i) {
    const std::string_view name = FieldName(static_cast<Field>(i));
    EXPECT_TRUE(names.contains(name)) << name << " is not in field_spellings.h";
  }
  EXPECT_EQ(FieldName(Field::kUnknown), "");
}

TEST(Field, IsUnknownForEveryOtherName) {
  for (const std::string_view name : {"",          "_",
                                      "t",         "Type",
                                      "TYPE",      "types",
                                      "typ",       "bill",
                                      "billid",    "BillId",
                                      "bill-id",   "bill_Id",
                                      "billID",    "bill__id",
                                      "bill_id_",  "_bill_id",
                                      "__proto__", "constructor",
                                      "toString",  "hasOwnProperty",
                                      "newStatus", "a name that is longer than any of them"}) {
    EXPECT_EQ(LookUpField(name), Field::kUnknown) << name;
  }
}

TEST(Field, IsUnknownWhenOneByteDiffers) {
  for (const auto& spelling : kFieldSpellings) {
    for (const std::string_view known : {spelling.snake, spelling.camel}) {
      for (std::size_t i = 0; i < known.size(); ++i) {
        for (const char other : {'\0', '~', '\x80'}) {
          std::string name(known);
          name[i] = other;
          EXPECT_EQ(LookUpField(name), Field::kUnknown) << name;
        }
      }
    }
  }
}

TEST(Field, IsFoundWithoutReadingBesideTheName) {
  for (const auto& spelling : kFieldSpellings) {
    const auto exact = scanner_oracle::CopyToHeap(spelling.snake);  // Watched by the sanitizer.
    EXPECT_EQ(LookUpField({exact.get(), spelling.snake.size()}), spelling.field);
  }
}

}  // namespace
}  // namespace civic
