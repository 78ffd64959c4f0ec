#include <io/pickle_writer.hpp>

#include <limits>
#include <utility>

#include <io/bytes.hpp>
#include <io/pickle_opcodes.hpp>

namespace hezar::io::pickle {

Writer::Writer() {
  op(kOpProto);
  op('\x02');
}

void Writer::global(std::string_view module, std::string_view name) {
  op(kOpGlobal);
  out_.append(module).append("\n").append(name).append("\n");
}

void Writer::string(std::string_view text) {
  op(kOpBinUnicode);
  append_little(out_, static_cast<std::uint32_t>(text.size()));
  out_ += text;
}

void Writer::integer(std::int64_t value) {
  if (value >= std::numeric_limits<std::int32_t>::min() &&
      value <= std::numeric_limits<std::int32_t>::max()) {
    op(kOpBinInt);
    append_little(out_, static_cast<std::uint32_t>(value));
  } else {
    op(kOpLong1);
    append_little(out_, std::uint8_t{sizeof value});
    append_little(out_, static_cast<std::uint64_t>(value));
  }
}

void Writer::boolean(bool value) {
  op(value ? kOpNewTrue : kOpNewFalse);
}

void Writer::tuple(std::span<const std::int64_t> values) {
  op(kOpMark);
  for (const std::int64_t value : values) integer(value);
  op(kOpTuple);
}

void Writer::ordered_dict() {
  global("collections", "OrderedDict");
  op(kOpEmptyTuple);
  op(kOpReduce);
}

std::string Writer::finish() {
  op(kOpStop);
  return std::move(out_);
}

}  // namespace hezar::io::pickle
