#include <module/push.hpp>

#include <cstdlib>
#include <optional>
#include <system_error>

#include <hezar/config/json.hpp>
#include <hezar/error/error.hpp>
#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>
#include <module/model_card.hpp>

namespace hezar {

namespace {

constexpr const char* kCard = "README.md";

/// A folder that goes with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code error;
    const std::filesystem::path base = std::filesystem::temp_directory_path(error);
    std::string pattern = (base / "hezar-push-XXXXXX").string();
    if (error || ::mkdtemp(pattern.data()) == nullptr) {
      throw expected_error(ErrorCode::kIo, base.string(), "a folder for temporary files",
                           "none that can be written to", "Set TMPDIR to one.");
    }
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

hub::RepoId parse(const std::string& repo, const boost::json::object& config) {
  std::optional<hub::RepoId> id = hub::parse_repo_id(repo);
  if (!id) {
    throw expected_error(ErrorCode::kValue, text::concat('"', repo, '"'),
                         "a repo of the Hub like owner/name", "another text",
                         "Names hold letters, digits, dots, dashes and underscores.");
  }
  if (json::find_text(config, "config_type") == "dataset") id->type = hub::RepoType::kDataset;
  return *id;
}

}  // namespace

hub::UploadResult push(const PushedModule& module, const std::string& repo,
                       const PushOptions& options) {
  const hub::RepoId id = parse(repo, module.config);
  const TemporaryFolder folder;
  module.save(folder.path());
  io::write_file(folder.path() / kCard, model_card(module.config, id.id, options.language));
  hub::UploadOptions upload;
  upload.message =
      options.message.empty() ? text::concat("Hezar: Upload ", module.what) : options.message;
  upload.is_private = options.is_private;
  upload.only_new = {kCard};
  upload.hub = options.hub;
  return hub::upload_folder(folder.path(), id, upload);
}

}  // namespace hezar
