#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <hezar/error/error.hpp>

#include <io/pickle_tree.hpp>

namespace hezar::io::pickle {

using AllowList = std::set<std::string, std::less<>>;

inline constexpr std::size_t kMaxBytes = 64U << 20;
inline constexpr std::size_t kMaxDepth = 64;
inline constexpr std::size_t kMaxNodes = 10'000'000;

/// Reads a pickle into a tree. Runs no code: a call becomes a node, and only names of the
/// allow-list may occur. `collections.OrderedDict()` becomes a dict.
///
/// One machine reads one pickle.
class Machine {
 public:
  /// @param bytes    viewed by the tree, as is `allowed`.
  /// @param file     what errors begin with.
  Machine(std::string_view bytes, const AllowList& allowed, std::string_view file)
      : bytes_(bytes), allowed_(&allowed), file_(file) {}

  /// @throws Error kFormat: an opcode or name that is not allowed, a broken pickle, a passed bound.
  [[nodiscard]] Tree run();

 private:
  // Each returns false when the opcode is not of its group.
  bool run_scalar(char opcode);
  bool run_container(char opcode);
  bool run_memo(char opcode);
  bool run_object(char opcode);

  void push(Node node);
  Id pop();
  Node& top(Kind kind);
  std::vector<Id> pop_mark();
  std::vector<Id> pop_many(std::size_t count);

  std::string_view take(std::size_t count);
  template <class T>
  T take_number();
  std::string_view take_line();

  void push_global();
  void push_long();
  void push_float();
  void push_call();
  void append(std::vector<Id> values);
  void set_items(std::vector<Id> values);
  void build();
  void put(std::uint32_t key);
  void get(std::uint32_t key);
  void check_depth() const;

  [[nodiscard]] Error error(std::string_view expected, std::string_view got,
                            std::string hint = {}) const;

  std::string_view bytes_;
  const AllowList* allowed_;
  std::string_view file_;
  std::size_t at_ = 0;
  Tree tree_;
  std::vector<Id> stack_;
  std::vector<std::size_t> marks_;  // heights of the stack
  std::map<std::uint32_t, Id> memo_;
};

}  // namespace hezar::io::pickle
