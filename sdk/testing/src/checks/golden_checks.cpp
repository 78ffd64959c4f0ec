#include <checks/golden_checks.hpp>

#include <hezar/module/tokenizer.hpp>
#include <hezar/text/concat.hpp>

#include <metric_pairs.hpp>
#include <model_inputs.hpp>
#include <subject.hpp>
#include <values.hpp>

namespace hezar::testing {

namespace {

using text::concat;

/// Where results differ; of objects the expected keys count.
Fault compare(const GoldenFile& file, const boost::json::value& got) {
  if (file.outputs.is_object() && got.is_object()) {
    return difference_of_named(file.outputs.get_object(), got.get_object(), file.tolerance);
  }
  return difference(file.outputs, got, file.tolerance);
}

boost::json::value run_model(const Model& model, const GoldenFile& file) {
  const ModelInputs inputs = golden_inputs(file);
  if (inputs.is_raw) return inputs.predict(model);
  PredictOptions options;
  options.task = inputs.task;
  return to_json(model.forward(inputs.rows, options));
}

boost::json::value run_preprocessor(Preprocessor& preprocessor, const GoldenFile& file) {
  const Columns got =
      preprocessor.process({{std::string(kRawInputs), to_list(file.inputs)}}, file.options);
  if (file.outputs.is_object()) return to_json(got);
  const char* column = preprocessor.as<Tokenizer>() != nullptr ? "token_ids" : "inputs";
  return to_json(got.at(column));
}

boost::json::value run_dataset(const Dataset& dataset, const GoldenFile& file) {
  boost::json::array out;
  for (const boost::json::value& index : file.inputs.as_array()) {
    out.push_back(to_json(dataset.row(index.to_number<std::int64_t>())));
  }
  return out;
}

boost::json::value run_embedding(const Embedding& embedding, const GoldenFile& file) {
  boost::json::array out;
  for (const boost::json::value& word : file.inputs.as_array()) {
    out.push_back(to_json(Column(embedding.vector(std::string_view(word.as_string())))));
  }
  return out;
}

boost::json::value run(Module& module, Kind kind, const GoldenFile& file) {
  switch (kind) {
    case Kind::kModel:
      return run_model(static_cast<Model&>(module), file);
    case Kind::kPreprocessor:
      return run_preprocessor(static_cast<Preprocessor&>(module), file);
    case Kind::kDataset:
      return run_dataset(static_cast<Dataset&>(module), file);
    case Kind::kEmbedding:
      return run_embedding(static_cast<Embedding&>(module), file);
    case Kind::kMetric:
      return golden_pairs(file).compute(static_cast<Metric&>(module));
    case Kind::kTrainer:
      break;
  }
  throw Skipped{"a trainer has no golden values"};
}

}  // namespace

Fault check_golden_file(GoldenSubject& subject) {
  const GoldenFile& file = subject.file();
  if (!file.fault.empty()) return file.fault;
  const Registrar::Registration* found = subject.plugin().find(file);
  if (found != nullptr) return {};
  if (file.module.empty()) {
    return "names no module, and the plugin has several. Put \"name\" into its config";
  }
  return concat("is about ", file.module, ", which the plugin does not have. Correct \"name\" in ",
                "its config");
}

Fault check_golden_values(GoldenSubject& subject) {
  const GoldenFile& file = subject.file();
  if (!file.has_values()) throw NotApplicable();
  const Registrar::Registration& registration = *subject.plugin().find(file);
  ModuleSubject module(subject.plugin(), registration, file);
  const std::shared_ptr<Module> made = module.make_module();
  const std::string fault = compare(file, run(*made, registration.info.kind, file));
  if (fault.empty()) return {};
  return concat(fault, " (tolerance ", file.tolerance, ")");
}

}  // namespace hezar::testing
