// classify FOLDER TEXT...: BertTextClassification as a class, with a tokenizer put beside it by
// hand. No plugin is opened.

#include <exception>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include <hezar/bert/bert_text_classification.hpp>
#include <hezar/config/yaml.hpp>
#include <hezar/io/state_dict.hpp>
#include <hezar/registry/runtime.hpp>
#include <hezar/tokenizers/wordpiece_tokenizer.hpp>

namespace {

template <class Config>
Config read(const std::filesystem::path& file) {
  return hezar::read_config<Config>({hezar::yaml::read_mapping(file), {}, file.string()});
}

int run(const std::filesystem::path& folder, const hezar::Strings& texts) {
  hezar::RuntimeOptions no_plugins;
  no_plugins.default_plugin_dirs = false;
  hezar::Runtime runtime(no_plugins);
  hezar::BuildContext context{runtime};
  context.base_path = folder;
  context.weights_follow = true;

  hezar::BertTextClassification model(
      read<hezar::BertTextClassificationConfig>(folder / "model_config.yaml"), context);
  const hezar::WeightsReport report = model.load_weights(hezar::io::read_weights(folder), {});
  if (!report.complete()) std::cerr << report.describe() << "\n";

  hezar::Preprocessors preprocessors;
  preprocessors.add(std::make_shared<hezar::WordPieceTokenizer>(
      read<hezar::WordPieceConfig>(folder / "preprocessor/tokenizer_config.yaml"), context));
  model.set_preprocessors(preprocessors);

  for (const hezar::Prediction& prediction : model.predict(texts)) {
    const auto& best = std::get<std::vector<hezar::TextClassification>>(prediction).front();
    std::cout << best.label << " " << best.score << "\n";
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: classify FOLDER TEXT...\n";
    return 2;
  }
  try {
    return run(argv[1], {argv + 2, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
