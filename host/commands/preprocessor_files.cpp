#include <commands/preprocessor_files.hpp>

#include <filesystem>
#include <vector>

#include <commands/repo_folder.hpp>

#include <hezar/text/concat.hpp>

namespace hezar::host {

Preprocessors load_preprocessors(Session& session, const std::string& path) {
  LoadOptions options;
  options.runtime = &session.runtime();
  const std::filesystem::path folder = repo_folder(session, path, Preprocessors::files());
  const bool is_bare = !std::filesystem::is_directory(folder / "preprocessor");
  return Preprocessors::load(folder.string(), options, is_bare ? "" : "preprocessor");
}

Error missing_preprocessor(const std::string& path, std::string_view wanted,
                           const Preprocessors& found) {
  std::vector<std::string> names;
  for (const auto& [name, preprocessor] : found) names.push_back(name);
  return expected_error(ErrorCode::kValue, path, wanted,
                        names.empty() ? "no preprocessors" : text::join(names, ", "),
                        text::concat("See hezar info ", path));
}

}  // namespace hezar::host
