#include <table_arrow/status.hpp>

namespace hezar::table {

void check(const arrow::Status& status, std::string_view object) {
  if (status.ok()) return;
  const bool is_io = status.IsIOError();
  throw expected_error(is_io ? ErrorCode::kIo : ErrorCode::kFormat, object,
                       is_io ? "a file that can be read" : "a table", status.message());
}

}  // namespace hezar::table
