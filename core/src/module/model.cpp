#include <hezar/module/model.hpp>

#include <algorithm>
#include <numeric>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/hub/download.hpp>
#include <hezar/io/safetensors.hpp>
#include <hezar/io/torch_file.hpp>
#include <hezar/log/log.hpp>
#include <hezar/module/batching.hpp>
#include <hezar/text/concat.hpp>
#include <module/family.hpp>
#include <module/module_source.hpp>
#include <module/push.hpp>

namespace hezar {

namespace {

constexpr std::string_view kWeightsFilename = "model.pt";
constexpr std::int64_t kDefaultBatchSize = 32;

std::string list_some(const std::vector<std::string>& names) {
  constexpr std::size_t kMaxListed = 20;
  std::vector<std::string> listed(
      names.begin(),
      names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kMaxListed)));
  if (names.size() > kMaxListed)
    listed.push_back(text::concat("and ", names.size() - kMaxListed, " more"));
  return text::join(listed, ", ");
}

std::string config_filename(const LoadOptions& options) {
  return options.config_filename.empty() ? std::string(kModelFamily.config_filename)
                                         : options.config_filename;
}

/// Indices of the inputs, similar lengths side by side, so that batches need little padding.
std::vector<std::int64_t> by_length(const Inputs& inputs, std::int64_t rows) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(rows));
  std::iota(order.begin(), order.end(), std::int64_t{0});
  const Column* column = inputs.find(kRawInputs);
  const Strings* texts = column != nullptr ? std::get_if<Strings>(column) : nullptr;
  if (texts == nullptr) return order;
  std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
    return (*texts)[static_cast<std::size_t>(a)].size() <
           (*texts)[static_cast<std::size_t>(b)].size();
  });
  return order;
}

bool has_tensor(const Inputs& inputs) {
  return std::any_of(inputs.begin(), inputs.end(), [](const Columns::Item& item) {
    return std::holds_alternative<Tensor>(item.second);
  });
}

Predictions predict_batch(const Model& model, const Inputs& raw, std::int64_t rows,
                          const PredictOptions& options) {
  const Inputs inputs = options.preprocess ? model.preprocess(raw, options) : raw;
  Outputs outputs = model.generate(inputs, options);
  if (!options.post_process) {
    Predictions out;
    for (std::int64_t row = 0; row < rows; ++row) out.emplace_back(select_row(outputs, rows, row));
    return out;
  }
  Predictions out = model.post_process(inputs, outputs, options);
  if (static_cast<std::int64_t>(out.size()) != rows) {
    throw expected_error(ErrorCode::kInternal, text::concat("model ", model.name()),
                         text::concat(rows, " predictions"), std::to_string(out.size()),
                         "This is a bug of the model's plugin.");
  }
  return out;
}

void throw_if_stopped(const PredictOptions& options) {
  if (options.stop.stop_requested())
    throw Error(ErrorCode::kCancelled, "predict: stopped on request");
}

}  // namespace

std::string WeightsReport::describe() const {
  std::string out =
      "Weights are partially loaded. This is expected before fine-tuning, and a mistake otherwise.";
  if (!mismatched.empty()) {
    std::vector<std::string> names;
    for (const Mismatch& m : mismatched) {
      names.push_back(text::concat(m.name, " (model ", to_string(m.expected), ", file ",
                                   to_string(m.got), ")"));
    }
    out += " Mismatched: " + list_some(names) + ".";
  }
  if (!missing.empty()) out += " Missing: " + list_some(missing) + ".";
  if (!unexpected.empty()) out += " Unexpected: " + list_some(unexpected) + ".";
  return out;
}

Model::Model() = default;
Model::~Model() = default;

std::unique_ptr<Model> Model::load(const std::string& path_or_repo, const LoadOptions& options) {
  const ModuleSource source = find_source(
      path_or_repo, {Kind::kModel, "", config_filename(options)}, files(options), options);
  const std::filesystem::path& folder = source.folder;
  std::unique_ptr<Model> model = source.build<Model>(options, true);
  const StateDict weights = io::read_weights(folder, options.weights_filename, options.mmap);
  const WeightsReport report = model->load_weights(weights, options);
  if (!report.complete()) log::warning(text::concat(folder.string(), ": ", report.describe()));
  if (options.load_preprocessor)
    model->set_preprocessors(Preprocessors::load(folder.string(), options));
  return model;
}

hub::FileSelection Model::files(const LoadOptions& options) {
  hub::FileSelection out;
  if (options.load_preprocessor) out = Preprocessors::files();
  // A plain Transformers repo has a config.json instead.
  if (options.config_filename.empty()) {
    out.optional.insert(out.optional.end(), {config_filename(options), "config.json"});
  } else {
    out.include.push_back(options.config_filename);
  }
  out.first_of = io::weight_filenames();
  if (!options.weights_filename.empty()) out.first_of = {options.weights_filename};
  return out;
}

void Model::save(const std::filesystem::path& folder) const {
  preprocessors_.save(folder);
  Module::save(folder);
}

hub::UploadResult Model::push_to_hub(const std::string& repo, const PushOptions& options) const {
  const auto save_all = [&](const std::filesystem::path& folder) {
    if (options.with_preprocessors) preprocessors_.save(folder);
    Module::save(folder);
  };
  return push({config(), kModelFamily.pushed, save_all}, repo, options);
}

Predictions Model::predict(const Strings& inputs, const PredictOptions& options) const {
  return predict(Inputs{{std::string(kRawInputs), inputs}}, options);
}

Predictions Model::predict(const Inputs& inputs, const PredictOptions& options) const {
  const std::int64_t rows = count_rows(inputs);
  if (rows == 0) {
    throw expected_error(ErrorCode::kValue, "predict", "at least one input", "none");
  }
  throw_if_stopped(options);
  const log::OnceScope once;
  if (!options.preprocess || has_tensor(inputs)) return predict_batch(*this, inputs, rows, options);

  const std::int64_t batch_size = options.batch_size > 0 ? options.batch_size : kDefaultBatchSize;
  const std::vector<std::int64_t> order = by_length(inputs, rows);
  Predictions out(static_cast<std::size_t>(rows));
  for (std::int64_t begin = 0; begin < rows; begin += batch_size) {
    throw_if_stopped(options);
    const std::int64_t count = std::min(batch_size, rows - begin);
    const std::span<const std::int64_t> indices(order.data() + begin,
                                                static_cast<std::size_t>(count));
    Predictions batch = predict_batch(*this, select_rows(inputs, indices), count, options);
    for (std::size_t i = 0; i < indices.size(); ++i) {
      out[static_cast<std::size_t>(indices[i])] = std::move(batch[i]);
    }
    if (options.progress) options.progress(begin + count, rows);
  }
  return out;
}

Outputs Model::generate(const Inputs& inputs, const PredictOptions& options) const {
  return forward(inputs, options);
}

void Model::set_preprocessors(Preprocessors preprocessors) {
  preprocessors_ = std::move(preprocessors);
}

FileLayout Model::layout() const {
  FileLayout layout = kModelFamily.layout();
  layout.files = {std::string(kWeightsFilename)};
  return layout;
}

void Model::save_files(const std::filesystem::path& folder) const {
  io::write_torch(folder / kWeightsFilename, state_dict());
}

}  // namespace hezar
