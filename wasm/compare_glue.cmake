# Fails unless the glue of two engines is the same, apart from the name of the module.
file(READ "${FIRST}" FIRST_GLUE)
file(READ "${SECOND}" SECOND_GLUE)
get_filename_component(FIRST_NAME "${FIRST}" NAME_WLE)
get_filename_component(SECOND_NAME "${SECOND}" NAME_WLE)
string(REPLACE "${SECOND_NAME}.wasm" "${FIRST_NAME}.wasm" SECOND_GLUE "${SECOND_GLUE}")
if(NOT FIRST_GLUE STREQUAL SECOND_GLUE)
  message(FATAL_ERROR "${SECOND} is not the same as ${FIRST}: a page would load one with the module of the other. "
                      "Both engines must export and import the same.")
endif()
