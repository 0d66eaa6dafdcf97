# What `cmake --install` puts where; tests/cli/check_install.sh compares it with an exact list. Two components: the
# program with its pages, and the library with its headers for programs that make films without it.
install(TARGETS dadcam RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program
  FILES_MATCHING PATTERN "*.1")
install(FILES ${CMAKE_SOURCE_DIR}/scripts/completions/dadcam.bash
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME dadcam COMPONENT program)
set(DADCAM_ZSH_FOLDER site-functions)
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
  set(DADCAM_ZSH_FOLDER vendor-completions)  # of Debian's packages
endif()
install(FILES ${CMAKE_SOURCE_DIR}/scripts/completions/_dadcam
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${DADCAM_ZSH_FOLDER} COMPONENT program)
install(FILES ${CMAKE_SOURCE_DIR}/scripts/completions/dadcam.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)

install(TARGETS dadcam_library EXPORT dadcamTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/libdadcam DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development
  FILES_MATCHING PATTERN "*.hpp" PATTERN boost_process.hpp EXCLUDE)

# For other programs: find_package(dadcam), and pkg-config dadcam.
include(CMakePackageConfigHelpers)
set(DADCAM_CMAKE_FOLDER ${CMAKE_INSTALL_LIBDIR}/cmake/dadcam)
install(EXPORT dadcamTargets NAMESPACE dadcam:: DESTINATION ${DADCAM_CMAKE_FOLDER} COMPONENT development)
configure_package_config_file(${CMAKE_SOURCE_DIR}/scripts/cmake/dadcamConfig.cmake.in
  ${CMAKE_BINARY_DIR}/generated/dadcamConfig.cmake INSTALL_DESTINATION ${DADCAM_CMAKE_FOLDER}
  NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/generated/dadcamConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/generated/dadcamConfig.cmake ${CMAKE_BINARY_DIR}/generated/dadcamConfigVersion.cmake
  DESTINATION ${DADCAM_CMAKE_FOLDER} COMPONENT development)
file(RELATIVE_PATH DADCAM_PC_TO_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(${CMAKE_SOURCE_DIR}/scripts/cmake/dadcam.pc.in ${CMAKE_BINARY_DIR}/generated/dadcam.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/generated/dadcam.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
  COMPONENT development)
