# Makes the sample library, unless it is there and newer than the script that makes it.
if(NOT EXISTS ${FOLDER} OR ${SCRIPT} IS_NEWER_THAN ${FOLDER})
  file(REMOVE_RECURSE ${FOLDER} ${FOLDER}.making)
  execute_process(COMMAND ${SCRIPT} ${FOLDER}.making OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  file(RENAME ${FOLDER}.making ${FOLDER})
endif()
