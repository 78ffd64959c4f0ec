#include <fake_repo.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace hezar::test {

namespace {

/// A safetensors file with one float.
std::string weights_file() {
  const std::string header = R"({"weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  std::string out(1, static_cast<char>(header.size()));
  out.append(7, '\0');
  return out + header + std::string(4, '\0');
}

}  // namespace

FakeRepo::FakeRepo() {
  std::string pattern = (std::filesystem::temp_directory_path() / "hezar-host-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  folder_ = pattern;
  std::filesystem::create_directories(folder_ / "repo" / "preprocessor");
  write("repo/model_config.yaml",
        "name: length_text_classification\nconfig_type: model\ntask: text_classification\n"
        "limit: 10\n");
  write("repo/model.safetensors", weights_file());
  write("repo/preprocessor/tokenizer_config.yaml",
        "name: space_tokenizer\nconfig_type: preprocessor\n");
  write("repo/preprocessor/normalizer_config.yaml",
        "name: upper_normalizer\nconfig_type: preprocessor\n");
}

FakeRepo::~FakeRepo() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string FakeRepo::write(const std::string& name, const std::string& content) const {
  std::ofstream(folder_ / name, std::ios::binary) << content;
  return path(name);
}

std::string FakeRepo::read(const std::string& name) const {
  std::ifstream file(folder_ / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> FakeRepo::names() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> with_fake(std::vector<std::string> arguments) {
  const std::vector<std::string> global = {"--plugin-dir", HEZAR_FAKE_PLUGIN_DIR};
  arguments.insert(arguments.begin(), global.begin(), global.end());
  return arguments;
}

RunResult run_fake(std::vector<std::string> arguments, const RunOptions& options) {
  return run(with_fake(std::move(arguments)), options);
}

}  // namespace hezar::test
