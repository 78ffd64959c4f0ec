#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <hezar/module/model.hpp>

#include <golden_file.hpp>

namespace hezar::testing {

/// Inputs that a model takes, row by row.
struct ModelInputs {
  Columns rows;          ///< raw inputs, or what forward takes
  bool is_raw = true;    ///< false: forward takes them
  bool is_text = false;  ///< raw inputs are texts
  std::size_t count = 0;
  boost::json::object task;

  /// What `model` says to these rows, one entry each.
  [[nodiscard]] boost::json::array predict(const Model& model,
                                           const std::vector<std::int64_t>& chosen) const;
  [[nodiscard]] boost::json::array predict(const Model& model) const;
};

/// The inputs of a golden file.
/// @throws Error kFormat.
[[nodiscard]] ModelInputs golden_inputs(const GoldenFile& file);

/// Inputs that this model takes: the sample's, or else texts, images, waveforms or token ids.
/// @throws Skipped where it takes none of them.
[[nodiscard]] ModelInputs find_inputs(const Model& model, const GoldenFile* sample);

}  // namespace hezar::testing
