#include <hub/json_answer.hpp>

#include <hezar/config/json.hpp>
#include <hezar/text/concat.hpp>
#include <hub/hub_error.hpp>
#include <hub/url.hpp>

namespace hezar::hub {

namespace {

HubError malformed(const std::string& url, std::string_view expected) {
  return hub_error(Failure::kServer, shown_url(url), expected, "another answer",
                   "Check HF_ENDPOINT and the proxy: this does not speak as the Hub does.");
}

const boost::json::value& value_at(const boost::json::object& object, std::string_view name,
                                   boost::json::kind kind, const std::string& url) {
  const boost::json::value* value = object.if_contains(name);
  if (value == nullptr || value->kind() != kind)
    throw malformed(url, text::concat("an answer with \"", name, "\""));
  return *value;
}

}  // namespace

boost::json::object json_object(const HttpResponse& response) {
  try {
    boost::json::value value = json::parse(response.body, shown_url(response.url));
    if (value.is_object()) return std::move(value.get_object());
  } catch (const HubError&) {
    throw;
  } catch (const Error&) {
    throw malformed(response.url, "JSON");
  }
  throw malformed(response.url, "a JSON object");
}

const boost::json::array& array_at(const boost::json::object& object, std::string_view name,
                                   const std::string& url) {
  return value_at(object, name, boost::json::kind::array, url).get_array();
}

const boost::json::object& object_at(const boost::json::object& object, std::string_view name,
                                     const std::string& url) {
  return value_at(object, name, boost::json::kind::object, url).get_object();
}

std::string string_at(const boost::json::object& object, std::string_view name,
                      const std::string& url) {
  return std::string(value_at(object, name, boost::json::kind::string, url).get_string());
}

bool flag_at(const boost::json::object& object, std::string_view name) {
  const boost::json::value* value = object.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

}  // namespace hezar::hub
