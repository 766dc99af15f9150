import { expect, it } from 'vitest';
import { connect, startGateway } from '../support/fixture.js';

const timestamp = expect.stringMatching(/Z$/);

it('preferences belong to the user: all their tabs have the same, nobody else', async () => {
  const { url } = await startGateway();
  const [tab, other] = [await connect(`${url}?token=mine`), await connect(`${url}?token=mine`)];
  const stranger = await connect(url);
  expect(await tab.request({ type: 'get_preferences' })).toEqual({
    type: 'preferences_response',
    data: { preferences: {} },
    messageId: 'request-1',
    timestamp,
  });
  expect(
    await tab.request({
      type: 'update_preferences',
      data: { preferences: { email: false, sound: 'bell' } },
    }),
  ).toEqual({
    type: 'preferences_updated',
    data: { preferences: { email: false, sound: 'bell' } },
    messageId: 'request-2',
    timestamp,
  });
  const told = await other.find(({ type }) => type === 'preferences_updated');
  expect(told).toMatchObject({ data: { preferences: { sound: 'bell' } }, messageId: null });
  const changed = await other.request({
    type: 'updatePreferences',
    data: { preferences: { sound: null } },
  });
  expect(changed.data.preferences).toEqual({ email: false, sound: null });
  const own = await stranger.request({ type: 'getPreferences', data: {} });
  expect(own.data.preferences).toEqual({});
});
