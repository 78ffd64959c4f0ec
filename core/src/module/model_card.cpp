#include <module/model_card.hpp>

#include <array>
#include <string_view>
#include <utility>

#include <hezar/config/json.hpp>
#include <hezar/config/yaml.hpp>
#include <hezar/text/concat.hpp>

namespace hezar {

namespace {

struct HubTask {
  std::string_view task;  ///< of a config
  std::string_view tag;   ///< what the Hub's models of that task are tagged with
  bool is_pipeline;       ///< whether the Hub has a pipeline of that name
};

constexpr std::array kTasks = {
    HubTask{"text_classification", "text-classification", true},
    HubTask{"sequence_labeling", "token-classification", true},
    HubTask{"mask_filling", "fill-mask", true},
    HubTask{"language_modeling", "fill-mask", true},
    HubTask{"text_generation", "text-generation", true},
    HubTask{"speech_recognition", "automatic-speech-recognition", true},
    HubTask{"audio_classification", "audio-classification", true},
    HubTask{"image2text", "image-to-text", true},
    HubTask{"text_detection", "text-detection", false},
    HubTask{"backbone", "feature-extraction", true},
};

boost::json::object metadata(const boost::json::object& config, const std::string& language) {
  boost::json::object out;
  if (!language.empty()) out["language"] = boost::json::array{language};
  out["library_name"] = "hezar";
  boost::json::array tags = {"hezar"};
  const std::string task = json::text_of(config, "task");
  for (const HubTask& known : kTasks) {
    if (known.task != task) continue;
    tags.emplace_back(known.tag);
    if (known.is_pipeline) out["pipeline_tag"] = known.tag;
  }
  out["tags"] = std::move(tags);
  return out;
}

/// How the module is used, by what it is.
std::string usage(const std::string& kind, const std::string& repo_id) {
  if (kind == "model") {
    return text::concat("```sh\nhezar predict ", repo_id,
                        " \"...\"\n```\n\n```cpp\nconst auto model = hezar::Model::load(\"",
                        repo_id,
                        "\");\nconst auto predictions = model->predict({\"...\"});\n```\n\n"
                        "```python\nfrom hezar.models import Model\n\nmodel = Model.load(\"",
                        repo_id, "\")\nprint(model.predict([\"...\"]))\n```\n");
  }
  if (kind == "preprocessor") {
    return text::concat("```cpp\nconst auto preprocessors = hezar::Preprocessors::load(\"", repo_id,
                        "\");\n```\n\n```python\nfrom hezar.preprocessors import Preprocessor\n\n"
                        "preprocessor = Preprocessor.load(\"",
                        repo_id, "\")\n```\n");
  }
  return text::concat("```sh\nhezar info ", repo_id, "\n```\n");
}

}  // namespace

std::string model_card(const boost::json::object& config, const std::string& repo_id,
                       const std::string& language) {
  const std::string kind = json::text_of(config, "config_type");
  const std::string title = repo_id.substr(repo_id.find('/') + 1);
  return text::concat("---\n", yaml::write(metadata(config, language)), "---\n\n# ", title,
                      "\n\nA ", kind, " `", json::text_of(config, "name"),
                      "` for [Hezar](https://github.com/hezarai/hezar).\n\n## Use\n\n",
                      usage(kind, repo_id));
}

}  // namespace hezar
