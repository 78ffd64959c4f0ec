#include <decoders/text_decoders.hpp>

#include <decoders/replacing.hpp>

namespace hezar::tokenizers {

void DecoderSequence::apply(const TokenTexts& tokens, TokenTexts& out) const {
  out = tokens;
  TokenTexts next;
  for (const auto& part : parts_) {
    next.clear();
    part->apply(out, next);
    std::swap(out, next);
  }
}

void Fuse::apply(const TokenTexts& tokens, TokenTexts& out) const {
  out.add(tokens.joined());
}

void WordPieceDecoder::apply(const TokenTexts& tokens, TokenTexts& out) const {
  out.reserve(tokens.size(), tokens.joined().size() + tokens.size());
  std::string& text = out.open();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view token = tokens[i];
    const std::size_t begin = text.size();
    if (i == 0) {
      text += token;
    } else if (token.starts_with(prefix_)) {
      text += token.substr(prefix_.size());
    } else {
      text += ' ';
      text += token;
    }
    if (cleanup_) clean_up(text, begin);
    out.close();
  }
}

void BpeDecoder::apply(const TokenTexts& tokens, TokenTexts& out) const {
  out.reserve(tokens.size(), tokens.joined().size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    append_replaced(out.open(), tokens[i], suffix_, i + 1 == tokens.size() ? "" : " ");
    out.close();
  }
}

void MetaspaceDecoder::apply(const TokenTexts& tokens, TokenTexts& out) const {
  out.reserve(tokens.size(), tokens.joined().size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    append_replaced(out.open(), tokens[i], mark_, i == 0 && has_prefix_ ? "" : " ");
    out.close();
  }
}

void StripDecoder::apply(const TokenTexts& tokens, TokenTexts& out) const {
  out.reserve(tokens.size(), tokens.joined().size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::string_view token = tokens[i];
    for (std::int64_t n = 0; n < start_ && token.starts_with(character_); ++n) {
      token.remove_prefix(character_.size());
    }
    for (std::int64_t n = 0; n < stop_ && token.ends_with(character_); ++n) {
      token.remove_suffix(character_.size());
    }
    out.add(token);
  }
}

void ReplaceDecoder::apply(const TokenTexts& tokens, TokenTexts& out) const {
  out.reserve(tokens.size(), tokens.joined().size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!regex_) {
      append_replaced(out.open(), tokens[i], literal_, content_);
    } else if (!tokens[i].empty()) {
      out.open() += regex_->replace_all(tokens[i], content_);
    }
    out.close();
  }
}

void CtcDecoder::apply(const TokenTexts& tokens, TokenTexts& out) const {
  std::string& text = out.open();
  std::string cleaned;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i != 0 && tokens[i] == tokens[i - 1]) continue;
    const std::size_t begin = text.size();
    append_replaced(text, tokens[i], pad_, "");
    if (cleanup_) {
      clean_up(text, begin);
      cleaned.assign(text, begin);
      text.resize(begin);
      append_replaced(text, cleaned, delimiter_, " ");
    }
    if (text.size() != begin) out.close();
  }
}

}  // namespace hezar::tokenizers
