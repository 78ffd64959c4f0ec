#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <hezar/api.hpp>
#include <hezar/tensor/tensor.hpp>

namespace hezar {

/// A half-open range; of characters (Unicode code points) where it is an offset into a text.
struct Span {
  std::int64_t start = 0;
  std::int64_t end = 0;
  bool operator==(const Span&) const = default;
};

using Strings = std::vector<std::string>;
using Integers = std::vector<std::int64_t>;
using Numbers = std::vector<double>;
using Spans = std::vector<Span>;
using Tensors = std::vector<Tensor>;

/// One named value of a batch or of a row: a tensor, or a list with one entry per row, or a list of
/// lists where rows differ in length (tokens, offsets, labels).
using Column = std::variant<Tensor, Tensors, Strings, std::vector<Strings>, Integers,
                            std::vector<Integers>, Numbers, Spans, std::vector<Spans>>;

/// "tensor float32 [2, 3]", "list of strings (4)": for error messages.
[[nodiscard]] HEZAR_API std::string describe(const Column& column);

/// Ordered, named values: what goes into and comes out of preprocessors, models, datasets,
/// collators and metrics.
class HEZAR_API Columns {
 public:
  using Item = std::pair<std::string, Column>;

  Columns();
  Columns(std::initializer_list<Item> items);
  ~Columns();
  Columns(const Columns&);
  Columns& operator=(const Columns&);
  Columns(Columns&&) noexcept;
  Columns& operator=(Columns&&) noexcept;

  /// Replaces the value of `name`, or appends it.
  void set(std::string name, Column value);
  void erase(std::string_view name);

  [[nodiscard]] bool contains(std::string_view name) const noexcept {
    return find(name) != nullptr;
  }
  /// Null when absent.
  [[nodiscard]] const Column* find(std::string_view name) const noexcept;
  /// @throws Error kKey that lists what is there.
  [[nodiscard]] const Column& at(std::string_view name) const;

  /// The value of `name` as a T, one of Column's alternatives.
  /// @throws Error kKey when absent, kValue when it is of another kind.
  template <class T>
  [[nodiscard]] const T& get(std::string_view name) const {
    const Column& column = at(name);
    if (const T* value = std::get_if<T>(&column)) return *value;
    throw_wrong_kind(name, column, Column(T{}));
  }
  [[nodiscard]] const Tensor& tensor(std::string_view name) const { return get<Tensor>(name); }
  [[nodiscard]] const Strings& strings(std::string_view name) const { return get<Strings>(name); }

  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  [[nodiscard]] std::vector<Item>::const_iterator begin() const noexcept { return items_.begin(); }
  [[nodiscard]] std::vector<Item>::const_iterator end() const noexcept { return items_.end(); }
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  [[noreturn]] static void throw_wrong_kind(std::string_view name, const Column& got,
                                            const Column& wanted);

  std::vector<Item> items_;
};

/// What a model takes. Raw inputs of `predict` are in the column "inputs": texts or paths as
/// Strings, waveforms or images as Tensors, words as a list of Strings; "pairs" holds second texts.
using Inputs = Columns;
/// What a model gives, under the reference's names ("logits", "last_hidden_state", ...).
using Outputs = Columns;

inline constexpr std::string_view kRawInputs = "inputs";
inline constexpr std::string_view kRawPairs = "pairs";

}  // namespace hezar
