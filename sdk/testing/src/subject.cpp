#include <subject.hpp>

#include <utility>

#include <hezar/config/yaml.hpp>
#include <hezar/module/load.hpp>
#include <hezar/module/tokenizer.hpp>
#include <hezar/module/trainable_tokenizer.hpp>
#include <hezar/plugin/scan.hpp>
#include <hezar/text/concat.hpp>

#include <samples.hpp>

namespace hezar::testing {

namespace fs = std::filesystem;

namespace {

RuntimeOptions runtime_options(const CheckOptions& options) {
  RuntimeOptions out;
  out.default_plugin_dirs = false;
  out.plugin_dirs = options.plugin_dirs;
  out.threads = 1;
  return out;
}

/// Gives a module without content some, where it can learn.
void teach(Module& module, Kind kind) {
  if (kind == Kind::kPreprocessor) {
    Tokenizer* tokenizer = module.as<Tokenizer>();
    auto* trainable = module.as<TrainableTokenizer>();
    if (tokenizer == nullptr || trainable == nullptr || tokenizer->vocab_size(true) > 0) return;
    const Strings texts = sample_corpus();
    std::size_t next = 0;
    trainable->train(
        [&](std::string& text) {
          if (next == texts.size()) return false;
          text = texts[next++];
          return true;
        },
        {});
  }
  if (kind == Kind::kEmbedding) {
    auto& embedding = static_cast<Embedding&>(module);
    if (embedding.vectors().defined() && embedding.vectors().numel() > 0) return;
    embedding.train(sample_sentences(), {});
  }
}

template <class T>
std::shared_ptr<Module> as_module(std::unique_ptr<T> module) {
  return std::shared_ptr<Module>(std::move(module));
}

}  // namespace

std::string label(const ModuleInfo& info) {
  return text::concat(to_string(info.kind), " ", info.name);
}

OpenPlugin::OpenPlugin(const CheckOptions& options, fs::path scratch)
    : scratch_(std::move(scratch)),
      registrar_(register_plugin(options.file, [](std::string_view) {})),
      runtime_(runtime_options(options)) {
  add_modules(runtime_, *registrar_);
  if (!options.golden.empty()) golden_ = read_golden(options.golden);
}

fs::path OpenPlugin::new_folder() {
  fs::path out = scratch_ / std::to_string(folders_++);
  fs::create_directories(out);
  return out;
}

const Registrar::Registration* OpenPlugin::find(const GoldenFile& file) const {
  if (file.module.empty()) return registrations().size() == 1 ? &registrations().front() : nullptr;
  for (const Registrar::Registration& one : registrations()) {
    const bool is_kind = file.kind.empty() || file.kind == to_string(one.info.kind);
    if (one.info.name == file.module && is_kind) return &one;
  }
  return nullptr;
}

ModuleSubject::ModuleSubject(OpenPlugin& plugin, const Registrar::Registration& registration)
    : plugin_(plugin), registration_(registration) {
  for (const GoldenFile& file : plugin.golden()) {
    const bool usable = sample_ == nullptr && file.fault.empty();
    if (usable && plugin.find(file) == &registration) sample_ = &file;
  }
}

ConfigValues ModuleSubject::sample_values() const {
  ConfigValues values{{}, {}, info().name};
  if (sample_ != nullptr) values.file = sample_->config;
  return values;
}

std::shared_ptr<Module> ModuleSubject::build_module(const ConfigValues& values,
                                                    const fs::path& base_path) {
  return std::visit(
      [&]<class T>(const Factory<T>& factory) -> std::shared_ptr<Module> {
        BuildContext context{plugin_.runtime()};
        context.base_path = base_path;
        return as_module(factory(values, context));
      },
      registration_.factory);
}

std::shared_ptr<Module> ModuleSubject::make_module() {
  try {
    if (sample_ != nullptr && !sample_->folder.empty()) return load(sample_->folder);
    std::shared_ptr<Module> module = build_module(sample_values());
    teach(*module, info().kind);
    return module;
  } catch (const Error& e) {
    throw Skipped{text::concat("cannot be made from its config alone (", e.what(),
                               "). Give a golden file with \"config\" or \"path\"")};
  }
}

std::shared_ptr<Module> ModuleSubject::load(const fs::path& folder) {
  LoadOptions options;
  options.runtime = &plugin_.runtime();
  switch (info().kind) {
    case Kind::kModel:
      return as_module(Model::load(folder.string(), options));
    case Kind::kDataset:
      return as_module(hezar::load<Dataset>(folder.string(), options));
    case Kind::kEmbedding:
      return as_module(hezar::load<Embedding>(folder.string(), options));
    case Kind::kMetric:
      return as_module(hezar::load<Metric>(folder.string(), options));
    case Kind::kTrainer:
      return as_module(hezar::load<Trainer>(folder.string(), options));
    case Kind::kPreprocessor:
      break;
  }
  const auto found = Preprocessors::load(folder.string(), options);
  for (const auto& [name, preprocessor] : found) {
    if (name == info().name) return preprocessor;
  }
  throw expected_error(ErrorCode::kConfig, folder.string(),
                       text::concat("a config of ", info().name), "none");
}

}  // namespace hezar::testing
