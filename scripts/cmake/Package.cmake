# The packages that scripts/package makes: dadcam, and libdadcam-dev. Each has its own folder of documents, as Debian's
# policy wants it; those come from scripts/packaging.
set(CPACK_GENERATOR DEB)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/scripts/cmake/DebianFiles.cmake)
set(CPACK_PACKAGE_VENDOR "the dadcam authors")
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "the dadcam authors <authors@dadcam.invalid>")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME dadcam)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION video)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
# What it runs and reads, beside the libraries that it is linked with.
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS "ffmpeg (>= 7:5.1), fonts-dejavu-core, tzdata")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS fontconfig)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "${PROJECT_DESCRIPTION}
dadcam keeps a list of the clips in a folder - from tapes, discs, cameras and
phones -, lets you say which of them belong together, and has ffmpeg make the
film: every clip upright, in one picture format, in the order in which it was
recorded. An export can be interrupted and resumed at any time.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libdadcam-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libfmt-dev, nlohmann-json3-dev, libssl-dev, libsqlitecpp-dev, libsqlite3-dev, libhowardhinnant-date-dev, libutf8proc-dev, libicu-dev, libfreetype-dev, libebur128-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "library that makes one film from home video clips (development files)
The static library and the headers with which other programs make films as
dadcam does: libraries of clips, recipes, exports that resume.")
# CPack would put the project's summary before both, unless it is CPack's own.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_NAME} built using CMake")
include(CPack)
