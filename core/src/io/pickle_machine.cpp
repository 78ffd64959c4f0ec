#include <io/pickle_machine.hpp>

#include <algorithm>
#include <bit>
#include <utility>

#include <hezar/text/concat.hpp>

#include <io/bytes.hpp>
#include <io/pickle_opcodes.hpp>
#include <io/printable.hpp>
#include <io/utf8.hpp>

namespace hezar::io::pickle {

namespace {

constexpr std::size_t kMaxLine = 256;  // bytes of a module's or name's line
constexpr std::uint8_t kMaxProtocol = 5;

}  // namespace

Error Machine::error(std::string_view expected, std::string_view got, std::string hint) const {
  if (hint.empty()) hint = "The file is damaged or was made to mislead.";
  return expected_error(ErrorCode::kFormat, file_,
                        text::concat(expected, " at byte ", at_, " of the pickle"), got,
                        std::move(hint));
}

Tree Machine::run() {
  if (bytes_.size() > kMaxBytes) {
    throw error(text::concat("a pickle of at most ", kMaxBytes, " bytes"),
                std::to_string(bytes_.size()));
  }
  while (true) {
    const char opcode = take(1).front();
    if (opcode == kOpStop) break;
    if (run_scalar(opcode) || run_container(opcode) || run_memo(opcode) || run_object(opcode))
      continue;
    throw error("an opcode that torch.save writes",
                text::concat("code ", int{static_cast<unsigned char>(opcode)}),
                "Nothing was executed. Save it again with torch.save(state_dict, path).");
  }
  if (stack_.size() != 1 || !marks_.empty() || at_ != bytes_.size())
    throw error("one value and the end of the pickle", "more");
  tree_.root = stack_.front();
  check_depth();
  return std::move(tree_);
}

bool Machine::run_scalar(char opcode) {
  switch (opcode) {
    case kOpProto:
      if (take_number<std::uint8_t>() > kMaxProtocol) throw error("protocol 2", "a newer one");
      return true;
    case kOpNone:
      push(Node(Kind::kNone));
      return true;
    case kOpNewTrue:
    case kOpNewFalse:
      push(Node(Kind::kBool, std::int64_t{opcode == kOpNewTrue}));
      return true;
    case kOpBinInt:
      push(Node(Kind::kInt, std::int64_t{static_cast<std::int32_t>(take_number<std::uint32_t>())}));
      return true;
    case kOpBinInt1:
      push(Node(Kind::kInt, std::int64_t{take_number<std::uint8_t>()}));
      return true;
    case kOpBinInt2:
      push(Node(Kind::kInt, std::int64_t{take_number<std::uint16_t>()}));
      return true;
    case kOpLong1:
      push_long();
      return true;
    case kOpBinFloat:
      push_float();
      return true;
    case kOpBinUnicode: {
      const std::string_view text = take(take_number<std::uint32_t>());
      if (!is_utf8(text)) throw error("a string in UTF-8", "other bytes");
      push(Node(Kind::kString, text));
      return true;
    }
    default:
      return false;
  }
}

bool Machine::run_container(char opcode) {
  switch (opcode) {
    case kOpMark:
      if (marks_.size() == kMaxDepth)
        throw error(text::concat("at most ", kMaxDepth, " levels"), "deeper nesting");
      marks_.push_back(stack_.size());
      return true;
    case kOpEmptyTuple:
      push(Node(Kind::kTuple, std::vector<Id>()));
      return true;
    case kOpTuple1:
    case kOpTuple2:
    case kOpTuple3:
      push(Node(Kind::kTuple, pop_many(static_cast<std::size_t>(opcode - kOpTuple1) + 1)));
      return true;
    case kOpTuple:
      push(Node(Kind::kTuple, pop_mark()));
      return true;
    case kOpEmptyList:
      push(Node(Kind::kList, std::vector<Id>()));
      return true;
    case kOpAppend:
      append(pop_many(1));
      return true;
    case kOpAppends:
      append(pop_mark());
      return true;
    case kOpEmptyDict:
      push(Node(Kind::kDict, std::vector<Id>()));
      return true;
    case kOpSetItem:
      set_items(pop_many(2));
      return true;
    case kOpSetItems:
      set_items(pop_mark());
      return true;
    default:
      return false;
  }
}

bool Machine::run_memo(char opcode) {
  switch (opcode) {
    case kOpBinPut:
      put(take_number<std::uint8_t>());
      return true;
    case kOpLongBinPut:
      put(take_number<std::uint32_t>());
      return true;
    case kOpBinGet:
      get(take_number<std::uint8_t>());
      return true;
    case kOpLongBinGet:
      get(take_number<std::uint32_t>());
      return true;
    default:
      return false;
  }
}

bool Machine::run_object(char opcode) {
  switch (opcode) {
    case kOpGlobal:
      push_global();
      return true;
    case kOpReduce:
      push_call();
      return true;
    case kOpBuild:
      build();
      return true;
    case kOpBinPersId:
      push(Node(Kind::kPersistent, pop_many(1)));
      return true;
    default:
      return false;
  }
}

void Machine::push(Node node) {
  if (tree_.nodes.size() == kMaxNodes)
    throw error(text::concat("at most ", kMaxNodes, " values"), "more");
  stack_.push_back(static_cast<Id>(tree_.nodes.size()));
  tree_.nodes.push_back(std::move(node));
}

Id Machine::pop() {
  const std::size_t floor = marks_.empty() ? 0 : marks_.back();
  if (stack_.size() <= floor) throw error("a value on the stack", "none");
  const Id id = stack_.back();
  stack_.pop_back();
  return id;
}

std::vector<Id> Machine::pop_many(std::size_t count) {
  std::vector<Id> out(count);
  for (std::size_t i = count; i-- > 0;) out[i] = pop();
  return out;
}

std::vector<Id> Machine::pop_mark() {
  if (marks_.empty()) throw error("a mark on the stack", "none");
  const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
  std::vector<Id> out(begin, stack_.end());
  stack_.erase(begin, stack_.end());
  marks_.pop_back();
  return out;
}

Node& Machine::top(Kind kind) {
  const Id id = pop();
  stack_.push_back(id);
  Node& node = tree_.nodes[id];
  if (node.kind() != kind) throw error(to_string(kind), to_string(node.kind()));
  return node;
}

std::string_view Machine::take(std::size_t count) {
  if (count > bytes_.size() - at_)
    throw error(text::concat(count, " more bytes"), std::to_string(bytes_.size() - at_));
  const std::string_view out = bytes_.substr(at_, count);
  at_ += count;
  return out;
}

template <class T>
T Machine::take_number() {
  return load_little<T>(reinterpret_cast<const std::byte*>(take(sizeof(T)).data()));
}

std::string_view Machine::take_line() {
  const std::size_t size = bytes_.substr(at_, kMaxLine).find('\n');
  if (size == std::string_view::npos) throw error("a name that ends in a newline", "none");
  const std::string_view line = take(size);
  take(1);
  return line;
}

void Machine::push_long() {
  const std::string_view bytes = take(take_number<std::uint8_t>());
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
