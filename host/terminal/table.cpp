#include <terminal/table.hpp>

#include <algorithm>
#include <numeric>
#include <utility>

#include <terminal/width.hpp>

namespace hezar::host {

namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kMinColumn = 8;
constexpr std::string_view kIsolate = "\u2068";
constexpr std::string_view kEndIsolate = "\u2069";

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Takes the first line of at most `columns` from `rest`, at a space where there is one.
std::string take_line(std::string& rest, std::size_t columns) {
  std::string line = rest.substr(0, bytes_within(rest, columns));
  if (line.size() == rest.size()) return std::exchange(rest, {});
  const std::size_t space = line.rfind(' ');
  if (space != std::string::npos && space > 0) line.resize(space);
  const std::size_t next = rest.find_first_not_of(' ', line.size());
  rest = next == std::string::npos ? std::string() : rest.substr(next);
  return line;
}

}  // namespace

Table::Table(std::vector<std::string> header, Style style, Fit fit)
    : header_(std::move(header)), style_(style), fit_(fit), widths_(header_.size()) {}

void Table::add(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = without_controls(cell);
  rows_.push_back(std::move(cells));
}

void Table::fit_columns() {
  for (std::size_t i = 0; i < header_.size(); ++i) {
    widths_[i] = std::max(widths_[i], display_width(header_[i]));
    for (const auto& row : rows_) widths_[i] = std::max(widths_[i], display_width(row[i]));
  }
  if (!style_.is_terminal) return;
  const std::size_t gaps = kGap * (header_.size() - 1);
  const auto total = [&] { return std::accumulate(widths_.begin(), widths_.end(), gaps); };
  const auto room = static_cast<std::size_t>(style_.columns);
  if (fit_ == Fit::kWrap && total() > room) {
    const std::size_t others = total() - widths_.back();
    widths_.back() = std::max(3 * kMinColumn, room > others ? room - others : 0);
  }
  while (total() > room) {
    const auto widest = std::max_element(widths_.begin(), widths_.end());
    if (*widest <= kMinColumn) return;
    *widest -= std::min(*widest - kMinColumn, total() - room);
  }
}

void Table::append_row(std::string& out, const std::vector<std::string>& cells, bool bold) const {
  std::string rest;  // of a wrapped last cell
  if (bold && style_.color) out.append("\x1b[1m");
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool last = i + 1 == cells.size();
    std::string cell = cells[i];
    if (style_.is_terminal && last && fit_ == Fit::kWrap) {
      rest = std::move(cell);
      cell = take_line(rest, widths_[i]);
    } else if (style_.is_terminal) {
      cell = truncate_to_width(cell, widths_[i]);
    }
    const bool isolate = style_.is_terminal && !is_ascii(cell);
    if (isolate) out.append(kIsolate);
    out.append(cell);
    if (isolate) out.append(kEndIsolate);
    if (last) break;
    const std::size_t width = display_width(cell);
    out.append(kGap + (width < widths_[i] ? widths_[i] - width : 0), ' ');
  }
  if (cells.back().empty()) out.resize(out.find_last_not_of(' ') + 1);  // padding for nothing
  if (bold && style_.color) out.append("\x1b[0m");
  out.push_back('\n');
  const std::size_t indent = std::accumulate(widths_.begin(), widths_.end() - 1, std::size_t{0}) +
                             kGap * (widths_.size() - 1);
  while (!rest.empty()) {
    out.append(std::string(indent, ' ') + take_line(rest, widths_.back()) + "\n");
  }
}

std::string Table::take() {
  fit_columns();
  std::string out;
  if (!header_done_) append_row(out, header_, true);
  header_done_ = true;
  for (const std::vector<std::string>& row : rows_) append_row(out, row, false);
  rows_.clear();
  return out;
}

}  // namespace hezar::host
