#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <terminal/output.hpp>

namespace hezar::host {

/// Aligned columns, two spaces between them.
///
/// Texts are never changed where the output is no terminal, beside control characters. On a
/// terminal cells are cut to fit, and each cell stands between U+2068 and U+2069, so that
/// right-to-left text does not carry its neighbours along.
class Table {
 public:
  enum class Fit {
    kCut,   ///< wide cells end in an ellipsis
    kWrap,  ///< the last column goes on in the next line
  };

  Table(std::vector<std::string> header, Style style, Fit fit = Fit::kCut);

  /// @param cells  as many as the header has.
  void add(std::vector<std::string> cells);
  /// The rows added since the last call, below the header at the first. Columns never get narrower.
  [[nodiscard]] std::string take();

 private:
  void fit_columns();
  void append_row(std::string& out, const std::vector<std::string>& cells, bool bold) const;

  std::vector<std::string> header_;
  Style style_;
  Fit fit_;
  bool header_done_ = false;
  std::vector<std::size_t> widths_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace hezar::host
