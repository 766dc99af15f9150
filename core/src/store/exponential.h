// e to the power of what is not positive.
#pragma once

#include <cmath>

namespace civic {

// For `exponent` <= 0; within 4e-16 of the result, relatively. The C library's brings a table of 2
// KB, and its last digit differs between platforms, while the engine says the same on all of them.
inline double Exponential(double exponent) {
  constexpr double kSmallest = -700;  // Below it is nothing that counts.
  constexpr double kLog2OfE = 1.4426950408889634;
  constexpr double kLn2High = 0x1.62e42fefap-1;  // The upper digits: multiples of it are exact.
  constexpr double kLn2Low = 0x1.cf79abc9e3b3ap-40;
  constexpr int kTerms = 13;
  if (!(exponent > kSmallest)) {
    return 0;
  }
  // e^exponent = 2^halvings * e^rest, and for so small a rest the series is short.
  const double halvings = std::floor(exponent * kLog2OfE + 0.5);
  const double rest = exponent - halvings * kLn2High - halvings * kLn2Low;
  double power = 1;
  for (int term = kTerms; term > 0; --term) {
    power = 1 + rest / term * power;
  }
  return std::ldexp(power, static_cast<int>(halvings));
}

}  // namespace civic
