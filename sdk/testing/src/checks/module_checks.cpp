#include <checks/module_checks.hpp>

#include <algorithm>

#include <hezar/config/json.hpp>
#include <hezar/text/concat.hpp>

#include <subject.hpp>
#include <values.hpp>

namespace hezar::testing {

namespace {

using text::concat;

constexpr char kUnknownKey[] = "hezar_check_unknown_key";

/// "field hidden_size" of the first entry without a doc; empty: all have one.
std::string undocumented(const boost::json::array& fields, std::string_view what) {
  for (const boost::json::value& field : fields) {
    if (!field.is_object()) return concat("a ", what, " without a description");
    const std::string name = json::text_of(field.get_object(), "name");
    if (json::text_of(field.get_object(), "doc").empty()) return concat("the ", what, " ", name);
  }
  return {};
}

bool is_of_type(const boost::json::value& value, std::string_view type) {
  if (type == "bool") return value.is_bool();
  if (type == "int") return value.is_int64() || value.is_uint64();
  if (type == "float") return value.is_number();
  if (type == "str") return value.is_string();
  if (type.starts_with("list")) return value.is_array();
  if (type.starts_with("map")) return value.is_object();
  return true;  // "any", or one of several
}

/// What a default breaks of its own field's rules; empty: nothing.
Fault default_fault(const boost::json::object& field) {
  const boost::json::value* value = field.if_contains("default");
  const boost::json::value* required = field.if_contains("required");
  const bool is_required = required != nullptr && required->is_bool() && required->get_bool();
  if (value == nullptr || value->is_null() || is_required) return {};
  const std::string shown = json::write(*value);
  const std::string type = json::text_of(field, "type");
  if (!is_of_type(*value, type)) return concat("expected ", type, ", got ", shown);
  for (const auto& [key, sign] : {std::pair("minimum", 1.0), std::pair("maximum", -1.0)}) {
    const boost::json::value* bound = field.if_contains(key);
    if (bound == nullptr || !bound->is_number() || !value->is_number()) continue;
    const double over = value->to_number<double>() - bound->to_number<double>();
    if (over * sign < 0)
      return concat("expected a ", key, " of ", json::write(*bound), ", got ", shown);
  }
  const boost::json::value* choices = field.if_contains("choices");
  if (choices == nullptr || !value->is_string()) return {};
  const boost::json::array& list = choices->as_array();
  const bool is_choice = std::find(list.begin(), list.end(), *value) != list.end();
  return is_choice ? Fault() : concat("expected one of ", json::write(list), ", got ", shown);
}

boost::json::object without_nulls(const boost::json::object& config) {
  boost::json::object out;
  for (const auto& [key, value] : config) {
    if (!value.is_null()) out[key] = value;
  }
  return out;
}

/// The values that a module of the sample is built from, however it came about.
ConfigValues config_of(ModuleSubject& subject) {
  return {subject.make_module()->config(), {}, subject.info().name};
}

/// Whether building with `values` throws because of something that is missing, not because of them.
void require_buildable(ModuleSubject& subject) {
  try {
    static_cast<void>(subject.build_module(subject.sample_values()));
  } catch (const Error& e) {
    throw Skipped{concat("cannot be built from its config alone (", e.what(),
                         "). Give a golden file with \"config\"")};
  }
}

}  // namespace

Fault check_description(ModuleSubject& subject) {
  if (subject.info().description.empty()) {
    return "has no description. Give the registrar a sentence about it";
  }
  std::string name = undocumented(subject.info().fields, "field");
  if (name.empty()) name = undocumented(subject.info().options, "option");
  if (name.empty()) return {};
  return concat("does not document ", name, ". Add a Field to kFields of its struct");
}

Fault check_defaults(ModuleSubject& subject) {
  for (const boost::json::array* fields : {&subject.info().fields, &subject.info().options}) {
    for (const boost::json::value& field : *fields) {
      const std::string fault = default_fault(field.as_object());
      if (fault.empty()) continue;
      return concat("the default of ", json::text_of(field.as_object(), "name"),
                    " is not valid: ", fault, ". Change the default or the Field");
    }
  }
  return {};
}

Fault check_build(ModuleSubject& subject) {
  try {
    if (subject.build_module(subject.sample_values()) != nullptr) return {};
    return "its factory gives null. Give a module or throw hezar::Error";
  } catch (const Error& e) {
    if (e.code() == ErrorCode::kInternal) return e.what();
    throw Skipped{concat("cannot be built from its config alone (", e.what(),
                         "). Give a golden file with \"config\" or \"path\"")};
  } catch (const std::exception& e) {
    return concat("building it throws a std::exception (", e.what(),
                  ") where callers expect hezar::Error");
  }
}

Fault check_identity(ModuleSubject& subject) {
  const std::shared_ptr<Module> module = subject.make_module();
  const boost::json::object config = module->config();
  const std::string kind(to_string(subject.info().kind));
  if (json::text_of(config, "name") != subject.info().name) {
    return concat("its config says the name \"", json::text_of(config, "name"), "\", expected \"",
                  subject.info().name, "\". Return write_config(config_)");
  }
  if (json::text_of(config, "config_type") != kind) {
    return concat("its config says the config_type \"", json::text_of(config, "config_type"),
                  "\", expected \"", kind, "\". Return write_config(config_)");
  }
  if (module->layout().config_filename.empty()) return "its layout names no config file";
  return {};
}

Fault check_config(ModuleSubject& subject) {
  require_buildable(subject);
  const ConfigValues values = config_of(subject);
  const std::string fault = difference(values.file, subject.build_module(values)->config(), 0);
  if (fault.empty()) return {};
  return concat("built from its own config it has another: ", fault,
                ". Keep the config as it was given");
}

Fault check_extra_keys(ModuleSubject& subject) {
  require_buildable(subject);
  ConfigValues values = config_of(subject);
  values.file[kUnknownKey] = 7;
  const boost::json::object config = subject.build_module(values)->config();
  const boost::json::value* kept = config.if_contains(kUnknownKey);
  if (kept != nullptr && *kept == 7) return {};
  return "loses keys of its config file that it has no field for. Return write_config(config_), "
         "which has them";
}

Fault check_unknown_override(ModuleSubject& subject) {
  require_buildable(subject);
  ConfigValues values = config_of(subject);
  values.overrides[kUnknownKey] = 7;
  return must_refuse("an unknown key that a user typed",
                     [&] { static_cast<void>(subject.build_module(values)); });
}

Fault check_wrong_type(ModuleSubject& subject) {
  require_buildable(subject);
  for (const boost::json::value& field : subject.info().fields) {
    const std::string type = json::text_of(field.as_object(), "type");
    // Anything fits some types, and a value of one kind may fit a field of several.
    if (type == "any" || type.empty() || type.find('|') != std::string::npos) continue;
    ConfigValues values = config_of(subject);
    const std::string name = json::text_of(field.as_object(), "name");
    values.file[name] = type.starts_with("list") ? boost::json::value(boost::json::object())
                                                 : boost::json::value(boost::json::array{"wrong"});
    const Fault fault =
        must_refuse(concat("the list [\"wrong\"] for ", name, ", which is ", type, ","),
                    [&] { static_cast<void>(subject.build_module(values)); });
    if (!fault.empty()) return fault;
  }
  return {};
}

Fault check_interface(ModuleSubject& subject) {
  const std::shared_ptr<Module> module = subject.make_module();
  if (module->interface("hezar.check.Unknown/1") == nullptr) return {};
  return "claims to have an ability that nobody knows. Let interface() ask its base for what it "
         "does not know";
}

Fault check_save(ModuleSubject& subject) {
  const std::shared_ptr<Module> module = subject.make_module();
  const std::filesystem::path folder = subject.new_folder();
  if (subject.info().kind == Kind::kModel) {
    static_cast<const Model&>(*module).save(folder);
  } else {
    module->save(folder);
  }
  const FileLayout layout = module->layout();
  for (const std::string& file : layout.files) {
    if (std::filesystem::exists(folder / layout.subfolder / file)) continue;
    return concat("does not save ", file, ", which its layout names. Write it in save_files()");
  }
  const std::string fault =
      difference(without_nulls(module->config()), without_nulls(subject.load(folder)->config()), 0);
  if (fault.empty()) return {};
  return concat("loaded from the folder that it saved it has another config: ", fault);
}

}  // namespace hezar::testing
