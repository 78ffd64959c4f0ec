#include <array>

#include <hezar/testing/conformance.hpp>

#include <check.hpp>
#include <checks/dataset_checks.hpp>
#include <checks/embedding_checks.hpp>
#include <checks/file_checks.hpp>
#include <checks/golden_checks.hpp>
#include <checks/load_checks.hpp>
#include <checks/metric_checks.hpp>
#include <checks/model_checks.hpp>
#include <checks/module_checks.hpp>
#include <checks/preprocessor_checks.hpp>
#include <checks/tokenizer_checks.hpp>
#include <checks/trainer_checks.hpp>

namespace hezar::testing {

namespace {

using Needs = std::array<std::string_view, 3>;

constexpr Check of_file(std::string_view id, std::string_view summary,
                        Fault (*run)(const FileSubject&), Needs needs) {
  Check out{id, summary, needs};
  out.of_file = run;
  return out;
}
/// Of all modules.
constexpr Check of_module(std::string_view id, std::string_view summary,
                          Fault (*run)(ModuleSubject&), Needs needs) {
  Check out{id, summary, needs};
  out.of_module = run;
  return out;
}
constexpr Check of_kind(Kind kind, std::string_view id, std::string_view summary,
                        Fault (*run)(ModuleSubject&), Needs needs) {
  Check out = of_module(id, summary, run, needs);
  out.any_kind = false;
  out.kind = kind;
  return out;
}
constexpr Check of_golden(std::string_view id, std::string_view summary,
                          Fault (*run)(GoldenSubject&), Needs needs) {
  Check out{id, summary, needs};
  out.of_golden = run;
  return out;
}

constexpr Needs kPlugin = {"file.plugin"};
constexpr Needs kOpen = {"file.host", "file.dependencies", "file.stack"};
constexpr Needs kRegister = {"load.register"};
constexpr Needs kBuild = {"load.register", "module.build"};

constexpr std::array kChecks = {
    of_file("file.plugin", "is a library with a descriptor and the entry", check_descriptor, {}),
    of_file("file.host", "is built for this ABI, C++ runtime, sanitizer, CPU, Boost and LibTorch",
            check_host, kPlugin),
    of_file("file.dependencies", "finds every library that it needs", check_dependencies,
            {"file.plugin", "file.host"}),
    of_file("file.libraries", "shares hezar and LibTorch with its host, and says so", check_links,
            {"file.plugin", "file.host"}),
    of_file("file.exports", "exports its entry and nothing else", check_exports, kPlugin),
    of_file("file.unique", "shares no variable with other libraries", check_unique_symbols,
            kPlugin),
    of_file("file.rpath", "looks for libraries beside itself alone", check_search_path, kPlugin),
    of_file("file.relocations", "is position independent", check_text_relocations, kPlugin),
    of_file("file.stack", "leaves the stack without execution", check_stack, kPlugin),
    of_file("file.nodelete", "is never unloaded", check_never_unloaded, kPlugin),
    of_file("file.modules", "carries a list of its modules", check_module_list,
            {"file.plugin", "file.host"}),

    of_file("load.open", "finds every symbol, and opens", check_opening, kOpen),
    of_file("load.register", "registers its modules", check_registering, {"load.open"}),
    of_file("load.modules", "registers what its file lists", check_registered_list,
            {"load.register", "file.modules"}),
    of_file("load.again", "registers the same when asked again", check_registering_twice,
            kRegister),
    of_file("load.time", "opens within 100 ms, LibTorch aside", check_load_time, kRegister),
    of_file("load.output", "writes nothing while it is opened", check_load_output, kRegister),
    of_file("load.threads", "starts no thread while it is opened", check_load_threads, kRegister),
    of_file("load.environment", "leaves the environment", check_load_environment, kRegister),
    of_file("load.folder", "leaves the current folder", check_load_folder, kRegister),
    of_file("load.locale", "leaves the locale", check_load_locale, kRegister),
    of_file("load.signals", "leaves the signals", check_load_signals, kRegister),
    of_file("load.descriptors", "leaves no file open", check_load_descriptors, kRegister),
    of_file("load.float_mode", "leaves rounding and small numbers", check_load_float_mode,
            kRegister),

    of_module("module.description", "describes itself, its fields and options", check_description,
              kRegister),
    of_module("module.defaults", "has defaults that its own fields allow", check_defaults,
              kRegister),
    of_module("module.build", "is built, or says why not", check_build,
              {"load.register", "module.defaults"}),
    of_module("module.identity", "has the name and kind that it is registered by", check_identity,
              kBuild),
    of_module("module.config", "built from its own config it has that config", check_config,
              {"load.register", "module.build", "module.identity"}),
    of_module("module.extra_keys", "keeps keys of its file that it does not know", check_extra_keys,
              {"load.register", "module.build", "module.identity"}),
    of_module("module.unknown_key", "refuses a misspelt key", check_unknown_override, kBuild),
    of_module("module.wrong_type", "refuses values of the wrong type", check_wrong_type, kBuild),
    of_module("module.interface", "claims no ability that it lacks", check_interface, kBuild),
    of_module("module.save", "loaded from what it saved it has the same config", check_save,
              {"load.register", "module.config", "module.extra_keys"}),

    of_kind(Kind::kModel, "model.outputs", "gives a prediction an input", check_model_outputs,
            kBuild),
    of_kind(Kind::kModel, "model.determinism", "says the same twice", check_model_determinism,
            {"load.register", "model.outputs"}),
    of_kind(Kind::kModel, "model.batch", "says the same of an input alone and among others",
            check_model_batch, {"load.register", "model.determinism"}),
    of_kind(Kind::kModel, "model.bad_input", "gives ordinary errors for bad texts",
            check_model_bad_input, {"load.register", "model.outputs"}),
    of_kind(Kind::kModel, "model.options", "refuses unknown options", check_model_options,
            {"load.register", "model.outputs"}),
    of_kind(Kind::kModel, "model.weights", "loaded from what it saved it has the same weights",
            check_model_weights, {"load.register", "module.save"}),

    of_kind(Kind::kPreprocessor, "preprocessor.determinism", "says the same twice",
            check_preprocessor_determinism, kBuild),
    of_kind(Kind::kPreprocessor, "preprocessor.batch",
            "says the same of a text alone and among others", check_preprocessor_batch,
            {"load.register", "preprocessor.determinism"}),
    of_kind(Kind::kPreprocessor, "preprocessor.bad_text", "gives ordinary errors for bad texts",
            check_preprocessor_bad_text, kBuild),
    of_kind(Kind::kPreprocessor, "preprocessor.options", "refuses unknown options",
            check_preprocessor_options, kBuild),
    of_kind(Kind::kPreprocessor, "preprocessor.save", "loaded from what it saved it says the same",
            check_preprocessor_save, {"load.register", "module.save", "preprocessor.determinism"}),
    of_kind(Kind::kPreprocessor, "tokenizer.rows", "gives rows whose lists fit",
            check_tokenizer_rows, kBuild),
    of_kind(Kind::kPreprocessor, "tokenizer.offsets", "gives offsets inside the text",
            check_tokenizer_offsets, {"load.register", "tokenizer.rows"}),
    of_kind(Kind::kPreprocessor, "tokenizer.vocabulary", "has ids and tokens that fit",
            check_tokenizer_vocabulary, {"load.register", "tokenizer.rows"}),
    of_kind(Kind::kPreprocessor, "tokenizer.special_tokens", "has the special tokens that it names",
            check_tokenizer_special_tokens, kBuild),
    of_kind(Kind::kPreprocessor, "tokenizer.padding", "pads rows to one length and masks it",
            check_tokenizer_padding, {"load.register", "tokenizer.rows"}),
    of_kind(Kind::kPreprocessor, "tokenizer.truncation", "keeps to the length asked for",
            check_tokenizer_truncation, {"load.register", "tokenizer.rows"}),
    of_kind(Kind::kPreprocessor, "tokenizer.decode", "decodes every row, unknown ids too",
            check_tokenizer_decode, {"load.register", "tokenizer.rows"}),

    of_kind(Kind::kDataset, "dataset.rows", "gives the same rows in any order", check_dataset_rows,
            kBuild),
    of_kind(Kind::kDataset, "dataset.range", "refuses rows that it does not have",
            check_dataset_range, kBuild),
    of_kind(Kind::kDataset, "dataset.collator", "makes batches of all rows given",
            check_dataset_collator, kBuild),

    of_kind(Kind::kMetric, "metric.determinism", "says the same twice", check_metric_determinism,
            kBuild),
    of_kind(Kind::kMetric, "metric.permutation", "does not depend on the order of pairs",
            check_metric_permutation, {"load.register", "metric.determinism"}),
    of_kind(Kind::kMetric, "metric.best", "is best where predictions are right", check_metric_best,
            {"load.register", "metric.determinism"}),
    of_kind(Kind::kMetric, "metric.lengths", "refuses lists of unequal length",
            check_metric_lengths, kBuild),
    of_kind(Kind::kMetric, "metric.bad_input", "gives ordinary errors for no or odd input",
            check_metric_bad_input, kBuild),

    of_kind(Kind::kEmbedding, "embedding.words", "has words, indices and vectors that fit",
            check_embedding_words, kBuild),
    of_kind(Kind::kEmbedding, "embedding.similar", "gives similar words best first",
            check_embedding_similar, kBuild),
    of_kind(Kind::kEmbedding, "embedding.unknown_word", "gives ordinary errors for unknown words",
            check_embedding_unknown_word, kBuild),
    of_kind(Kind::kEmbedding, "embedding.save", "loaded from what it saved it has the same vectors",
            check_embedding_save, {"load.register", "module.save", "embedding.words"}),

    of_kind(Kind::kTrainer, "trainer.parts", "refuses to train nothing", check_trainer_parts,
            kBuild),
    of_kind(Kind::kTrainer, "trainer.order", "refuses to train before it is configured",
            check_trainer_order, kBuild),
    of_kind(Kind::kTrainer, "trainer.foreign_model", "gives an ordinary error for a foreign model",
            check_trainer_foreign_model, kBuild),

    of_golden("golden.file", "golden files can be read and name a module", check_golden_file,
              kRegister),
    of_golden("golden.values", "gives the values of golden files", check_golden_values,
              {"load.register", "golden.file"}),
};

}  // namespace

std::string_view Check::level() const noexcept {
  if (of_golden != nullptr) return "golden";
  if (of_module != nullptr) return "component";
  return opens_plugin() ? "load" : "file";
}

std::span<const Check> all_checks() noexcept {
  return kChecks;
}

const Check* find_check(std::string_view id) noexcept {
  for (const Check& check : kChecks) {
    if (check.id == id) return &check;
  }
  return nullptr;
}

bool matches(std::string_view pattern, std::string_view text) noexcept {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*') {
    return matches(pattern.substr(1), text) || (!text.empty() && matches(pattern, text.substr(1)));
  }
  return !text.empty() && pattern.front() == text.front() &&
         matches(pattern.substr(1), text.substr(1));
}

std::vector<CheckDescription> list_checks() {
  std::vector<CheckDescription> out;
  for (const Check& check : kChecks) out.push_back({check.id, check.level(), check.summary});
  return out;
}

}  // namespace hezar::testing
