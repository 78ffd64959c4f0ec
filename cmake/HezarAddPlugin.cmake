# hezar_add_plugin(<name> SOURCES <files> [DEPS <targets>] [VERSION <version>] [LICENSE <license>] [NEEDS torch])
#
# A plugin: a shared library without "lib" in its name that exports the entry of HEZAR_PLUGIN and nothing else, carries
# its descriptor as an ELF note and the list of its modules as a section, and is never unloaded.
function(hezar_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "VERSION;LICENSE" "SOURCES;DEPS;NEEDS")
  set(target hezar_plugin_${name})
  add_library(${target} MODULE ${arg_SOURCES})
  target_link_libraries(${target} PRIVATE hezar::core ${arg_DEPS})
  target_compile_options(${target} PRIVATE ${HEZAR_WARNINGS})
  set_target_properties(${target} PROPERTIES PREFIX "" OUTPUT_NAME ${name}
    LIBRARY_OUTPUT_DIRECTORY ${HEZAR_PLUGIN_OUTPUT_DIRECTORY})
endfunction()
