#pragma once

#include <string>

#include <hezar/text_normalizer/persian_options.hpp>

namespace hezar::persian {

/// Which steps run.
struct Steps {
  bool keep_whole = false;
  bool unify_characters = false;
  bool persian_style = false;
  bool persian_numbers = false;
  bool remove_diacritics = false;
  bool remove_extra_spaces = false;
  bool remove_kashida = false;
  bool affix_spacing = false;
  bool punctuation_spacing = false;
  bool unicodes_replacement = false;
  bool remove_specials_chars = false;
  bool decrease_repeated_chars = false;
  bool seperate_mi = false;

  [[nodiscard]] bool operator==(const Steps&) const = default;
};

/// @param call  wins where it is set.
[[nodiscard]] Steps choose_steps(const PersianOptions& config, const PersianOptions& call);

/// @param text  valid UTF-8.
/// @thread safe for concurrent calls.
/// @source the results of Hazm 0.10's Normalizer, see README.md for where they differ.
[[nodiscard]] std::string run_steps(const std::string& text, const Steps& steps);

}  // namespace hezar::persian
