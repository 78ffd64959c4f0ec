#include <engine/rows.hpp>

#include <algorithm>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar::tokenizers {

namespace {

SequenceParts whole(std::int64_t length) {
  return {{0, static_cast<std::size_t>(std::max<std::int64_t>(length, 0))}};
}

/// Windows of `max_length` tokens that share `stride`, from the side that is kept.
SequenceParts cut(std::int64_t length, std::int64_t max_length, const TruncationParams& params) {
  if (max_length >= length) return whole(length);
  if (max_length == 0) return {{0, 0}, whole(length)[0]};
  if (params.stride >= max_length) {
    throw expected_error(ErrorCode::kValue, "stride",
                         text::concat("less than the ", max_length,
                                      " tokens that a row has beside its special tokens"),
                         text::concat(params.stride));
  }
  const std::int64_t step = max_length - params.stride;
  const auto range = [](std::int64_t begin, std::int64_t end) {
    return TokenRange(static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
  };
  SequenceParts out;
  if (params.direction == Side::kRight) {
    for (std::int64_t begin = 0;; begin += step) {
      out.push_back(range(begin, std::min(begin + max_length, length)));
      if (begin + max_length >= length) return out;
    }
  }
  for (std::int64_t end = length;; end -= step) {
    out.push_back(range(std::max<std::int64_t>(end - max_length, 0), end));
    if (end - max_length <= 0) return out;
  }
}

/// How many tokens of each of two sequences the reference keeps.
std::pair<std::int64_t, std::int64_t> share(std::int64_t first, std::int64_t second,
                                            std::int64_t max_length) {
  const bool is_swapped = first > second;
  std::int64_t shorter = std::min(first, second);
  std::int64_t longer = shorter > max_length ? shorter : std::max(shorter, max_length - shorter);
  if (shorter + longer > max_length) {
    shorter = max_length / 2;
    longer = shorter + max_length % 2;
  }
  return is_swapped ? std::pair(longer, shorter) : std::pair(shorter, longer);
}

std::int64_t rest_of(std::string_view which, std::int64_t length, std::int64_t to_remove) {
  if (length > to_remove) return length - to_remove;
  throw expected_error(ErrorCode::kValue, text::concat("truncation of the ", which, " sequence"),
                       text::concat("more than ", to_remove, " tokens in it"), text::concat(length),
                       "Use longest_first or a larger max_length.");
}

}  // namespace

std::pair<SequenceParts, SequenceParts> truncate(std::int64_t first, std::int64_t second,
                                                 std::int64_t added,
                                                 const TruncationParams& params) {
  const std::int64_t max_length = params.max_length - added;
  if (max_length < 0) {
    throw expected_error(ErrorCode::kValue, "max_length",
                         text::concat("at least the ", added, " special tokens of a row"),
                         text::concat(params.max_length));
  }
  const bool is_pair = second >= 0;
  const std::int64_t total = first + std::max<std::int64_t>(second, 0);
  const std::int64_t to_remove = total - max_length;
  if (max_length == 0) return {cut(first, 0, params), cut(second, 0, params)};
  if (to_remove <= 0) return {whole(first), whole(second)};
  switch (params.strategy) {
    case Truncation::kOnlyFirst:
      return {cut(first, rest_of("first", first, to_remove), params), whole(second)};
    case Truncation::kOnlySecond:
      if (!is_pair) {
        throw expected_error(ErrorCode::kValue, "truncation only_second", "a second sequence",
                             "one sequence", "Use longest_first or only_first.");
      }
      return {whole(first), cut(second, rest_of("second", second, to_remove), params)};
    default:
      break;
  }
  if (!is_pair) return {cut(first, max_length, params), whole(second)};
  const auto [keep_first, keep_second] = share(first, second, max_length);
  return {cut(first, keep_first, params), cut(second, keep_second, params)};
}

}  // namespace hezar::tokenizers
