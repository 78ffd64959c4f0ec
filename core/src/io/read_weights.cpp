#include <array>
#include <string>
#include <system_error>
#include <vector>

#include <hezar/error/error.hpp>
#include <hezar/io/safetensors.hpp>
#include <hezar/io/state_dict.hpp>
#include <hezar/io/torch_file.hpp>
#include <hezar/text/concat.hpp>

#include <io/file_handle.hpp>

namespace hezar::io {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> kNames = {
    "model.safetensors", "model.safetensors.index.json", "model.pt", "pytorch_model.bin",
    "pytorch_model.bin.index.json"};

void check_folder(const fs::path& folder) {
  std::error_code code;
  const fs::file_status status = fs::status(folder, code);
  if (fs::is_directory(status)) return;
  if (fs::exists(status)) {
    throw expected_error(ErrorCode::kIo, folder.string(), "a folder with weights", "a file",
                         "Give the folder that holds it.");
  }
  throw io_error(folder, "a folder with weights", code ? code.value() : ENOENT);
}

/// A link that leads nowhere counts as present, so that its loss is told and not papered over.
bool is_present(const fs::path& file) {
  std::error_code code;
  return fs::exists(fs::symlink_status(file, code));
}

fs::path find_weights(const fs::path& folder) {
  for (const std::string_view name : kNames)
    if (is_present(folder / name)) return folder / name;
  throw expected_error(ErrorCode::kIo, folder.string(),
                       "one of " + text::join({kNames.begin(), kNames.end()}, ", "),
                       "none of them");
}

}  // namespace

std::vector<std::string> weight_filenames() {
  return {kNames.begin(), kNames.end()};
}

StoredWeights read_stored_weights(const fs::path& folder, std::string_view filename, bool mmap) {
  check_folder(folder);
  const fs::path file = filename.empty() ? find_weights(folder) : folder / filename;
  const std::string name = file.filename().string();
  const ReadOptions options{mmap};
  if (name.ends_with(".bin.index.json")) return {read_torch_index(file, options), {}, file};
  if (name.ends_with(".index.json")) return {read_safetensors_index(file, options), {}, file};
  if (!name.ends_with(".safetensors")) return {read_torch(file, options), {}, file};
  const SafetensorsFile opened = SafetensorsFile::open(file, options);
  StoredWeights out{opened.state_dict(), opened.metadata(), file};
  for (const auto& [alias, other] : out.metadata) {
    if (!opened.contains(alias) && opened.contains(other))
      out.tensors.add(alias, *out.tensors.find(other));
  }
  return out;
}

StateDict read_weights(const fs::path& folder, std::string_view filename, bool mmap) {
  return read_stored_weights(folder, filename, mmap).tensors;
}

}  // namespace hezar::io
