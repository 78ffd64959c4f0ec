#pragma once

#include <cstdint>
#include <string>

#include <boost/json.hpp>

#include <bulk/bulk.hpp>
#include <cli/command.hpp>
#include <commands/model_arguments.hpp>

namespace hezar::host {

/// `hezar predict PATH|REPO [INPUT...]`
class PredictCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  /// What results depend on beside the input.
  [[nodiscard]] boost::json::object identity(const std::string& model) const;

  BulkOptions bulk_;
  ModelArguments model_;
  std::int64_t batch_size_ = 0;
  std::string similar_;
  std::int64_t top_ = 5;
};

}  // namespace hezar::host
