#pragma once

#include <string_view>

#include <boost/json.hpp>

#include <output/entry_writer.hpp>

#include <hezar/module/prediction.hpp>

namespace hezar::host {

/// The column of predictions whose fields are not columns themselves.
inline constexpr std::string_view kPredictionColumn = "prediction";

/// Columns of predictions like `first`: the fields of a struct, or of the only struct of a list;
/// else lists of structs in one column, as labels of tokens always are.
[[nodiscard]] TableShape table_of(const Prediction& first);
/// Columns of entries like `first`, whose types nothing else tells: numbers are floats.
[[nodiscard]] TableShape table_of(const boost::json::value& first);

}  // namespace hezar::host
