#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace hezar::io::pickle {

/// Writes pickle protocol 2, one value after another.
class Writer {
 public:
  Writer();

  void global(std::string_view module, std::string_view name);
  void string(std::string_view text);
  void integer(std::int64_t value);
  void boolean(bool value);
  void tuple(std::span<const std::int64_t> values);
  /// An empty collections.OrderedDict.
  void ordered_dict();
  void op(char opcode) { out_ += opcode; }

  /// Ends the pickle.
  [[nodiscard]] std::string finish();

 private:
  std::string out_;
};

}  // namespace hezar::io::pickle
