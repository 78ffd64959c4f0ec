#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <io/json_events.hpp>
#include <io/safetensors_header.hpp>

namespace hezar::io {

/// Builds entries and metadata from the events of a header. The first broken rule is kept rather
/// than thrown, as a syntax error further on takes precedence; after it nothing more is collected.
class SafetensorsVisitor : public JsonVisitor {
 public:
  struct Failure {
    std::string code;
    std::string where;  ///< "tensor "x"", or empty
    std::string expected;
    std::string got;
  };

  void begin_object() override;
  void end_object() override;
  void begin_array() override;
  void end_array() override;
  void key(std::string&& name) override;
  void string(std::string&& text) override;
  void integer(std::uint64_t value) override;
  void other(std::string_view kind) override { refuse(kind); }

  [[nodiscard]] const std::optional<Failure>& failure() const noexcept { return failure_; }
  [[nodiscard]] SafetensorsHeader take() { return std::move(header_); }

 private:
  enum class Role : std::uint8_t { kTop, kMetadata, kInfo, kShape, kOffsets, kIgnored };
  enum class Field : std::uint8_t { kDtype, kShape, kOffsets, kUnknown };

  /// Fails when a value of this kind may not stand here.
  void refuse(std::string_view got);
  void fail(std::string_view code, std::string_view expected, std::string_view got);
  [[nodiscard]] bool in(Role role) const noexcept {
    return !roles_.empty() && roles_.back() == role;
  }
  void add_dim(std::uint64_t length);
  void finish_info();
  void check_shape(std::uint32_t bits);

  std::vector<Role> roles_;
  std::optional<Failure> failure_;
  SafetensorsHeader header_;
  std::string name_;          // the current key of the top object
  std::string metadata_key_;  // of __metadata__
  Field field_ = Field::kUnknown;
  // The tensor being read.
  std::optional<std::string> dtype_;
  std::optional<Shape> shape_;
  std::optional<std::vector<std::uint64_t>> offsets_;
};

}  // namespace hezar::io
