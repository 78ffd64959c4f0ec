#pragma once

#include <array>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include <hezar/config/field.hpp>

namespace hezar {

/// The Persian steps of a text normalizer, in the order in which they run and by the names that
/// Hazm's Normalizer gives them. What is not set is as the wider switch says: each step as
/// `persian`, the three spacing steps and `remove_kashida` as `correct_spacing`.
struct PersianOptions {
  std::optional<bool> persian;
  std::optional<bool> keep_whole;
  std::optional<bool> unify_characters;
  std::optional<bool> persian_style;
  std::optional<bool> persian_numbers;
  std::optional<bool> remove_diacritics;
  std::optional<bool> correct_spacing;
  std::optional<bool> remove_extra_spaces;
  std::optional<bool> remove_kashida;
  std::optional<bool> affix_spacing;
  std::optional<bool> punctuation_spacing;
  std::optional<bool> unicodes_replacement;
  std::optional<bool> remove_specials_chars;
  std::optional<bool> decrease_repeated_chars;
  std::optional<bool> seperate_mi;

  static constexpr std::array kFields = {
      Field("persian",
            "Every step below that is not false; null is false. For Hazm's own order and results "
            "also set nfkd, nfkc and keep_whole to false."),
      Field("keep_whole",
            "Web and e-mail addresses, @names, and numbers such as 10.5, 1,000 or 3/4 are not "
            "taken apart by the other steps."),
      Field("unify_characters",
            "Letters of other languages become the Persian ones: ي to ی, ك to ک."),
      Field("persian_style", "«quotes», the ellipsis …, the decimal sign ٫."),
      Field("persian_numbers", "Digits and % become ۰۱۲۳۴۵۶۷۸۹ and ٪."),
      Field("remove_diacritics", "Removes vowel signs: کَرد to کرد."),
      Field("correct_spacing", "The four steps below that are not false; null is as persian says."),
      Field("remove_extra_spaces",
            "At most one space or ZWNJ in a row, no ZWNJ at the edge of a word, at most one empty "
            "line."),
      Field("remove_kashida", "Removes the letter stretcher: دنیـــا to دنیا."),
      Field("affix_spacing", "A ZWNJ before endings and after می, and within known compounds."),
      Field("punctuation_spacing",
            "No space before a mark and one after it, a space between number and word."),
      Field("unicodes_replacement", "Words in one character are written out: ﷼ to ریال."),
      Field("remove_specials_chars",
            "Removes marks that carry no text, such as those of the Quran."),
      Field("decrease_repeated_chars", "سلاممم to سلام; a word that is not known keeps two."),
      Field("seperate_mi",
            "A ZWNJ after the می of a verb: نمیدانم to نمی‌دانم. Spelt as in "
            "Hazm."),
  };
};
BOOST_DESCRIBE_STRUCT(PersianOptions, (),
                      (persian, keep_whole, unify_characters, persian_style, persian_numbers,
                       remove_diacritics, correct_spacing, remove_extra_spaces, remove_kashida,
                       affix_spacing, punctuation_spacing, unicodes_replacement,
                       remove_specials_chars, decrease_repeated_chars, seperate_mi))

}  // namespace hezar
