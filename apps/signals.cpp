#include <signal.h>

#include <apps/signals.hpp>
#include <atomic>

namespace dadcam::app {
namespace {

std::atomic<process::Stop*> requested{nullptr};
std::atomic<int> caught{0};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<process::Stop*>::is_always_lock_free);

void on_signal(int signal) {
    int none = 0;
    caught.compare_exchange_strong(none, signal);
    if (auto* stop = requested.load()) stop->request();
}

}  // namespace

void catch_signals(process::Stop& stop) {
    requested = &stop;
    struct sigaction action {};
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction inherited {};
        ::sigaction(signal, nullptr, &inherited);
        // nohup, and a shell that puts a job into the background, want it to go on.
        if (inherited.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);
    }
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGCHLD, SIG_DFL);  // where a parent ignored it, no child's end could be waited for
}

void release_signals() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::signal(signal, SIG_DFL);
}

int caught_signal() {
    return caught;
}

}  // namespace dadcam::app
