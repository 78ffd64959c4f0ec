#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>
#include <boost/json.hpp>

namespace hezar::yaml {

/// Builds JSON from the events of yaml-cpp's parser, which recurses once per level: what is too
/// deep, too large or refers to itself is refused at its event, before the parser goes on.
class Builder : public YAML::EventHandler {
 public:
  /// @param text  the document, which must outlive the builder, without a byte order mark.
  Builder(std::string_view text, std::string_view origin);
  ~Builder() override;
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override;
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override;
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;

  [[nodiscard]] boost::json::value& root() noexcept { return root_; }
  /// Of the root's first token, from 1; 0 when the text holds nothing.
  [[nodiscard]] int root_line() const noexcept { return root_line_; }
  /// Grows with every event, so that a reader can tell whether the parser gets on.
  [[nodiscard]] std::size_t events() const noexcept { return events_; }

 private:
  /// What a subtree costs; aliases repeat it.
  struct Weight {
    std::size_t nodes = 0;
    std::size_t bytes = 0;
    std::size_t height = 0;
  };
  struct Anchored {
    boost::json::value value;
    Weight weight;
    bool is_complete = false;
  };
  struct Frame {
    bool is_map = false;
    int line = 0;
    YAML::anchor_t anchor = 0;
    Weight weight;
    boost::json::array items;
    boost::json::object entries;
    std::vector<int> key_lines;  // of `entries`, in their order
    std::optional<std::string> key;
    int key_line = 0;
    bool is_merge = false;  // the pending key is a plain `<<`
    std::vector<boost::json::object> merged;
  };

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, bool is_map);
  void close(boost::json::value value);
  void scalar(const YAML::Mark& mark, boost::json::value value, YAML::anchor_t anchor,
              bool is_merge_key);
  void put(const YAML::Mark& mark, boost::json::value value, const Weight& weight);
  void put_key(const YAML::Mark& mark, const boost::json::value& value, bool is_merge_key);
  void put_merge(Frame& frame, boost::json::value value, int line);
  void keep_anchor(YAML::anchor_t anchor, const boost::json::value& value, const Weight& weight,
                   int line);
  void check_size(const Weight& total, std::string_view what, int line) const;
  [[noreturn]] void fail(std::string_view expected, std::string_view got, int line,
                         std::string_view hint = {}) const;

  std::string_view text_;
  std::string_view origin_;
  std::vector<Frame> frames_;
  std::unordered_map<YAML::anchor_t, Anchored> anchors_;
  Weight built_;     // everything, aliases expanded
  Weight anchored_;  // copies kept for aliases
  boost::json::value root_;
  int root_line_ = 0;
  std::size_t events_ = 0;
  bool has_document_ = false;
};

}  // namespace hezar::yaml
