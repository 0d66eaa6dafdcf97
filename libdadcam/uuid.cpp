#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

#include <libdadcam/uuid.hpp>

namespace dadcam {

std::string new_uuid() {
    return boost::uuids::to_string(boost::uuids::random_generator()());
}

}  // namespace dadcam
