#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <hezar/text/regex.hpp>

#include <decoders/decoder.hpp>

namespace hezar::tokenizers {

class DecoderSequence final : public Decoder {
 public:
  explicit DecoderSequence(std::vector<std::unique_ptr<Decoder>> parts)
      : parts_(std::move(parts)) {}
  void apply(const TokenTexts& tokens, TokenTexts& out) const override;

 private:
  std::vector<std::unique_ptr<Decoder>> parts_;
};

/// All tokens as one.
class Fuse final : public Decoder {
 public:
  void apply(const TokenTexts& tokens, TokenTexts& out) const override;
};

/// Joins continuing tokens, puts a space before the others.
class WordPieceDecoder final : public Decoder {
 public:
  WordPieceDecoder(std::string prefix, bool cleanup)
      : prefix_(std::move(prefix)), cleanup_(cleanup) {}
  void apply(const TokenTexts& tokens, TokenTexts& out) const override;

 private:
  std::string prefix_;
  bool cleanup_;
};

/// The mark at the end of words becomes a space, but for the last token.
class BpeDecoder final : public Decoder {
 public:
  explicit BpeDecoder(std::string suffix) : suffix_(std::move(suffix)) {}
  void apply(const TokenTexts& tokens, TokenTexts& out) const override;

 private:
  std::string suffix_;
};

/// The mark of spaces becomes a space, or nothing in the first token where one was put in front.
class MetaspaceDecoder final : public Decoder {
 public:
  MetaspaceDecoder(std::string mark, bool has_prefix)
      : mark_(std::move(mark)), has_prefix_(has_prefix) {}
  void apply(const TokenTexts& tokens, TokenTexts& out) const override;

 private:
  std::string mark_;
  bool has_prefix_;
};

/// Removes a character from the ends of each token, so many times at most.
class StripDecoder final : public Decoder {
 public:
  StripDecoder(std::string character, std::int64_t start, std::int64_t stop)
      : character_(std::move(character)), start_(start), stop_(stop) {}
  void apply(const TokenTexts& tokens, TokenTexts& out) const override;

 private:
  std::string character_;
  std::int64_t start_;
  std::int64_t stop_;
};

/// Replaces every match in each token.
class ReplaceDecoder final : public Decoder {
 public:
  ReplaceDecoder(std::string literal, std::string content)
      : literal_(std::move(literal)), content_(std::move(content)) {}
  ReplaceDecoder(text::Regex regex, std::string content)
      : regex_(std::move(regex)), content_(std::move(content)) {}
  void apply(const TokenTexts& tokens, TokenTexts& out) const override;

 private:
  std::string literal_;
  std::optional<text::Regex> regex_;
  std::string content_;
};

/// What connectionist temporal classification puts out: repetitions and padding are dropped.
class CtcDecoder final : public Decoder {
 public:
  CtcDecoder(std::string pad, std::string delimiter, bool cleanup)
      : pad_(std::move(pad)), delimiter_(std::move(delimiter)), cleanup_(cleanup) {}
  void apply(const TokenTexts& tokens, TokenTexts& out) const override;

 private:
  std::string pad_;
  std::string delimiter_;
  bool cleanup_;
};

}  // namespace hezar::tokenizers
