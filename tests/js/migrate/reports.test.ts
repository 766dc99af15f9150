import { describe, expect, it } from 'vitest';

import { migrate } from './migrate.js';

const service = `import { webSocketService } from '@client/services/webSocketService';\n`;
const community = `import { communityWebSocketManager } from '@client/services/CommunityWebSocketManager';\n`;
const hook = `import { useWebSocket } from '@client/hooks/use-websocket';\n`;
const whole = 'handed on whole here';

describe('leaves unchanged and reports', () => {
  it.each<[name: string, text: string, ...reports: string[]]>([
    [
      'a member that does not exist',
      `${service}webSocketService.connect();\nwebSocketService.getActiveSubscriptions();\n`,
      '3:1 unchanged getActiveSubscriptions does not exist on realTimeService',
    ],
    [
      'a member chosen while it runs',
      `${service}webSocketService[name]();\n`,
      '2:1 unchanged a member of realTimeService is chosen by the running program',
    ],
    ['a value handed on', `${service}register(webSocketService);\n`, '2:10'],
    [
      'a value handed on by a variable',
      `${service}const a = webSocketService;\nregister(a);\n`,
      whole,
    ],
    ['the rest of a value', `${service}const { connect, ...rest } = webSocketService;\n`, '2:18'],
    [
      'an unknown member, destructured',
      `${service}const { ping } = webSocketService;\n`,
      'ping does not exist',
    ],
    ['an assigned member', `${service}webSocketService.connect = f;\n`, 'is assigned'],
    [
      'an old field of the statistics',
      `${service}print(webSocketService.getStats().activeSubscriptions);\n`,
      'activeSubscriptions does not exist',
    ],
    [
      'a topic to subscribe',
      `${service}webSocketService.subscribe('bill:1', f);\n`,
      'subscribe takes one subscription',
    ],
    [
      'a subscription to end',
      `${service}webSocketService.unsubscribe({ type: 'bill', id: 1 });\n`,
      'unsubscribe takes the id',
    ],
    [
      'unsubscribe as a value',
      `${service}const { unsubscribe } = webSocketService;\nrun(unsubscribe);\n`,
      '3:5 unchanged unsubscribe is not called',
    ],
    [
      'a spied member that does not exist',
      `${service}vi.spyOn(webSocketService, 'ping');\n`,
      'ping does not exist',
    ],
    [
      'a name the guide does not know',
      `import { WebSocketMessage, webSocketService } from '@client/services/webSocketService';\nlet a: WebSocketMessage;\nwebSocketService.connect();\n`,
      '1:10 unchanged the migration guide names no successor of WebSocketMessage',
    ],
    [
      'the class of the service',
      `import { WebSocketService } from '@client/services/webSocketService';\nnew WebSocketService();\n`,
      'has no certain successor',
    ],
    [
      'a default nobody can see',
      `import socket from '@client/services/webSocketService';\nsocket.connect();\n`,
      '1:8 unchanged what @client/services/webSocketService exports as its default',
    ],
    [
      'an import for its effect',
      `import '@client/services/webSocketService';\n`,
      'for its effect alone',
    ],
    [
      'the whole module handed on',
      `import * as all from '@client/services/webSocketService';\nregister(all);\n`,
      '2:10',
    ],
    [
      'export *',
      `export * from '@client/services/webSocketService';\nexport * as all from '@client/hooks/use-websocket';\n`,
      '1:1',
      '2:8',
    ],
    [
      'an export of the community',
      `export { communityWebSocketManager } from '@client/services/CommunityWebSocketManager';\n`,
      'no single object',
    ],
    [
      'the end of the community alone',
      `${community}communityWebSocketManager.connect();\ncommunityWebSocketManager.disconnect();\n`,
      '3:1 unchanged disconnect ended',
    ],
    [
      'a member the community lost',
      `${community}communityWebSocketManager.publish('a', 1);\n`,
      'publish does not exist',
    ],
    [
      'a function the community returned',
      `${community}useEffect(() => communityWebSocketManager.subscribeToDiscussion(1), []);\n`,
      'returns an id now',
    ],
    [
      'the community as a value',
      `${community}register(communityWebSocketManager);\n`,
      'as a value here',
    ],
    [
      'the type of the community',
      `${community}type Send = typeof communityWebSocketManager.sendTypingIndicator;\n`,
      'as a value here',
    ],
    [
      'the class of the community',
      `import { CommunityWebSocketManager } from '@client/services/CommunityWebSocketManager';\nnew CommunityWebSocketManager('/ws');\n`,
      'useCommunityRealTime',
    ],
    [
      'an unknown option of the hook',
      `${hook}useWebSocket({ handlers });\n`,
      'has no option handlers',
    ],
    ['options out of sight', `${hook}useWebSocket(options);\n`, 'cannot be seen'],
    [
      'an unknown field of the hook',
      `${hook}const { communityUpdates } = useWebSocket();\n`,
      'communityUpdates does not exist on what useWebSocket() returns',
    ],
    ['a hook in a hook', `${hook}export const useLive = () => useWebSocket();\n`, whole],
    [
      'the old subscription of the hook',
      `${hook}const { unsubscribe } = useWebSocket();\nunsubscribe(subscription);\n`,
      '3:1 unchanged unsubscribe takes the id',
    ],
    [
      'a lazy import',
      `const lazy = () => import('@client/services/webSocketService');\n`,
      'the module is handed on whole',
    ],
    [
      'a type of an import',
      `type A = typeof import('@client/services/webSocketService');\n`,
      'named in a string here',
    ],
    [
      'an import with require',
      `import ws = require('@client/services/webSocketService');\n`,
      'named in a string here',
    ],
    [
      'a test double and its import',
      `vi.mock('@client/services/webSocketService');\n${service}webSocketService.connect();\n`,
      '1:9 unchanged @client/services/webSocketService is named in a call of vi.mock',
      '2:1 unchanged this file replaces',
    ],
    [
      'a test double by its path',
      `jest.mock('../services/webSocketService', () => ({}));\n`,
      'jest.mock',
    ],
    [
      'a type of the same name',
      `${service}function f<webSocketService>(a: webSocketService) {}\nwebSocketService.connect();\n`,
      'not clear',
    ],
    [
      'an import that is assigned',
      `let { webSocketService } = require('@client/services/webSocketService');\nwebSocketService = 1;\n`,
      'whole',
    ],
    [
      'a name that has to go beside a comment',
      `import {\n  // both\n  webSocketService,\n  WebSocketService,\n} from '@client/services/webSocketService';\n`,
      'a comment belongs to it',
    ],
    ['syntax that is none', `${service}const = ;\n`, '2:7 unchanged does not parse'],
  ])('%s', (_name, text, ...reports) => {
    const migrated = migrate(text);
    expect(migrated.text).toBe(text);
    expect(migrated.remarks).toHaveLength(reports.length);
    for (const [index, report] of reports.entries())
      expect(migrated.remarks[index]).toContain(report);
  });
});

it('rewrites one import and leaves another in the same file', () => {
  const { text, remarks } = migrate(
    `${service}${community}webSocketService.connect();\ncommunityWebSocketManager.publish();\n`,
  );
  expect(text).toBe(
    `import { realTimeService } from '@client/core/realtime';\n${community}realTimeService.connect();\ncommunityWebSocketManager.publish();\n`,
  );
  expect(remarks).toHaveLength(1);
});

it('leaves texts alone that only speak of the old modules', () => {
  const text = `// import { webSocketService } from '@client/services/webSocketService'\nimport { webSocketService } from './services/other';\nwebSocketService.ping();\n`;
  expect(migrate(text)).toEqual({ text, remarks: [] });
});
