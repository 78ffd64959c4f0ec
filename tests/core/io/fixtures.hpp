#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include <hezar/tensor/tensor.hpp>

namespace hezar::io::testing {

/// A file of tests/data/io.
[[nodiscard]] std::filesystem::path data_file(std::string_view name);

/// A JSON file of tests/data/io.
[[nodiscard]] boost::json::value read_cases(std::string_view name);

[[nodiscard]] std::string from_hex(std::string_view hex);

/// `{"hex": ...}`, or `{"zlib": <base64>, "size": ...}` for long ones.
[[nodiscard]] std::string unpack(const boost::json::value& packed);

/// The elements in row-major order.
[[nodiscard]] std::string bytes_of(const Tensor& tensor);

[[nodiscard]] std::string text(const boost::json::value& value);

}  // namespace hezar::io::testing
