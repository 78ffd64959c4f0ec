#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include <hezar/text/concat.hpp>

#include <io/bytes.hpp>
#include <io/pickle_machine.hpp>
#include <io/printable.hpp>

// What the opcodes of more than one line do.
namespace hezar::io::pickle {

void Machine::push_long() {
  const std::string_view bytes = take(static_cast<unsigned char>(take(1).front()));
  if (bytes.size() > sizeof(std::uint64_t))
    throw error("an integer of 64 bits", text::concat(bytes.size(), " bytes"));
  // Two's complement, little-endian: the last byte's sign fills the rest.
  const bool negative = !bytes.empty() && (static_cast<unsigned char>(bytes.back()) & 0x80) != 0;
  std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
  std::memcpy(&value, bytes.data(), bytes.size());
  push(Node(Kind::kInt, static_cast<std::int64_t>(value)));
}

void Machine::push_float() {
  std::string big(take(sizeof(std::uint64_t)));
  std::reverse(big.begin(), big.end());
  const auto bits = load_little<std::uint64_t>(reinterpret_cast<const std::byte*>(big.data()));
  push(Node(std::bit_cast<double>(bits)));
}

void Machine::push_global() {
  const std::string_view module = take_line();
  const std::string name = text::concat(module, ".", take_line());
  const auto found = allowed_->find(name);
  if (found == allowed_->end()) {
    throw error("tensors only", printable(name),
                "Nothing was executed. Files with other objects are refused: save the state_dict "
                "alone.");
  }
  push(Node(Kind::kGlobal, std::string_view(*found)));
}

void Machine::push_call() {
  const std::vector<Id> items = pop_many(2);
  const Node& function = tree_.nodes[items[0]];
  const Node& arguments = tree_.nodes[items[1]];
  if (function.kind() != Kind::kGlobal || arguments.kind() != Kind::kTuple) {
    throw error("a name and a tuple to call it with",
                text::concat(to_string(function.kind()), " and ", to_string(arguments.kind())));
  }
  if (function.text() != "collections.OrderedDict") return push(Node(Kind::kCall, items));
  if (!arguments.items().empty()) throw error("an empty OrderedDict()", "one with arguments");
  push(Node(Kind::kDict, std::vector<Id>()));
}

void Machine::append(std::vector<Id> values) {
  std::vector<Id>& items = top(Kind::kList).items();
  items.insert(items.end(), values.begin(), values.end());
}

void Machine::set_items(std::vector<Id> values) {
  if (values.size() % 2 != 0) throw error("keys with values", "an odd number of them");
  std::vector<Id>& items = top(Kind::kDict).items();
  items.insert(items.end(), values.begin(), values.end());
}

/// `state_dict._metadata = {...}`: attributes of a dict, which nothing here needs.
void Machine::build() {
  const Id state = pop();
  if (tree_.nodes[state].kind() != Kind::kDict)
    throw error("a dict of attributes", to_string(tree_.nodes[state].kind()));
  top(Kind::kDict);
}

void Machine::put(std::uint32_t key) {
  const Id id = pop();
  stack_.push_back(id);
  if (memo_.size() == kMaxNodes) throw error(text::concat("at most ", kMaxNodes, " memos"), "more");
  memo_[key] = id;
}

void Machine::get(std::uint32_t key) {
  const auto found = memo_.find(key);
  if (found == memo_.end()) throw error("a memo that was put", text::concat("memo ", key));
  stack_.push_back(found->second);
}

/// Levels below the root, without recursion; a value that holds itself is refused.
void Machine::check_depth() const {
  constexpr std::uint8_t kOpen = 255;
  std::vector<std::uint8_t> heights(tree_.nodes.size(), 0);
  std::vector<std::pair<Id, std::size_t>> path = {{tree_.root, 0}};
  heights[tree_.root] = kOpen;
  const auto too_deep = [this] {
    return error(text::concat("at most ", kMaxDepth, " levels"), "deeper nesting");
  };
  while (!path.empty()) {
    auto& [id, next] = path.back();
    const Node& node = tree_.nodes[id];
    if (node.has_items() && next < node.items().size()) {
      const Id child = node.items()[next++];
      if (heights[child] == kOpen) throw error("a tree of values", "a value that holds itself");
      if (heights[child] != 0) continue;
      if (path.size() == kMaxDepth) throw too_deep();
      heights[child] = kOpen;
      path.emplace_back(child, 0);
      continue;
    }
    std::uint8_t height = 0;
    if (node.has_items())
      for (const Id child : node.items()) height = std::max(height, heights[child]);
    heights[id] = static_cast<std::uint8_t>(height + 1);
    if (heights[id] > kMaxDepth) throw too_deep();
    path.pop_back();
  }
}

}  // namespace hezar::io::pickle
