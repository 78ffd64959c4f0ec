# Adds the list of a plugin's modules, and of the plugins it needs, to its file as sections that are not loaded.
#
# cmake -D PLUGIN=<file> -D OBJCOPY=<program> [-D SCAN=<hezar-plugin-scan> | -D LIST=<file>] [-D NEEDS=<a,b>]
#       -P plugin_stamp.cmake
set(stamped ${PLUGIN}.stamped)
set(sections "")
set(written "")

if(NEEDS)
  set(needs ${PLUGIN}.needs.json)
  string(REPLACE "," "\",\"" names "${NEEDS}")
  file(WRITE ${needs} "[\"${names}\"]")
  list(APPEND written ${needs})
  list(
    APPEND sections
    --remove-section=.hezar.needs
    --add-section=.hezar.needs=${needs}
    --set-section-flags=.hezar.needs=noload,readonly
  )
endif()
if(SCAN)
  set(LIST ${PLUGIN}.modules.json)
  list(APPEND written ${LIST})
  execute_process(COMMAND ${SCAN} --output ${LIST} ${PLUGIN} TIMEOUT 120 RESULT_VARIABLE result ERROR_VARIABLE error)
  if(NOT result EQUAL 0)
    file(REMOVE ${PLUGIN} ${written})
    message(
      FATAL_ERROR
      "${PLUGIN}: expected a plugin that tells its modules, got ${result}: ${error}"
      "MODULES NONE of hezar_add_plugin() leaves its list out."
    )
  endif()
endif()
if(LIST)
  list(
    APPEND sections
    --remove-section=.hezar.modules
    --add-section=.hezar.modules=${LIST}
    --set-section-flags=.hezar.modules=noload,readonly
  )
endif()
execute_process(COMMAND ${OBJCOPY} ${sections} ${PLUGIN} ${stamped} RESULT_VARIABLE result ERROR_VARIABLE error)
if(written)
  file(REMOVE ${written})
endif()
if(NOT result EQUAL 0)
  file(REMOVE ${PLUGIN} ${stamped})
  message(FATAL_ERROR "${PLUGIN}: expected that objcopy adds its lists, got: ${error}")
endif()
file(RENAME ${stamped} ${PLUGIN})
