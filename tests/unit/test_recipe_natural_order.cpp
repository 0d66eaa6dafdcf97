#include <doctest/doctest.h>

#include <algorithm>
#include <libdadcam/recipe/natural_order.hpp>
#include <random>
#include <string>
#include <vector>

using dadcam::recipe::naturally_before;

TEST_CASE("numbers in names are counted, however long they are") {
    const std::vector<std::string> order{"",
                                         "1",
                                         "01",
                                         "2",
                                         "10",
                                         "a",
                                         "a 2 b 10",
                                         "a 2 b 11",
                                         "a 10 b 1",
                                         "clip 1.mp4",
                                         "clip 2.mp4",
                                         "clip 10.mp4",
                                         "x9",
                                         "x99999999999999999999999998",
                                         "x99999999999999999999999999",
                                         "\xc9t\xe9"};
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (std::size_t j = 0; j < order.size(); ++j) {
            CAPTURE(order[i]);
            CAPTURE(order[j]);
            // "1" and "01" count the same; their bytes decide.
            const bool same_number = std::min(i, j) == 1 && std::max(i, j) == 2;
            CHECK(naturally_before(order[i], order[j]) == (same_number ? order[i] < order[j] : i < j));
        }
    }
}

TEST_CASE("it is an order of all names") {
    std::mt19937 random(3);
    std::vector<std::string> names;
    for (int i = 0; i < 60; ++i) {
        std::string name;
        for (auto length = random() % 6; length > 0; --length) name += "0019a\xff"[random() % 6];
        names.push_back(name);
    }
    for (const auto& a : names) {
        for (const auto& b : names) {
            if (a != b) CHECK(naturally_before(a, b) != naturally_before(b, a));
            for (const auto& c : names) {
                if (naturally_before(a, b) && naturally_before(b, c)) CHECK(naturally_before(a, c));
            }
        }
    }
}
