#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include <boost/describe.hpp>

#include <hezar/config/field.hpp>
#include <hezar/config/labels.hpp>

namespace hezar::torch {

/// The part of a config that names the classes of a head; resolve_labels() reads it.
struct LabelFields {
  std::optional<std::int64_t> num_labels;
  std::optional<LabelMap> id2label;

  static constexpr std::array kFields = {
      Field("num_labels", "Classes of the head; the size of id2label where not given.").min(1),
      Field("id2label", "Class ids, from 0 without gaps, to their names."),
  };
};
BOOST_DESCRIBE_STRUCT(LabelFields, (), (num_labels, id2label))

}  // namespace hezar::torch
