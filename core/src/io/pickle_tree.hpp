#pragma once

#include <cstdint>
#include <deque>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// The values of a pickle that was read without running it.
namespace hezar::io::pickle {

/// Where a node is in its tree.
using Id = std::uint32_t;

enum class Kind : std::uint8_t {
  kNone,
  kBool,
  kInt,
  kFloat,
  kString,
  kTuple,
  kList,
  kDict,        ///< items: key, value, key, value, ...
  kGlobal,      ///< text: an allowed "module.name"
  kCall,        ///< items: the global, its tuple of arguments. Nobody has called it.
  kPersistent,  ///< items: what identifies the object
};

/// "an int", "a dict", ... for messages.
[[nodiscard]] std::string_view to_string(Kind kind) noexcept;

class Node {
 public:
  explicit Node(Kind kind) : kind_(kind) {}
  Node(Kind kind, std::int64_t value) : kind_(kind), value_(value) {}
  explicit Node(double value) : kind_(Kind::kFloat), value_(value) {}
  Node(Kind kind, std::string_view text) : kind_(kind), value_(text) {}
  Node(Kind kind, std::vector<Id> items) : kind_(kind), value_(std::move(items)) {}

  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  /// The caller has looked at kind().
  [[nodiscard]] std::int64_t integer() const { return std::get<std::int64_t>(value_); }
  [[nodiscard]] double real() const { return std::get<double>(value_); }
  [[nodiscard]] std::string_view text() const { return std::get<std::string_view>(value_); }
  [[nodiscard]] const std::vector<Id>& items() const { return std::get<std::vector<Id>>(value_); }
  [[nodiscard]] std::vector<Id>& items() { return std::get<std::vector<Id>>(value_); }
  [[nodiscard]] bool has_items() const noexcept {
    return std::holds_alternative<std::vector<Id>>(value_);
  }

 private:
  Kind kind_;
  std::variant<std::int64_t, double, std::string_view, std::vector<Id>> value_;
};

/// Nodes refer to each other by place, so nothing recurses when a tree is destroyed, however deep
/// it is. Texts view the pickle's bytes and the allow-list, which must outlive it.
struct Tree {
  std::deque<Node> nodes;
  Id root = 0;

  [[nodiscard]] const Node& operator[](Id id) const { return nodes[id]; }
};

}  // namespace hezar::io::pickle
