#include <io/safetensors_header.hpp>

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

#include <io/printable.hpp>
#include <io/safetensors_dtype.hpp>
#include <io/safetensors_visitor.hpp>

namespace hezar::io {

namespace {

using Entry = SafetensorsFile::Entry;

constexpr std::string_view kDamaged =
    "The file is damaged or was made to mislead; download it again.";

/// The shape has been checked: nothing here overflows.
std::uint64_t bytes_of(const Entry& entry) {
  std::uint64_t elements = 1;
  for (const std::int64_t length : entry.shape) elements *= static_cast<std::uint64_t>(length);
  return elements * find_safetensors_dtype(entry.dtype)->bits / 8;
}

/// Every byte of the data belongs to exactly one tensor.
void check_cover(const std::vector<Entry>& entries, std::uint64_t data_size,
                 std::string_view file) {
  std::vector<const Entry*> sorted;
  sorted.reserve(entries.size());
  for (const Entry& entry : entries) sorted.push_back(&entry);
  std::sort(sorted.begin(), sorted.end(), [](const Entry* a, const Entry* b) {
    return std::tie(a->begin, a->end) < std::tie(b->begin, b->end);
  });
  std::uint64_t covered = 0;
  for (const Entry* entry : sorted) {
    const std::string where = "tensor " + printable(entry->name);
    const std::string range = text::concat("[", entry->begin, ", ", entry->end, "]");
    if (entry->begin != covered) {
      throw safetensors_error(file, "BAD_OFFSETS",
                              text::concat(where, " to begin at byte ", covered), range,
                              std::string(kDamaged));
    }
    if (entry->end - entry->begin != bytes_of(*entry)) {
      throw safetensors_error(file, "SIZE_MISMATCH",
                              text::concat(bytes_of(*entry), " bytes for ", where, " (",
                                           entry->dtype, " ", to_string(entry->shape), ")"),
                              range, std::string(kDamaged));
    }
    covered = entry->end;
  }
  if (covered != data_size) {
    throw safetensors_error(
        file, "BUFFER_SIZE_MISMATCH", text::concat(covered, " bytes of data, as the header says"),
        std::to_string(data_size),
        data_size < covered ? "The file is cut short; download it again." : std::string(kDamaged));
  }
}

void check_json(const std::optional<JsonFault>& fault, std::string_view file) {
  if (!fault) return;
  if (fault->kind == JsonFault::Kind::kSyntax) {
    throw safetensors_error(file, "HEADER_NOT_JSON", "a header of strict JSON", fault->what,
                            std::string(kDamaged));
  }
  throw safetensors_error(file, "DUPLICATE_KEY", "each key once",
                          text::concat(printable(fault->what), " twice"), std::string(kDamaged));
}

}  // namespace

Error safetensors_error(std::string_view file, std::string_view code, std::string_view expected,
                        std::string_view got, std::string hint) {
  return expected_error(ErrorCode::kFormat, text::concat(file, ": ", code), expected, got,
                        std::move(hint));
}

SafetensorsHeader parse_safetensors_header(std::string_view json, std::uint64_t data_size,
                                           std::string_view file) {
  if (text::find_invalid_utf8(json)) {
    throw safetensors_error(file, "HEADER_NOT_UTF8", "a header of UTF-8", "other bytes",
                            std::string(kDamaged));
  }
  SafetensorsVisitor visitor;
  check_json(walk_json(json, visitor), file);
  if (const auto& failure = visitor.failure()) {
    const std::string expected = failure->where.empty()
                                     ? failure->expected
                                     : failure->where + " to have " + failure->expected;
    throw safetensors_error(file, failure->code, expected, failure->got, std::string(kDamaged));
  }
  SafetensorsHeader header = visitor.take();
  check_cover(header.entries, data_size, file);
  return header;
}

}  // namespace hezar::io
