#include <persian/steps.hpp>

#include <optional>

#include <persian/affixes.hpp>
#include <persian/character_steps.hpp>
#include <persian/kept.hpp>
#include <persian/spacing.hpp>
#include <persian/utf32.hpp>
#include <persian/word_steps.hpp>

namespace hezar::persian {

Steps choose_steps(const PersianOptions& config, const PersianOptions& call) {
  using Option = std::optional<bool> PersianOptions::*;
  const auto chosen = [&](Option option, bool otherwise) {
    const std::optional<bool>& own = call.*option;
    return own ? *own : (config.*option).value_or(otherwise);
  };
  using O = PersianOptions;
  const bool all = chosen(&O::persian, false);
  const bool spacing = chosen(&O::correct_spacing, all);
  return {.keep_whole = chosen(&O::keep_whole, all),
          .unify_characters = chosen(&O::unify_characters, all),
          .persian_style = chosen(&O::persian_style, all),
          .persian_numbers = chosen(&O::persian_numbers, all),
          .remove_diacritics = chosen(&O::remove_diacritics, all),
          .remove_extra_spaces = chosen(&O::remove_extra_spaces, spacing),
          .remove_kashida = chosen(&O::remove_kashida, spacing),
          .affix_spacing = chosen(&O::affix_spacing, spacing),
          .punctuation_spacing = chosen(&O::punctuation_spacing, spacing),
          .unicodes_replacement = chosen(&O::unicodes_replacement, all),
          .remove_specials_chars = chosen(&O::remove_specials_chars, all),
          .decrease_repeated_chars = chosen(&O::decrease_repeated_chars, all),
          .seperate_mi = chosen(&O::seperate_mi, all)};
}

std::string run_steps(const std::string& text, const Steps& steps) {
  if (steps == Steps{}) return text;
  std::u32string line = to_utf32(text);
  Kept kept;
  if (steps.keep_whole) kept.take_out(line);
  if (steps.unify_characters) unify_characters(line);
  if (steps.persian_style) persian_style(line);
  if (steps.persian_numbers) persian_numbers(line);
  if (steps.remove_diacritics) remove_diacritics(line);
  if (steps.remove_extra_spaces) remove_extra_spaces(line);
  if (steps.remove_kashida) remove_kashida(line);
  if (steps.affix_spacing) affix_spacing(line);
  if (steps.punctuation_spacing) punctuation_spacing(line);
  if (steps.unicodes_replacement) unicodes_replacement(line);
  if (steps.remove_specials_chars) remove_specials_chars(line);
  if (steps.decrease_repeated_chars) decrease_repeated_chars(line);
  if (steps.seperate_mi) seperate_mi(line);
  kept.put_back(line, steps.persian_numbers, steps.persian_style);
  return to_utf8(line);
}

}  // namespace hezar::persian
