#include <hezar/tensor/device.hpp>

#include <charconv>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar {

Device Device::parse(std::string_view name) {
  if (name == "cpu") return {};
  if (name == "cuda") return {Type::kCuda, 0};
  if (name.starts_with("cuda:")) {
    const std::string_view digits = name.substr(5);
    int index = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    if (error == std::errc{} && end == digits.data() + digits.size() && index >= 0)
      return {Type::kCuda, index};
  }
  throw expected_error(ErrorCode::kValue, "device", "cpu, cuda or cuda:N",
                       text::concat('"', name, '"'));
}

std::string Device::name() const {
  if (type == Type::kCpu) return "cpu";
  return text::concat("cuda:", index);
}

Precision parse_precision(std::string_view name) {
  if (name == "fp32") return Precision::kFp32;
  if (name == "bf16") return Precision::kBf16;
  if (name == "int8") return Precision::kInt8;
  if (name == "auto") return Precision::kAuto;
  throw expected_error(ErrorCode::kValue, "precision", "fp32, bf16, int8 or auto",
                       text::concat('"', name, '"'));
}

std::string_view to_string(Precision precision) noexcept {
  switch (precision) {
    case Precision::kFp32:
      return "fp32";
    case Precision::kBf16:
      return "bf16";
    case Precision::kInt8:
      return "int8";
    case Precision::kAuto:
      return "auto";
  }
  return "fp32";
}

}  // namespace hezar
