#include <core/io/fixtures.hpp>

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <zlib.h>

namespace hezar::io::testing {

namespace {

std::string from_base64(std::string_view coded) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : coded) {
    if (c == '=') break;
    bits = bits << 6 | static_cast<unsigned>(kAlphabet.find(c));
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
  }
  return out;
}

}  // namespace

std::filesystem::path data_file(std::string_view name) {
  return std::filesystem::path(HEZAR_TEST_DATA) / "io" / name;
}

boost::json::value read_cases(std::string_view name) {
  std::ifstream in(data_file(name), std::ios::binary);
  EXPECT_TRUE(in) << "no " << data_file(name);
  return boost::json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
}

std::string from_hex(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return out;
}

std::string unpack(const boost::json::value& packed) {
  const boost::json::object& object = packed.as_object();
  if (object.contains("hex")) return from_hex(object.at("hex").as_string());
  const std::string coded = from_base64(object.at("zlib").as_string());
  std::string out(object.at("size").to_number<std::size_t>(), '\0');
  uLongf size = out.size();
  EXPECT_EQ(uncompress(reinterpret_cast<Bytef*>(out.data()), &size,
                       reinterpret_cast<const Bytef*>(coded.data()), coded.size()),
            Z_OK);
  EXPECT_EQ(size, out.size());
  return out;
}

std::string bytes_of(const Tensor& tensor) {
  const Tensor dense = tensor.contiguous();
  return {static_cast<const char*>(dense.data()), static_cast<std::size_t>(dense.size_bytes())};
}

std::string text(const boost::json::value& value) {
  const boost::json::string& string = value.as_string();
  return {string.data(), string.size()};
}

}  // namespace hezar::io::testing
