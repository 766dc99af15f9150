import { describe, expect, it } from 'vitest';

import { exportedForms, forms } from './forms.js';
import { migrate } from './migrate.js';

describe('rewrites', () => {
  it.each(forms)('$name', ({ before, after, file }) => {
    expect(migrate(before, file === undefined ? {} : { file })).toEqual({
      text: after,
      remarks: [],
    });
  });

  it.each(exportedForms)('$name', ({ before, after }) => {
    const { text, remarks } = migrate(before);
    expect(text).toBe(after);
    expect(remarks.length).toBeGreaterThan(0);
    for (const remark of remarks) expect(remark).toMatch(/^\d+:\d+ check /);
  });
});

it.each([...forms, ...exportedForms])(
  'changes nothing the second time: $name',
  ({ after, file }) => {
    expect(migrate(after, file === undefined ? {} : { file })).toEqual({
      text: after,
      remarks: [],
    });
  },
);

it('names another module when asked to', () => {
  const before = "import { useWebSocket } from '@client/hooks/use-websocket';\n";
  expect(migrate(before, { target: 'civic-realtime' }).text).toBe(
    "import { useWebSocket } from 'civic-realtime';\n",
  );
});
