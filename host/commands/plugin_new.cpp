#include <commands/plugin_new.hpp>

#include <array>
#include <filesystem>
#include <string_view>
#include <vector>

#include <cli/options.hpp>
#include <cli/session.hpp>
#include <cli/usage_error.hpp>
#include <commands/plugin_name.hpp>
#include <commands/plugin_template.hpp>

#include <hezar/config/json.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::host {

namespace {

/// What can be made: templates are folders of share/hezar/template.
struct NewKind {
  std::string_view name;
  Kind kind;
  std::string_view plain;  ///< the template without LibTorch; empty: none
  std::string_view torch;  ///< what lies over it where LibTorch is used; empty: it never is
};

constexpr char kKinds[] = "model|tokenizer|preprocessor|dataset|metric|embedding|trainer";
constexpr std::array kNewKinds = {
    NewKind{"model", Kind::kModel, "model", "torch_model"},
    NewKind{"tokenizer", Kind::kPreprocessor, "tokenizer", {}},
    NewKind{"preprocessor", Kind::kPreprocessor, "preprocessor", {}},
    NewKind{"dataset", Kind::kDataset, "dataset", {}},
    NewKind{"metric", Kind::kMetric, "metric", {}},
    NewKind{"embedding", Kind::kEmbedding, "embedding", {}},
    NewKind{"trainer", Kind::kTrainer, {}, "torch_trainer"},
};

const NewKind& kind_of(const std::string& name) {
  for (const NewKind& known : kNewKinds) {
    if (known.name == name) return known;
  }
  throw usage_error("plugin new: KIND", kKinds, text::concat('"', name, '"'),
                    "See hezar plugin new --help");
}

/// The folders of the template, each over those before it.
/// @throws UsageError where the kind, or this hezar, allows no such template.
std::vector<std::string_view> layers_of(const NewKind& kind, bool no_torch) {
  std::vector<std::string_view> out = {"common"};
  if (!kind.plain.empty()) out.push_back(kind.plain);
  if (kind.torch.empty() || (no_torch && !kind.plain.empty())) return out;
  const std::string object = text::concat("plugin new ", kind.name);
  if (no_torch) {
    throw usage_error(object, "no --no-torch", "it", "It trains models of LibTorch");
  }
  if (PluginHost::host_facts().at("torch").is_null()) {
    throw usage_error(object, "a hezar with LibTorch", "one that was built without it",
                      kind.plain.empty() ? "Use one that has it" : "Give --no-torch");
  }
  out.push_back(kind.torch);
  return out;
}

std::string next_steps(const std::filesystem::path& folder, const std::string& name) {
  return text::concat("Next:\n  cd ", folder.string(),
                      "\n  cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build",
                      "\n  hezar plugin check build/", name, ".so --golden golden",
                      "\n  hezar plugin install build/", name, ".so\n");
}

}  // namespace

Description PluginNewCommand::describe() const {
  return {"new",
          "Make the folder of a plugin that can be built as it is",
          {{"KIND", kKinds, true, false, kKinds},
           {"NAME", "The plugin's, and its module's; the folder is called so too", true}},
          "hezar plugin new metric my_metric\n"
          "hezar plugin new model my_model --no-torch --dir ~/plugins"};
}

void PluginNewCommand::declare_options(CLI::App& app) {
  add_text(app, "--dir", dir_, "DIR", "Make the folder in DIR (default: here)");
  add_flag(app, "--no-torch", no_torch_, "A model that does not use LibTorch");
  add_flag(app, "--json", json_, "One JSON document");
}

int PluginNewCommand::run(Session& session) {
  const NewKind& kind = kind_of(session.positionals[0]);
  const std::string& name = session.positionals[1];
  check_new_name(session.runtime(), kind.kind, name);
  const std::vector<std::string_view> layers = layers_of(kind, no_torch_);
  const std::filesystem::path folder = std::filesystem::path(dir_.empty() ? "." : dir_) / name;
  const std::vector<TemplateFile> files = fill_template(layers, name);
  write_new_folder(folder, files);
  if (!json_) {
    session.out.write(text::concat("plugin ", name, " made in ", folder.string(), "\n",
                                   next_steps(folder, name)));
    return 0;
  }
  boost::json::array paths;
  for (const TemplateFile& file : files) paths.emplace_back(file.path.string());
  const boost::json::object document = {
      {"name", name}, {"kind", kind.name}, {"folder", folder.string()}, {"files", paths}};
  session.out.write(json::write(document, 2) + "\n");
  return 0;
}

}  // namespace hezar::host
