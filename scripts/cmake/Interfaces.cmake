# Warnings and sanitizers as interface targets, so that a target says in one place what it is built with.
# Whoever only builds is not warned: finding warnings takes a twelfth of the compiler's time, and scripts/test finds them.
add_library(dadcam_warnings INTERFACE)
if(DADCAM_WARNINGS)
  target_compile_options(dadcam_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wimplicit-fallthrough -Werror)
endif()

add_library(dadcam_sanitizers INTERFACE)
if(DADCAM_SANITIZE)
  target_compile_options(dadcam_sanitizers INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(dadcam_sanitizers INTERFACE -fsanitize=address,undefined)
endif()
