/**
 * What a machine must have besides Node and npm packages, as Debian packages, by the purpose that
 * needs them. A command installs only what its purposes need.
 */

/**
 * @typedef {object} Requirement
 * @property {string} debianPackage
 * @property {readonly string[]} [programs] any of these on the PATH satisfies it
 * @property {readonly string[]} [files] any of these satisfies it; `*` matches within one name.
 *   Where packages cannot be installed a missing file is no failure: CMake looks for the library
 *   elsewhere, and fetches it if it must.
 */

/** @type {Readonly<Record<string, { reason: string, requirements: readonly Requirement[] }>>} */
export const purposes = {
  engine: {
    reason: 'build the engine',
    requirements: [
      { debianPackage: 'cmake', programs: ['cmake'] },
      { debianPackage: 'ninja-build', programs: ['ninja'] },
      { debianPackage: 'python3', programs: ['python3'] },
    ],
  },
  native: {
    reason: 'build and test the core natively',
    requirements: [
      { debianPackage: 'cmake', programs: ['cmake'] },
      { debianPackage: 'ninja-build', programs: ['ninja'] },
      { debianPackage: 'g++', programs: ['g++', 'c++'] },
      { debianPackage: 'nlohmann-json3-dev', files: ['/usr/include/nlohmann/json.hpp'] },
      { debianPackage: 'libgtest-dev', files: ['/usr/include/gtest/gtest.h'] },
      { debianPackage: 'libgmock-dev', files: ['/usr/include/gmock/gmock.h'] },
    ],
  },
  coverage: {
    reason: 'see which lines of the core the tests run',
    requirements: [{ debianPackage: 'gcovr', programs: ['gcovr'] }],
  },
  fuzzing: {
    reason: 'fuzz the core',
    requirements: [
      { debianPackage: 'clang', programs: ['clang++'] },
      {
        debianPackage: 'libclang-rt-dev',
        files: [
          '/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer-*.a',
          '/usr/lib/clang/*/lib/linux/libclang_rt.fuzzer-*.a',
        ],
      },
    ],
  },
  linting: {
    reason: 'check the C++ code',
    requirements: [
      { debianPackage: 'clang-format', programs: ['clang-format'] },
      { debianPackage: 'clang-tidy', programs: ['clang-tidy'] },
    ],
  },
  benchmarks: {
    reason: 'measure the core natively',
    requirements: [
      {
        debianPackage: 'libbenchmark-dev',
        files: ['/usr/include/benchmark/benchmark.h'],
      },
    ],
  },
  scale: {
    reason: 'run several gateways on NATS',
    requirements: [{ debianPackage: 'nats-server', programs: ['nats-server'] }],
  },
  browser: {
    reason: 'test in real browsers',
    requirements: [
      { debianPackage: 'chromium', programs: ['chromium', 'chromium-browser', 'google-chrome'] },
      { debianPackage: 'firefox-esr', programs: ['firefox-esr', 'firefox'] },
      {
        debianPackage: 'fonts-dejavu-core',
        files: ['/usr/share/fonts/*/dejavu/DejaVuSans.ttf', '/usr/share/fonts/*/*/*.ttf'],
      },
    ],
  },
};
