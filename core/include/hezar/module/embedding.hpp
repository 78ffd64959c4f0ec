#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/module/module.hpp>
#include <hezar/module/options.hpp>
#include <hezar/tensor/tensor.hpp>

namespace hezar {

/// Words to vectors.
class HEZAR_API Embedding : public Module {
 public:
  static constexpr std::string_view kKind = "embedding";
  using Scored = std::pair<std::string, double>;
  ~Embedding() override;

  /// float32 [words, dim], a view on the model's memory.
  [[nodiscard]] virtual Tensor vectors() const = 0;
  [[nodiscard]] virtual std::optional<std::int64_t> index_of(std::string_view word) const = 0;
  [[nodiscard]] virtual std::string_view word_at(std::int64_t index) const = 0;
  /// float32 [dim]; composed from n-grams where the model can.
  /// @throws Error kKey for an unknown word.
  [[nodiscard]] virtual Tensor vector(std::string_view word) const = 0;
  /// The `top_n` nearest words by cosine, best first, the query left out.
  [[nodiscard]] virtual std::vector<Scored> most_similar(std::string_view word,
                                                         std::int64_t top_n) const = 0;
  /// @thread one owner while it runs.
  virtual void train(std::span<const std::vector<std::string>> sentences,
                     const PredictOptions& options) = 0;

  [[nodiscard]] FileLayout layout() const override;
};

}  // namespace hezar
