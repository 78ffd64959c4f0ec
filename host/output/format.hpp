#pragma once

#include <string>
#include <string_view>

namespace hezar::host {

/// How results are written.
enum class Format {
  kTable,      ///< for people
  kJson,       ///< one document: a list with an entry an input
  kJsonLines,  ///< an entry a line
  kCsv,        ///< with a header; the input comes first
  kText,       ///< one line an input
  kParquet,    ///< a table with the input first
};

/// What the user said of the output.
struct OutputChoice {
  bool json = false;
  bool json_lines = false;
  std::string file;  ///< empty: standard output
};

/// `--json` and `--jsonl` first, then the ending of the file, else `otherwise`.
/// @throws UsageError for both, or an ending that is no format.
[[nodiscard]] Format choose_format(const OutputChoice& choice, std::string_view verb,
                                   Format otherwise);

}  // namespace hezar::host
