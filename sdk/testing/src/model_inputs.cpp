#include <model_inputs.hpp>

#include <algorithm>
#include <cstdint>
#include <numeric>

#include <hezar/error/error.hpp>
#include <hezar/module/batching.hpp>
#include <hezar/text/concat.hpp>

#include <check.hpp>
#include <samples.hpp>
#include <values.hpp>

namespace hezar::testing {

namespace {

constexpr std::int64_t kTokens = 6;

ModelInputs raw(Column column) {
  ModelInputs out;
  out.is_text = std::holds_alternative<Strings>(column);
  out.rows = Columns{{std::string(kRawInputs), std::move(column)}};
  out.count = static_cast<std::size_t>(count_rows(out.rows));
  return out;
}

/// What text models of every kind take after their tokenizer: small ids that any vocabulary has.
ModelInputs token_ids() {
  ModelInputs out;
  out.is_raw = false;
  out.count = 3;
  Integers ids;
  for (std::int64_t i = 0; i < 3 * kTokens; ++i) ids.push_back(1 + i % 5);
  out.rows = Columns{
      {"token_ids", Tensor::of(ids, {3, kTokens})},
      {"attention_mask", Tensor::of(Integers(ids.size(), 1), {3, kTokens})},
  };
  return out;
}

/// Rows of a tensor, copied.
Tensor rows_of(const Tensor& tensor, const std::vector<std::int64_t>& chosen) {
  const Tensor whole = tensor.contiguous();
  Shape shape(whole.shape().begin(), whole.shape().end());
  const std::int64_t row_bytes = shape[0] == 0 ? 0 : whole.size_bytes() / shape[0];
  shape[0] = static_cast<std::int64_t>(chosen.size());
  Tensor out = Tensor::empty(shape, whole.dtype());
  auto* to = static_cast<std::byte*>(out.data());
  for (const std::int64_t row : chosen) {
    const auto* from = static_cast<const std::byte*>(whole.data()) + row * row_bytes;
    to = std::copy_n(from, row_bytes, to);
  }
  return out;
}

/// Waveforms or images of one size, one each.
Tensors split(const Tensor& tensor) {
  Tensors out;
  for (std::int64_t i = 0; i < tensor.size(0); ++i) {
    const Columns row = select_row({{"row", tensor}}, tensor.size(0), i);
    out.push_back(row.tensor("row").contiguous());
  }
  return out;
}

Column rows_of(const Column& column, const std::vector<std::int64_t>& chosen) {
  if (const Tensor* tensor = std::get_if<Tensor>(&column)) return rows_of(*tensor, chosen);
  return select_rows({{"column", column}}, chosen).at("column");
}

/// Empty where the model takes the inputs, else its error.
std::string refusal(const Model& model, const ModelInputs& inputs) {
  try {
    static_cast<void>(inputs.predict(model, {0}));
    return {};
  } catch (const Error& e) {
    // A fault of the model is not a refusal: the check itself will meet it again.
    return e.code() == ErrorCode::kInternal ? std::string() : e.what();
  }
}

}  // namespace

boost::json::array ModelInputs::predict(const Model& model,
                                        const std::vector<std::int64_t>& chosen) const {
  Columns inputs;
  for (const auto& [name, column] : rows) inputs.set(name, rows_of(column, chosen));
  PredictOptions options;
  options.task = task;
  options.preprocess = is_raw;
  options.post_process = is_raw;
  return hezar::to_json(model.predict(inputs, options));
}

boost::json::array ModelInputs::predict(const Model& model) const {
  std::vector<std::int64_t> all(count);
  std::iota(all.begin(), all.end(), std::int64_t{0});
  return predict(model, all);
}

ModelInputs golden_inputs(const GoldenFile& file) {
  if (file.inputs.is_array()) {
    const Column column = to_column(file.inputs);
    const Tensor* tensor = std::get_if<Tensor>(&column);
    ModelInputs out = raw(tensor != nullptr ? Column(split(*tensor)) : column);
    out.task = file.options;
    return out;
  }
  ModelInputs out;
  out.is_raw = false;
  out.task = file.options;
  for (const auto& [name, value] : file.inputs.get_object()) {
    out.rows.set(std::string(name), to_column(value));
  }
  out.count = static_cast<std::size_t>(count_rows(out.rows));
  return out;
}

ModelInputs find_inputs(const Model& model, const GoldenFile* sample) {
  if (sample != nullptr && sample->has_values()) return golden_inputs(*sample);
  std::string first;
  for (const ModelInputs& inputs :
       {raw(sample_texts()), raw(sample_images()), raw(sample_waveforms()), token_ids()}) {
    const std::string why_not = refusal(model, inputs);
    if (why_not.empty()) return inputs;
    if (first.empty()) first = why_not;
  }
  throw Skipped{text::concat("takes none of the texts, images, waveforms or token ids tried (",
                             first, "). Give a golden file with inputs")};
}

}  // namespace hezar::testing
