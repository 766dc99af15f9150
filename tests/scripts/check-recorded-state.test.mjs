import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { faultsOf, findForgottenState, ownersIn } from '../../scripts/check-recorded-state.mjs';
import { repositoryRoot } from '../../scripts/paths.mjs';
import { filesOf } from '../../scripts/stamp.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

const header = 'core/include/civic/x.h';
/** @param {string} code */
const faultsIn = (code) => findForgottenState(temporaryFolder({ [header]: code }));

const files = filesOf(repositoryRoot, 'core/include').filter((file) => file.endsWith('.h'));
const sources = Object.fromEntries(
  files.map((file) => [file, readFileSync(join(repositoryRoot, file), 'utf8')]),
);
const owners = Object.entries(sources).flatMap(([file, source]) => ownersIn(file, source));
const recorded = owners.filter(({ walk, walkedIn }) => walk !== '' || walkedIn !== null);

/**
 * @param {string} members
 * @param {string} [comment]
 */
const thing = (members, comment = '// For recordings.') => `
#include <string>
namespace civic {
// A thing.
class Thing final {
 public:
  explicit Thing(int one) : one_(one), list_{1} {}
  static constexpr int kMost = 3;
  enum class Kind { kOne, kOther };
  void Set(std::vector<int> list = {}, std::function<void(int)> then = {});
  int one() const { return one_; }
  bool operator==(const Thing& other) const = default;
  friend class Other;
  ${comment}
  template <typename Archive>
  void Walk(Archive& archive) {
    archive("one", one_)("two", inner_.two);
  }

 private:
  int one_ = 0;
  ${members}
};
}  // namespace civic
`;

it('finds nothing in this repository', () => {
  expect(findForgottenState(repositoryRoot)).toEqual([]);
});

it('looks at every part of the engine', () => {
  const walks = Object.values(sources)
    .join('')
    .match(/\bWalk\(Archive& archive\) \{/g);
  expect(owners.filter(({ walk }) => walk !== '')).toHaveLength(walks?.length ?? 0);
  const names = new Set(recorded.map(({ name }) => name));
  for (const name of ['Engine', 'Session', 'Credentials', 'Outbox', 'StreamSync', 'Topic', 'Place'])
    expect(names).toContain(name);
});

it.each(recorded.map(({ file, name }) => ({ file, name })))(
  'a new member of $name in $file is found when it is forgotten',
  ({ file, name }) => {
    const source = /** @type {string} */ (sources[file]);
    const beginning = new RegExp(`\\b(?:class|struct) ${name}(?: final)? \\{`);
    const changed = source.replace(beginning, '$&\n  std::vector<int> forgotten_ = {};');
    expect(findForgottenState(temporaryFolder({ ...sources, [file]: changed }))).toEqual([
      expect.stringMatching(new RegExp(`^${file}:\\d+: forgotten_ of ${name} is not in its Walk`)),
    ]);
  },
);

it('a member that a Walk has no more is found, whichever it is', () => {
  for (const owner of recorded) {
    const walker = owners.find(({ name }) => name === owner.walkedIn) ?? owner;
    for (const { name } of owner.members) {
      if (owner.leftOut.includes(name)) continue;
      const walk = walker.walk.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), 'other');
      const forgetful = { ...walker, walk };
      const found =
        walker === owner ? faultsOf(forgetful, owners) : faultsOf(owner, [forgetful, ...owners]);
      expect(found, `${owner.name} without ${name}`).toContainEqual(
        expect.stringContaining(`: ${name} of ${owner.name} is not in its Walk`),
      );
    }
  }
});

describe('a member', () => {
  it.each([
    'std::map<std::string, std::vector<int>> list_;',
    'std::function<void(int)> call_;',
    'std::vector<int> list_{1, 2};',
    'std::optional<int> maybe_ = std::nullopt;  // Not recorded: maybe_.',
    'const char* text_ = "list_;";',
    'mutable int count_;',
    'std::unique_ptr<Other> other_;',
    'struct Inner {\n    int three;\n  };\n  Inner another_;',
  ])('that is forgotten is found: %s', (code) => {
    expect(faultsIn(thing(code))).toEqual([
      expect.stringMatching(/^core\S+:\d+: \w+_ of Thing is not/),
    ]);
  });

  it.each([
    'struct Inner {\n    int two;\n  } inner_;',
    'const int given_;',
    'const std::vector<int> list_ = {1};',
    'Other& other_;',
    'static constexpr int kLeast = 1;',
    'using List = std::vector<int>;',
    'template <typename Value>\n  void Take(const Value& value) {\n    int one = value;\n  }',
    'void Call(int x = 3) const;',
  ])('that is no state is none: %s', (code) => {
    expect(faultsIn(thing(code))).toEqual([]);
  });

  it('is reported with file, line and what to do', () => {
    expect(faultsIn('struct A {\n  int a;\n  void Walk(Archive& archive) {}\n};')).toEqual([
      `${header}:2: a of A is not in its Walk: name it there, or say that it is not recorded and why`,
    ]);
  });

  it('may be left out, which is said before the Walk', () => {
    const comment =
      '// For recordings.\n  // Not recorded: two_ (given), three_,\n  // four_ (sums).';
    expect(faultsIn(thing('int two_, three_;\n int four_;', comment))).toEqual([
      expect.stringContaining('two_ of Thing is said to be left out, and is no member'),
    ]);
    expect(faultsIn(thing('int two_;\n int three_;\n int four_;', comment))).toEqual([]);
  });

  it('that is said to be left out is there, and is left out', () => {
    expect(faultsIn(thing('', '// Not recorded: one_ (no), gone_ (was there).'))).toEqual([
      expect.stringContaining('one_ of Thing is said to be left out, and is in its Walk'),
      expect.stringContaining('gone_ of Thing is said to be left out, and is no member that can'),
    ]);
  });
});

describe('a struct that another one walks', () => {
  it('has every member there', () => {
    const place = '// Walked in Thing.\nstruct Place {\n  int two;\n  int three;\n};\n';
    expect(faultsIn(place + thing(''))).toEqual([
      expect.stringContaining(':4: three of Place is not in its Walk'),
    ]);
  });

  it('is walked by somebody', () => {
    expect(faultsIn('// Walked in Nobody.\nstruct Place {\n  int two;\n};\n')).toEqual([
      `${header}:2: Place is to be walked in Nobody, which has no Walk`,
    ]);
  });
});
