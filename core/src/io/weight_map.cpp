#include <io/weight_map.hpp>

#include <algorithm>
#include <optional>

#include <hezar/io/files.hpp>
#include <hezar/text/concat.hpp>

#include <io/json_events.hpp>
#include <io/printable.hpp>
#include <io/safetensors_header.hpp>

namespace hezar::io {

namespace {

constexpr std::size_t kMapDepth = 2;  // keys of weight_map: in the second open container

/// Collects weight_map; everything else in the index is advisory.
class IndexVisitor : public JsonVisitor {
 public:
  void begin_object() override { begin("an object", true); }
  void end_object() override { end(); }
  void begin_array() override { begin("an array", false); }
  void end_array() override { end(); }
  void key(std::string&& name) override {
    if (depth_ == 1) in_map_ = name == "weight_map";
    if (depth_ == kMapDepth && in_map_) tensor_ = std::move(name);
  }
  void string(std::string&& text) override {
    if (depth_ == kMapDepth && in_map_) {
      map_.emplace_back(std::move(tensor_), std::move(text));
    } else {
      scalar("a string");
    }
  }
  void integer(std::uint64_t) override { scalar("a number"); }
  void other(std::string_view kind) override { scalar(kind); }

  [[nodiscard]] std::string problem() const {
    if (!problem_.empty()) return problem_;
    return found_ ? std::string() : "an index without weight_map";
  }
  [[nodiscard]] WeightMap take() { return std::move(map_); }

 private:
  void begin(std::string_view kind, bool object) {
    if (depth_ == 0 && !object) refuse(kind);
    if (depth_ == 1 && in_map_) {
      found_ = true;
      if (!object) refuse(kind);
    }
    if (depth_ == kMapDepth && in_map_) refuse(kind);
    ++depth_;
  }
  void end() { --depth_; }
  void scalar(std::string_view kind) {
    if (depth_ == 0 || (depth_ <= kMapDepth && in_map_)) refuse(kind);
  }
  void refuse(std::string_view kind) {
    if (!problem_.empty()) return;
    constexpr std::string_view kPlaces[] = {"", " as weight_map", " as a shard's name"};
    problem_ = text::concat(kind, kPlaces[depth_]);
  }

  std::size_t depth_ = 0;
  bool in_map_ = false;
  bool found_ = false;
  std::string tensor_;
  std::string problem_;
  WeightMap map_;
};

/// The name of a file at or below the index's own folder, on every platform. Nothing is resolved:
/// in the Hub's cache such files are links that lead out of the folder.
bool is_shard_name(std::string_view name, std::string_view extension) {
  if (!name.ends_with(extension)) return false;
  if (name.find_first_of(std::string_view("\\:\0", 3)) != std::string_view::npos) return false;
  std::size_t begin = 0;
  while (begin <= name.size()) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string_view part = name.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

}  // namespace

Error index_error(const std::filesystem::path& file, std::string_view code,
                  std::string_view expected, std::string_view got, std::string hint) {
  return expected_error(ErrorCode::kFormat, text::concat(file.string(), ": ", code), expected, got,
                        std::move(hint));
}

WeightMap read_weight_map(const std::filesystem::path& index_file, std::string_view extension) {
  const std::string text = read_file(index_file, kMaxHeaderBytes);
  IndexVisitor visitor;
  const std::optional<JsonFault> fault = walk_json(text, visitor);
  std::string problem = visitor.problem();
  if (fault) {
    problem =
        fault->kind == JsonFault::Kind::kSyntax ? fault->what : printable(fault->what) + " twice";
  }
  if (!problem.empty()) {
    throw index_error(index_file, "INDEX_BAD_JSON",
                      "strict JSON with a weight_map from tensors to file names", problem);
  }
  WeightMap map = visitor.take();
  for (const auto& [tensor, shard] : map) {
    if (is_shard_name(shard, extension)) continue;
    throw index_error(index_file, "INDEX_BAD_FILENAME",
                      text::concat("relative names ending in ", extension, ", without \"..\""),
                      printable(shard), "Nothing was opened.");
  }
  return map;
}

}  // namespace hezar::io
