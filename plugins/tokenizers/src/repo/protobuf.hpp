#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hezar::tokenizers {

/// Reads the fields of a message in protobuf's wire format, one after another.
///
///   ProtobufReader reader(bytes, "spiece.model");
///   while (reader.next()) if (reader.field() == 1) use(reader.bytes());
///
/// @source protobuf.dev/programming-guides/encoding
class ProtobufReader {
 public:
  /// @param message  must outlive the reader.
  /// @param origin   what errors call the file; likewise.
  /// @param start    where the message begins in the file, for errors.
  ProtobufReader(std::string_view message, std::string_view origin, std::size_t start = 0)
      : message_(message), origin_(origin), start_(start) {}

  /// Moves to the next field; false at the end.
  /// @throws Error kFormat for a field that is malformed or ends beyond the message.
  [[nodiscard]] bool next();
  [[nodiscard]] std::uint64_t field() const noexcept { return field_; }

  /// The value of the field, which must have that type.
  [[nodiscard]] std::uint64_t integer() const;
  [[nodiscard]] float number() const;
  [[nodiscard]] std::string_view bytes() const;
  /// A field that is a message itself.
  [[nodiscard]] ProtobufReader message() const;

  [[noreturn]] void fail(std::string_view expected, std::string_view got) const;

 private:
  enum class Type : std::uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

  [[nodiscard]] std::uint64_t varint();
  [[nodiscard]] std::string_view take(std::uint64_t size);
  void expect(Type type, std::string_view expected) const;

  std::string_view message_;
  std::string_view origin_;
  std::size_t start_;
  std::size_t at_ = 0;
  std::size_t field_start_ = 0;
  std::uint64_t field_ = 0;
  Type type_ = Type::kVarint;
  std::uint64_t integer_ = 0;
  std::string_view bytes_;
};

}  // namespace hezar::tokenizers
