#include <repo/protobuf.hpp>

#include <bit>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::tokenizers {

void ProtobufReader::fail(std::string_view expected, std::string_view got) const {
  throw expected_error(ErrorCode::kFormat, text::concat(origin_, ": byte ", start_ + field_start_),
                       expected, got, "The file is damaged, or is no SentencePiece model.");
}

std::uint64_t ProtobufReader::varint() {
  constexpr unsigned kMaxShift = 63;
  std::uint64_t out = 0;
  for (unsigned shift = 0; at_ < message_.size() && shift <= kMaxShift; shift += 7) {
    const auto byte = static_cast<unsigned char>(message_[at_++]);
    out |= std::uint64_t{byte & 0x7FU} << shift;
    if ((byte & 0x80U) == 0) return out;
  }
  fail("an integer of at most 10 bytes", "one that does not end");
}

std::string_view ProtobufReader::take(std::uint64_t size) {
  const std::size_t left = message_.size() - at_;
  if (size > left) {
    fail(text::concat("a field of ", size, " bytes"), text::concat(left, " bytes"));
  }
  const std::string_view out = message_.substr(at_, static_cast<std::size_t>(size));
  at_ += out.size();
  return out;
}

bool ProtobufReader::next() {
  field_start_ = at_;
  if (at_ == message_.size()) return false;
  const std::uint64_t key = varint();
  field_ = key >> 3U;
  if (field_ == 0) fail("a field number from 1", "0");
  type_ = static_cast<Type>(key & 7U);
  switch (type_) {
    case Type::kVarint:
      integer_ = varint();
      return true;
    case Type::kFixed64:
      bytes_ = take(8);
      return true;
    case Type::kBytes:
      bytes_ = take(varint());
      return true;
    case Type::kFixed32:
      bytes_ = take(4);
      return true;
  }
  fail("a field of wire type 0, 1, 2 or 5", text::concat(key & 7U));
}

void ProtobufReader::expect(Type type, std::string_view expected) const {
  if (type_ == type) return;
  fail(text::concat("field ", field_, " to be ", expected),
       text::concat("wire type ", static_cast<unsigned>(type_)));
}

std::uint64_t ProtobufReader::integer() const {
  expect(Type::kVarint, "an integer");
  return integer_;
}

float ProtobufReader::number() const {
  expect(Type::kFixed32, "a float");
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    bits |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes_[i])) << 8U * i;
  }
  return std::bit_cast<float>(bits);
}

std::string_view ProtobufReader::bytes() const {
  expect(Type::kBytes, "bytes");
  return bytes_;
}

ProtobufReader ProtobufReader::message() const {
  const std::string_view content = bytes();
  const auto offset = static_cast<std::size_t>(content.data() - message_.data());
  return {content, origin_, start_ + offset};
}

}  // namespace hezar::tokenizers
