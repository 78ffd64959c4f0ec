#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

namespace hezar::tokenizers {

/// A value of a tokenizer.json and where it stands, so that every complaint names its path:
/// `tokenizer.json: normalizer.normalizers[1].type: expected ..., got ...`.
class JsonCursor {
 public:
  /// @param value  must outlive the cursor.
  JsonCursor(const boost::json::value& value, std::string_view origin, std::string path = {});

  /// A member that must be there.
  [[nodiscard]] JsonCursor at(std::string_view key) const;
  /// A member that may be absent or null.
  [[nodiscard]] std::optional<JsonCursor> find(std::string_view key) const;
  [[nodiscard]] JsonCursor item(std::size_t index) const;
  /// All items of a list.
  [[nodiscard]] std::vector<JsonCursor> items() const;

  [[nodiscard]] const boost::json::object& object() const;
  [[nodiscard]] const boost::json::array& array() const;
  [[nodiscard]] std::string_view string() const;
  [[nodiscard]] bool boolean() const;
  /// An integer from 0 to `maximum`.
  [[nodiscard]] std::int64_t integer(std::int64_t maximum) const;

  /// The object's "type", which must be one of `known`.
  [[nodiscard]] std::string_view type(std::initializer_list<std::string_view> known) const;
  /// As above; where no type is named, as the library's first versions did, the first of `telling`
  /// (a member and the type that has it) whose member is there tells it.
  [[nodiscard]] std::string_view type(
      std::initializer_list<std::string_view> known,
      std::initializer_list<std::pair<std::string_view, std::string_view>> telling) const;
  /// A string that must be one of `known`.
  [[nodiscard]] std::string_view one_of(std::initializer_list<std::string_view> known) const;
  /// Refuses members that are not in `known`; "type" always is.
  void only(std::initializer_list<std::string_view> known) const;

  [[noreturn]] void fail(std::string_view expected) const;
  [[noreturn]] void fail(std::string_view expected, std::string_view got) const;

  [[nodiscard]] const boost::json::value& value() const noexcept { return *value_; }
  /// `tokenizer.json: model.vocab`, for errors.
  [[nodiscard]] std::string place() const;

 private:
  [[nodiscard]] std::string child(std::string_view key) const;

  const boost::json::value* value_;
  std::string_view origin_;
  std::string path_;
};

}  // namespace hezar::tokenizers
