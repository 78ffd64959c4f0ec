#include <hezar/config/labels.hpp>

#include <hezar/error/error.hpp>
#include <hezar/text/concat.hpp>

namespace hezar {

namespace {

std::string place(std::string_view origin, std::string_view key) {
  return origin.empty() ? std::string(key) : text::concat(origin, ": ", key);
}

LabelMap numbered_labels(std::int64_t count) {
  LabelMap labels;
  for (std::int64_t i = 0; i < count; ++i) {
    labels.emplace_hint(labels.end(), i, text::concat("LABEL_", i));
  }
  return labels;
}

}  // namespace

void check_label_map(const LabelMap& id2label, std::string_view origin) {
  if (id2label.empty()) {
    throw expected_error(ErrorCode::kConfig, place(origin, "id2label"), "at least one label",
                         "none");
  }
  std::int64_t next = 0;
  for (const auto& [id, label] : id2label) {
    if (id != next) {
      throw expected_error(ErrorCode::kConfig, place(origin, "id2label"),
                           text::concat("the ids 0 to ", id2label.size() - 1, " without a gap"),
                           text::concat(id, " where ", next, " should be"),
                           "Number the labels from 0.");
    }
    ++next;
  }
}

Labels resolve_labels(const std::optional<std::int64_t>& num_labels,
                      const std::optional<LabelMap>& id2label, std::string_view origin) {
  if (!num_labels && !id2label) {
    throw expected_error(ErrorCode::kConfig, place(origin, "num_labels, id2label"),
                         "a value for one of them", "none",
                         "Give id2label, such as {0: negative, 1: positive}.");
  }
  if (num_labels && (*num_labels < 1 || *num_labels > kMaxLabels)) {
    throw expected_error(ErrorCode::kConfig, place(origin, "num_labels"),
                         text::concat("an integer from 1 to ", kMaxLabels),
                         text::concat(*num_labels));
  }
  if (!id2label) return {*num_labels, numbered_labels(*num_labels)};
  check_label_map(*id2label, origin);
  const auto size = static_cast<std::int64_t>(id2label->size());
  if (num_labels && *num_labels != size) {
    throw expected_error(ErrorCode::kConfig, place(origin, "num_labels"),
                         text::concat(size, ", the number of labels in id2label"),
                         text::concat(*num_labels), "Change one of them, or leave num_labels out.");
  }
  return {size, *id2label};
}

}  // namespace hezar
