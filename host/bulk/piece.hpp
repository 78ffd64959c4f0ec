#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include <input/records.hpp>

namespace hezar::host {

class PreparedWindow;

/// Records that are worked on together, and what came of them.
struct Piece {
  std::vector<Record> records;
  std::int64_t before = 0;     ///< how many records were read before these
  double fraction_before = 0;  ///< of the input, read before and with this piece
  double fraction_after = 0;

  std::vector<std::pair<boost::json::value, bool>> entries;  ///< entry, whether there is one
  std::shared_ptr<PreparedWindow> prepared;                  ///< gives the entries, where it is
  std::string text;                                          ///< instead, where lines are written
  std::vector<std::string> warnings;
  std::int64_t skipped = 0;
  bool is_huge = false;  ///< computed when it is written, so that only one is in memory
};

}  // namespace hezar::host
