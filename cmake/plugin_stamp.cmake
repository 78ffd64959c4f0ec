# Adds the list of a plugin's modules to its file, as a section that is not loaded.
#
# cmake -D PLUGIN=<file> -D OBJCOPY=<program> (-D SCAN=<hezar-plugin-scan> | -D LIST=<file>) -P plugin_stamp.cmake
set(stamped ${PLUGIN}.stamped)
if(SCAN)
  set(LIST ${PLUGIN}.modules.json)
  execute_process(COMMAND ${SCAN} --output ${LIST} ${PLUGIN} TIMEOUT 120 RESULT_VARIABLE result ERROR_VARIABLE error)
  if(NOT result EQUAL 0)
    file(REMOVE ${PLUGIN} ${LIST})
    message(
      FATAL_ERROR
      "${PLUGIN}: expected a plugin that tells its modules, got ${result}: ${error}"
      "MODULES NONE of hezar_add_plugin() leaves its list out."
    )
  endif()
endif()
execute_process(
  COMMAND
    ${OBJCOPY} --remove-section=.hezar.modules --add-section=.hezar.modules=${LIST}
    --set-section-flags=.hezar.modules=noload,readonly ${PLUGIN} ${stamped}
  RESULT_VARIABLE result
  ERROR_VARIABLE error
)
if(NOT result EQUAL 0)
  file(REMOVE ${PLUGIN} ${stamped})
  message(FATAL_ERROR "${PLUGIN}: expected that objcopy adds the list of its modules, got: ${error}")
endif()
file(RENAME ${stamped} ${PLUGIN})
if(SCAN)
  file(REMOVE ${LIST})
endif()
