# Turns sql/NNNN_name.sql into one C++ file that lists the migrations in order.
# A raw string literal may hold 64 KiB; no migration is near that.
function(embed_sql OUTPUT_VARIABLE DIRECTORY)
  file(GLOB FILES CONFIGURE_DEPENDS ${DIRECTORY}/*.sql)
  list(SORT FILES)
  set(ENTRIES "")
  foreach(FILE IN LISTS FILES)
    get_filename_component(NAME ${FILE} NAME)
    if(NOT NAME MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+\\.sql$")
      message(FATAL_ERROR "${NAME}: a migration is named NNNN_name.sql")
    endif()
    math(EXPR VERSION "${CMAKE_MATCH_1}")
    file(READ ${FILE} TEXT)
    string(APPEND ENTRIES "    {${VERSION}, \"${NAME}\", R\"~sql~(${TEXT})~sql~\"},\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${FILE})
  endforeach()
  set(GENERATED ${CMAKE_BINARY_DIR}/generated/migrations.cpp)
  file(CONFIGURE OUTPUT ${GENERATED} @ONLY CONTENT [=[// Generated from sql/ by scripts/cmake/EmbedSql.cmake.
#include <libdadcam/library/migrate.hpp>

namespace dadcam::library {
namespace {
const Migration kMigrations[] = {
@ENTRIES@};
}  // namespace
std::span<const Migration> migrations() { return kMigrations; }
}  // namespace dadcam::library
]=])
  set(${OUTPUT_VARIABLE} ${GENERATED} PARENT_SCOPE)
endfunction()
