#include <hezar/module/model.hpp>

#include <algorithm>
#include <utility>

#include <hezar/error/error.hpp>
#include <hezar/hub/download.hpp>
#include <hezar/io/torch_file.hpp>
#include <hezar/log/log.hpp>
#include <hezar/module/batching.hpp>
#include <hezar/module/packed_weights.hpp>
#include <hezar/text/concat.hpp>
#include <module/batches.hpp>
#include <module/family.hpp>
#include <module/module_source.hpp>
#include <module/push.hpp>

namespace hezar {

namespace {

constexpr std::string_view kWeightsFilename = "model.pt";

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

bool has_tensor(const Inputs& inputs) {
  return std::any_of(inputs.begin(), inputs.end(), [](const Columns::Item& item) {
    return std::holds_alternative<Tensor>(item.second);
  });
}

WeightsReport load_packed(Model& model, const io::StoredWeights& weights,
                          const LoadOptions& options) {
  if (auto* packable = model.as<PackableModel>()) return packable->load_packed(weights, options);
  throw expected_error(ErrorCode::kFormat, weights.file.string(),
                       text::concat("plain weights, for ", model.name(), " reads no other"),
                       text::concat("ones packed for ", to_string(precision_of(weights))),
                       "Convert the model again without --precision.");
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
  const io::StoredWeights weights =
      io::read_stored_weights(folder, options.weights_filename, options.mmap);
  const Precision stored = precision_of(weights);
  LoadOptions resolved = options;
  if (options.precision == Precision::kAuto) resolved.precision = stored;
  std::unique_ptr<Model> model = source.build<Model>(resolved, true);
  const WeightsReport report = stored == Precision::kFp32
                                   ? model->load_weights(weights.tensors, resolved)
                                   : load_packed(*model, weights, resolved);
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
  if (!options.preprocess) return run_batch(*this, inputs, rows, options);
  if (has_tensor(inputs)) return run_batch(*this, preprocess(inputs, options), rows, options);

  Predictions out(static_cast<std::size_t>(rows));
  std::int64_t done = 0;
  for (const std::vector<std::int64_t>& indices : rows_of_batches(inputs, options)) {
    throw_if_stopped(options);
    const auto count = static_cast<std::int64_t>(indices.size());
    const Inputs prepared = preprocess(select_rows(inputs, indices), options);
    Predictions batch = run_batch(*this, prepared, count, options);
    for (std::size_t i = 0; i < indices.size(); ++i) {
      out[static_cast<std::size_t>(indices[i])] = std::move(batch[i]);
    }
    done += count;
    if (options.progress) options.progress(done, rows);
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
