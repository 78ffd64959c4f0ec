#include <golden_file.hpp>

#include <algorithm>
#include <system_error>

#include <hezar/config/json.hpp>
#include <hezar/config/yaml.hpp>
#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::testing {

namespace fs = std::filesystem;

namespace {

Error wrong(const GoldenFile& golden, std::string_view expected) {
  return expected_error(ErrorCode::kFormat, golden.file.filename().string(), expected,
                        "something else", "See \"Golden files\" in sdk/testing/README.md");
}

/// The config file of a repo folder: the one of a model, or the only one.
boost::json::object config_of(const GoldenFile& golden) {
  for (const fs::path& folder : {golden.folder, golden.folder / "preprocessor",
                                 golden.folder / "embedding", golden.folder / "train"}) {
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(folder, ec)) {
      if (entry.path().extension() != ".yaml") continue;
      return yaml::read_mapping(entry.path());
    }
  }
  throw wrong(golden, "\"path\" to name a folder with a config");
}

void read_path(const std::string& path, GoldenFile& out) {
  out.folder = out.file.parent_path() / path;
  if (!fs::is_directory(out.folder)) throw wrong(out, "\"path\" to name a folder beside it");
  out.config = config_of(out);
}

void read_content(const boost::json::object& content, GoldenFile& out) {
  for (const auto& [key, value] : content) {
    if (key == "config" && value.is_object()) {
      out.config = value.get_object();
    } else if (key == "path" && value.is_string()) {
      read_path(std::string(value.get_string()), out);
    } else if (key == "inputs" && value.is_structured()) {
      out.inputs = value;
    } else if (key == "outputs" && value.is_structured()) {
      out.outputs = value;
    } else if (key == "options" && value.is_object()) {
      out.options = value.get_object();
    } else if (key == "tolerance" && value.is_number()) {
      out.tolerance = value.to_number<double>();
    } else {
      throw expected_error(ErrorCode::kFormat, out.file.filename().string(),
                           "config, path, inputs, outputs, options, tolerance",
                           text::concat('"', key, "\" of another kind or name"),
                           "See \"Golden files\" in sdk/testing/README.md");
    }
  }
  if (out.inputs.is_null() != out.outputs.is_null()) throw wrong(out, "both inputs and outputs");
  out.module = json::text_of(out.config, "name");
  out.kind = json::text_of(out.config, "config_type");
}

}  // namespace

std::vector<GoldenFile> read_golden(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder, ec)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  if (ec) {
    throw expected_error(ErrorCode::kIo, folder.string(), "a folder of golden files", ec.message());
  }
  std::sort(files.begin(), files.end());
  std::vector<GoldenFile> out;
  for (const fs::path& file : files) {
    GoldenFile& golden = out.emplace_back();
    golden.file = file;
    try {
      const boost::json::value content = json::read(file);
      if (!content.is_object()) throw wrong(golden, "an object");
      read_content(content.get_object(), golden);
    } catch (const Error& e) {
      golden.fault = e.what();
    }
  }
  return out;
}

}  // namespace hezar::testing
