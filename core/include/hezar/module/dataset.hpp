#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <hezar/api.hpp>
#include <hezar/module/module.hpp>
#include <hezar/tensor/columns.hpp>

namespace hezar {

/// Rows to a batch: pads, stacks, builds masks.
/// @thread const calls are safe on one object.
class HEZAR_API Collator {
 public:
  virtual ~Collator();
  [[nodiscard]] virtual Inputs collate(std::span<const Columns> rows) const = 0;
};

/// A sized, indexable collection of preprocessed rows.
/// @thread `row` is safe for concurrent calls, so that loaders may prefetch.
class HEZAR_API Dataset : public Module {
 public:
  static constexpr std::string_view kKind = "dataset";
  ~Dataset() override;

  /// Rows after `max_size` is applied.
  [[nodiscard]] virtual std::int64_t size() const = 0;

  /// One preprocessed row, e.g. "token_ids" [tokens], "labels" [].
  /// @throws Error kValue when index is outside [0, size).
  [[nodiscard]] virtual Columns row(std::int64_t index) const = 0;

  /// How this dataset's rows become batches; owned by the dataset.
  [[nodiscard]] virtual const Collator& collator() const = 0;

  /// Label names by id; empty where the task has none.
  [[nodiscard]] virtual std::map<std::int64_t, std::string> id2label() const;

  [[nodiscard]] FileLayout layout() const override;
};

}  // namespace hezar
