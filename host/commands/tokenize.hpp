#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <bulk/bulk.hpp>
#include <cli/command.hpp>

namespace hezar::host {

/// `hezar tokenize PATH [TEXT...]`
class TokenizeCommand : public Command {
 public:
  [[nodiscard]] Description describe() const override;
  void declare_options(CLI::App& app) override;
  int run(Session& session) override;

 private:
  void check(std::size_t texts) const;

  BulkOptions bulk_;
  std::vector<std::string> pairs_;
  std::int64_t max_length_ = 0;
  std::string padding_;
  bool no_special_tokens_ = false;
};

}  // namespace hezar::host
