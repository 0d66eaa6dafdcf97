# Warnings and sanitizers as interface targets, so that a target says in one place what it is built with.
add_library(dadcam_warnings INTERFACE)
target_compile_options(dadcam_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wimplicit-fallthrough)
if(DADCAM_WERROR)
  target_compile_options(dadcam_warnings INTERFACE -Werror)
endif()

add_library(dadcam_sanitizers INTERFACE)
if(DADCAM_SANITIZE)
  target_compile_options(dadcam_sanitizers INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(dadcam_sanitizers INTERFACE -fsanitize=address,undefined)
endif()
