#pragma once

#include <limits>
#include <string_view>

namespace hezar {

/// What a config's description cannot say of a field: its doc, whether it must be given, and which
/// values it takes. A config type lists one Field for each of its own members:
///
///   static constexpr std::array kFields = {
///       Field("hidden_size", "Width of the encoder.").min(1),
///       Field("hidden_act", "Activation of the feed-forward block.").one_of("gelu|relu"),
///   };
struct Field {
  std::string_view name;
  std::string_view doc;
  bool is_required = false;
  double minimum = -std::numeric_limits<double>::infinity();  // inclusive
  double maximum = std::numeric_limits<double>::infinity();   // inclusive
  std::string_view choices;                                   // "a|b|c"; empty: any

  constexpr Field(std::string_view field_name, std::string_view field_doc)
      : name(field_name), doc(field_doc) {}
  [[nodiscard]] constexpr Field required() const {
    Field f = *this;
    f.is_required = true;
    return f;
  }
  [[nodiscard]] constexpr Field min(double value) const {
    Field f = *this;
    f.minimum = value;
    return f;
  }
  [[nodiscard]] constexpr Field max(double value) const {
    Field f = *this;
    f.maximum = value;
    return f;
  }
  [[nodiscard]] constexpr Field one_of(std::string_view values) const {
    Field f = *this;
    f.choices = values;
    return f;
  }
};

}  // namespace hezar
