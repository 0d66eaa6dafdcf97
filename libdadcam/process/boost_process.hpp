#pragma once

// Boost.Process in the first version of its interface, the one that starts a program without an event loop. The only
// place that includes it: from Boost 1.86 on it lies in a folder of its own, and from 1.88 on the names without "v1"
// are the second version's.
#include <boost/version.hpp>
#if BOOST_VERSION >= 108600
#include <boost/process/v1/args.hpp>
#include <boost/process/v1/child.hpp>
#include <boost/process/v1/exe.hpp>
#include <boost/process/v1/extend.hpp>
namespace dadcam::process {
namespace bp = boost::process::v1;
}  // namespace dadcam::process
#else
#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/extend.hpp>
namespace dadcam::process {
namespace bp = boost::process;
}  // namespace dadcam::process
#endif
