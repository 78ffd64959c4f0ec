#include <pre_tokenizers/metaspace.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <hezar/text/utf8.hpp>

namespace hezar::tokenizers {

/// Writes the text and its pieces in one pass.
class Metaspace::Writer {
 public:
  Writer(const Metaspace& metaspace, PreTokenized& text)
      : options_(metaspace.options_),
        mark_(metaspace.mark_),
        text_(text),
        view_(text.text.view()),
        out_(text.text) {
    text.spare.clear();
  }

  void run() {
    for (const Piece& piece : text_.pieces) {
      open_ = out_.size();
      if (piece.token != kNoToken) {
        out_.keep(piece.begin, piece.end);
      } else {
        write(piece);
      }
      close(piece.token);
    }
    text_.pieces.swap(text_.spare);
    out_.finish();
  }

 private:
  void write(const Piece& piece) {
    const bool is_marked = view_[piece.begin] == ' ' || has_mark(piece.begin, piece.end);
    if (!is_marked && wants_mark(piece)) out_.replace(options_.replacement, piece.begin);
    std::size_t kept = piece.begin;
    for (std::size_t at = piece.begin; at < piece.end; ++at) {
      const bool is_space = view_[at] == ' ';
      if (!is_space && !has_mark(at, piece.end)) continue;
      out_.keep(kept, at);
      kept = at;
      if (options_.split) close(kNoToken);
      if (!is_space) continue;
      out_.replace(options_.replacement, at);
      kept = at + 1;
    }
    out_.keep(kept, piece.end);
  }

  [[nodiscard]] bool has_mark(std::size_t at, std::size_t end) const {
    return view_[at] == mark_[0] && view_.substr(at, end - at).starts_with(mark_);
  }
  [[nodiscard]] bool wants_mark(const Piece& piece) const {
    switch (options_.prepend) {
      case MetaspaceOptions::Prepend::kAlways:
        return true;
      case MetaspaceOptions::Prepend::kFirst:
        return text_.text.begins_input(piece.begin);
      case MetaspaceOptions::Prepend::kNever:
        break;
    }
    return false;
  }

  /// Ends the piece that is being written.
  void close(std::uint32_t token) {
    const std::size_t end = out_.size();
    if (open_ == end) return;
    text_.spare.push_back(
        {static_cast<std::uint32_t>(open_), static_cast<std::uint32_t>(end), token});
    open_ = end;
  }

  const MetaspaceOptions& options_;
  const std::string& mark_;
  PreTokenized& text_;
  std::string_view view_;
  Rewriter out_;
  std::size_t open_ = 0;
};

Metaspace::Metaspace(const MetaspaceOptions& options) : options_(options) {
  text::append_utf8(mark_, options.replacement);
}

void Metaspace::apply(PreTokenized& text) const {
  Writer(*this, text).run();
}

}  // namespace hezar::tokenizers
