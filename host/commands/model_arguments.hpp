#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <cli/cli11.hpp>
#include <cli/session.hpp>

#include <hezar/module/model.hpp>

namespace hezar::host {

/// A model and the options of its task, as a command line asked for them.
struct LoadedModel {
  std::unique_ptr<Model> model;
  boost::json::object task;
};

/// The options of every verb that runs a model.
struct ModelArguments {
  std::string device = "cpu";
  std::string precision = "auto";
  std::vector<std::string> sets;

  void declare(CLI::App& app);
  /// @param path  a folder or a repo.
  /// @throws UsageError for a `--set` that neither the config nor the task has, Error as
  /// Model::load does.
  [[nodiscard]] LoadedModel load(Session& session, const std::string& path,
                                 std::string_view verb) const;
};

}  // namespace hezar::host
