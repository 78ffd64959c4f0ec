#include <algorithm>
#include <cstdio>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include <hezar/io/files.hpp>
#include <hezar/io/safetensors.hpp>
#include <hezar/text/concat.hpp>
#include <hezar/text/utf8.hpp>

#include <io/bytes.hpp>
#include <io/printable.hpp>
#include <io/safetensors_dtype.hpp>
#include <io/safetensors_header.hpp>
#include <io/writable.hpp>

namespace hezar::io {

namespace {

constexpr std::size_t kPrefixBytes = 8;

struct Row {
  const StateDict::Item* item;
  const SafetensorsDtype* dtype;
};

/// A JSON string escaped as the reference escapes (serde_json).
void append_json(std::string& out, std::string_view text) {
  constexpr std::string_view kShort = "\b\f\n\r\t\"\\";
  constexpr std::string_view kLetters = "bfnrt\"\\";
  out += '"';
  for (const char c : text) {
    const std::size_t letter = kShort.find(c);
    if (letter != std::string_view::npos) {
      out += '\\';
      out += kLetters[letter];
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out += c;
    }
  }
  out += '"';
}

std::vector<Row> sorted_rows(const std::filesystem::path& file, const StateDict& tensors) {
  check_writable(file, tensors);
  std::vector<Row> rows;
  rows.reserve(tensors.size());
  for (const StateDict::Item& item : tensors) {
    const SafetensorsDtype* dtype = find_safetensors_dtype(item.second.dtype());
    if (item.first == "__metadata__" || (dtype->bits < 8 && item.second.dim() == 0)) {
      throw expected_error(ErrorCode::kValue, file.string(), "a tensor that safetensors can hold",
                           text::concat(printable(item.first), ": ", dtype->name, " ",
                                        to_string(item.second.shape())));
    }
    rows.push_back({&item, dtype});
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    if (a.dtype->rank != b.dtype->rank) return a.dtype->rank > b.dtype->rank;
    return a.item->first < b.item->first;
  });
  return rows;
}

std::string metadata_json(const std::map<std::string, std::string>& metadata) {
  std::string out = "\"__metadata__\":{";
  for (const auto& [key, value] : metadata) {
    if (out.back() != '{') out += ',';
    append_json(out, key);
    out += ':';
    append_json(out, value);
  }
  return out + '}';
}

void append_info(std::string& out, const Row& row, std::uint64_t begin) {
  const Tensor& tensor = row.item->second;
  append_json(out, row.item->first);
  out += text::concat(":{\"dtype\":\"", row.dtype->name, "\",\"shape\":[");
  for (std::int64_t axis = 0; axis < tensor.dim(); ++axis) {
    const bool halved = row.dtype->bits < 8 && axis + 1 == tensor.dim();
    out += text::concat(axis > 0 ? "," : "", tensor.size(axis) * (halved ? 2 : 1));
  }
  const auto bytes = static_cast<std::uint64_t>(tensor.size_bytes());
  out += text::concat("],\"data_offsets\":[", begin, ",", begin + bytes, "]}");
}

std::string header_json(const std::vector<Row>& rows,
                        const std::map<std::string, std::string>& metadata, std::size_t alignment) {
  std::string out = "{";
  if (!metadata.empty()) out += metadata_json(metadata);
  std::uint64_t begin = 0;
  for (const Row& row : rows) {
    if (out.size() > 1) out += ',';
    append_info(out, row, begin);
    begin += static_cast<std::uint64_t>(row.item->second.size_bytes());
  }
  out += '}';
  // The data behind prefix and header begins aligned.
  const std::size_t begins = (kPrefixBytes + out.size() + alignment - 1) / alignment * alignment;
  out.resize(begins - kPrefixBytes, ' ');
  return out;
}

void write_rows(const std::filesystem::path& file, const std::vector<Row>& rows,
                const std::map<std::string, std::string>& metadata, std::size_t alignment) {
  for (const auto& [key, value] : metadata) {
    if (!text::find_invalid_utf8(key) && !text::find_invalid_utf8(value)) continue;
    throw expected_error(ErrorCode::kValue, file.string(), "metadata in UTF-8", printable(key));
  }
  const std::string header = header_json(rows, metadata, alignment);
  if (header.size() > kMaxHeaderBytes) {
    throw expected_error(ErrorCode::kValue, file.string(),
                         text::concat("names and metadata of at most ", kMaxHeaderBytes, " bytes"),
                         std::to_string(header.size()));
  }
  write_file(file, [&](std::ostream& out) {
    std::string prefix;
    append_little(prefix, std::uint64_t{header.size()});
    out << prefix << header;
    for (const Row& row : rows) {
      const Tensor dense = row.item->second.contiguous();
      out.write(static_cast<const char*>(dense.data()), dense.size_bytes());
    }
  });
}

}  // namespace

void write_safetensors(const std::filesystem::path& file, const StateDict& tensors,
                       const std::map<std::string, std::string>& metadata) {
  write_rows(file, sorted_rows(file, tensors), metadata, kPrefixBytes);
}

void write_aligned_safetensors(const std::filesystem::path& file, const StateDict& tensors,
                               const std::map<std::string, std::string>& metadata) {
  std::vector<Row> rows = sorted_rows(file, tensors);
  // Those that keep what follows aligned come first; behind them, wide elements before narrow ones.
  std::stable_partition(rows.begin(), rows.end(), [](const Row& row) {
    return row.item->second.size_bytes() % kTensorAlignment == 0;
  });
  write_rows(file, rows, metadata, kTensorAlignment);
}

}  // namespace hezar::io
