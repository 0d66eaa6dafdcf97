# Run by CPack on each package's files before they are packed: what Debian's policy asks for beside what is installed.
# Documents, compressed pages, libraries without what a linker does not need.
file(GLOB components LIST_DIRECTORIES true ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*)
set(scripts ${CMAKE_CURRENT_LIST_DIR}/..)
foreach(component IN LISTS components)
  get_filename_component(name ${component} NAME)
  set(package dadcam)
  if(name STREQUAL development)
    set(package libdadcam-dev)
  endif()
  set(doc ${component}/usr/share/doc/${package})
  file(MAKE_DIRECTORY ${doc})
  file(COPY ${scripts}/packaging/changelog ${scripts}/../LICENSE DESTINATION ${doc}
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
  file(RENAME ${doc}/LICENSE ${doc}/copyright)
  file(GLOB pages ${component}/usr/share/man/man1/*.1)
  execute_process(COMMAND gzip -9nf ${doc}/changelog ${pages} COMMAND_ERROR_IS_FATAL ANY)
  file(GLOB_RECURSE archives ${component}/usr/lib/*.a)
  foreach(archive IN LISTS archives)
    execute_process(COMMAND strip --strip-debug --remove-section=.comment --enable-deterministic-archives ${archive}
      COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
endforeach()
