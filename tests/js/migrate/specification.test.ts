// @vitest-environment node
import { expect, it } from 'vitest';

import {
  communityMembers,
  hookMembers,
  hookOptions,
  serviceMembers,
  statsMembers,
} from '../../../js/src/migrate/members.js';
import { migrate } from './migrate.js';
import { TypeChecker } from './type-checker.js';

const before = `// Old scattered approach
import { webSocketService } from '@client/services/webSocketService';
import { communityWebSocketManager } from '@client/services/CommunityWebSocketManager';
import { useWebSocket } from '@client/hooks/use-websocket';

// Multiple connections and services
webSocketService.connect();
communityWebSocketManager.connect();
`;

const oldImports = `// Old imports
import { webSocketService } from '@client/services/webSocketService';
import { useWebSocket } from '@client/hooks/use-websocket';
import { CommunityWebSocketManager } from '@client/services/CommunityWebSocketManager';
`;

const types = `
import type { RealTimeService, RealTimeStats, CommunityService, UseWebSocketOptions, WebSocketConnection } from '@client/core/realtime';
type Service = RealTimeService;
type Stats = RealTimeStats;
type Community = CommunityService;
type Options = UseWebSocketOptions;
type Connection = WebSocketConnection;
`;

it("turns the specification's code into code of the new module", () => {
  expect(migrate(before)).toEqual({
    text: `// Old scattered approach
import { realTimeService, useWebSocket } from '@client/core/realtime';

// Multiple connections and services
realTimeService.connect();
realTimeService.connect();
`,
    remarks: [],
  });
  expect(migrate(oldImports)).toEqual({
    text: `// Old imports
import { realTimeService, useWebSocket } from '@client/core/realtime';
`,
    remarks: [],
  });
});

it(
  'gives code that has the right types, and knows the members of the package',
  { timeout: 60_000 },
  () => {
    const checker = new TypeChecker(migrate(before).text + types);
    expect(checker.problems).toEqual([]);
    expect(checker.publicMembers('Service')).toEqual([...serviceMembers]);
    expect(checker.publicMembers('Stats')).toEqual([...statsMembers]);
    expect(checker.publicMembers('Community')).toEqual([...communityMembers]);
    expect(checker.publicMembers('Options')).toEqual([...hookOptions]);
    expect(checker.publicMembers('Connection')).toEqual([...hookMembers]);
  },
);
