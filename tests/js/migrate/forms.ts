/** Every form in which a legacy module can be spoken of, before and after. */
export interface Form {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly file?: string;
}

const service = '@client/services/webSocketService';
const community = '@client/services/CommunityWebSocketManager';
const hook = '@client/hooks/use-websocket';
const target = '@client/core/realtime';

export const forms: readonly Form[] = [
  {
    name: 'a named import and its uses',
    before: `import { webSocketService } from '${service}';\nwebSocketService.connect(token);\n`,
    after: `import { realTimeService } from '${target}';\nrealTimeService.connect(token);\n`,
  },
  {
    name: 'double quotes, no semicolons, odd spaces',
    before: `import {webSocketService}   from "${service}"\nwebSocketService . connect( )\n`,
    after: `import {realTimeService}   from "${target}"\nrealTimeService . connect( )\n`,
  },
  {
    name: 'a renamed import keeps its name',
    before: `import { webSocketService as ws } from '${service}';\nws.connect();\n`,
    after: `import { realTimeService as ws } from '${target}';\nws.connect();\n`,
  },
  {
    name: 'a whole module',
    before: `import * as sockets from '${service}';\nsockets.webSocketService.connect();\n`,
    after: `import * as sockets from '${target}';\nsockets.realTimeService.connect();\n`,
  },
  {
    name: 'a whole module of the community',
    before: `import * as x from '${community}';\nx.communityWebSocketManager.sendTypingIndicator(1);\n`,
    after: `import * as x from '${target}';\nx.realTimeService.getCommunityService().sendTypingIndicator(1);\n`,
  },
  {
    name: 'a type-only import stays one',
    before: `import type { webSocketService } from '${service}';\ntype Service = typeof webSocketService;\n`,
    after: `import type { realTimeService } from '${target}';\ntype Service = typeof realTimeService;\n`,
  },
  {
    name: 'a type among values stays one',
    before: `import { type webSocketService } from '${service}';\ntype On = typeof webSocketService.connect;\n`,
    after: `import { type realTimeService } from '${target}';\ntype On = typeof realTimeService.connect;\n`,
  },
  {
    name: 'the hook',
    before: `import { useWebSocket } from '${hook}';\nconst { isConnected, error: problem } = useWebSocket({ autoConnect: true, token });\n`,
    after: `import { useWebSocket } from '${target}';\nconst { isConnected, error: problem } = useWebSocket({ autoConnect: true, token });\n`,
  },
  {
    name: 'the hook, kept in a variable',
    before: `import { useWebSocket as useSocket } from '${hook}';\nconst socket = useSocket();\nuseEffect(() => { socket.connect(); }, [socket]);\n`,
    after: `import { useWebSocket as useSocket } from '${target}';\nconst socket = useSocket();\nuseEffect(() => { socket.connect(); }, [socket]);\n`,
  },
  {
    name: 'the community: connection and service',
    before: `import { communityWebSocketManager } from '${community}';\ncommunityWebSocketManager.connect().catch(console.error);\ncommunityWebSocketManager.sendTypingIndicator(billId, parent);\n`,
    after: `import { realTimeService } from '${target}';\nrealTimeService.connect().catch(console.error);\nrealTimeService.getCommunityService().sendTypingIndicator(billId, parent);\n`,
  },
  {
    name: 'the community under another name',
    before: `import { communityWebSocketManager as community } from '${community}';\ncommunity?.stopTypingIndicator(1);\n`,
    after: `import { realTimeService } from '${target}';\nrealTimeService.getCommunityService()?.stopTypingIndicator(1);\n`,
  },
  {
    name: 'several imports become one',
    before: `import { webSocketService } from '${service}';\nimport { communityWebSocketManager } from '${community}';\nimport { useWebSocket } from '${hook}';\nimport React from 'react';\n\nwebSocketService.connect();\ncommunityWebSocketManager.isConnected();\nuseWebSocket();\n`,
    after: `import { realTimeService, useWebSocket } from '${target}';\nimport React from 'react';\n\nrealTimeService.connect();\nrealTimeService.isConnected();\nuseWebSocket();\n`,
  },
  {
    name: 'an import of the new module takes the names',
    before: `import { useWebSocket } from '${hook}';\nimport {\n  useBillTracking,\n  realTimeService,\n} from '${target}';\nimport { webSocketService } from '${service}';\nuseWebSocket();\nwebSocketService.connect();\nuseBillTracking();\nrealTimeService.on('gap', f);\n`,
    after: `import {\n  useBillTracking,\n  realTimeService,\n  useWebSocket,\n} from '${target}';\nuseWebSocket();\nrealTimeService.connect();\nuseBillTracking();\nrealTimeService.on('gap', f);\n`,
  },
  {
    name: 'the new service under another name is used again',
    before: `import { realTimeService as live } from '${target}';\nimport { webSocketService } from '${service}';\nlive.connect();\nwebSocketService.disconnect();\n`,
    after: `import { realTimeService as live } from '${target}';\nlive.connect();\nlive.disconnect();\n`,
  },
  {
    name: 'values and types stay apart',
    before: `import type { BillUpdate } from '${target}';\nimport { webSocketService } from '${service}';\nlet update: BillUpdate;\nwebSocketService.connect();\n`,
    after: `import type { BillUpdate } from '${target}';\nimport { realTimeService } from '${target}';\nlet update: BillUpdate;\nrealTimeService.connect();\n`,
  },
  {
    name: 'names that nothing uses and nothing replaces go',
    before: `import { webSocketService } from '${service}';\nimport { useWebSocket } from '${hook}';\nimport { CommunityWebSocketManager } from '${community}';\n`,
    after: `import { realTimeService, useWebSocket } from '${target}';\n`,
  },
  {
    name: 'shadowed names stay',
    before: `import { webSocketService } from '${service}';\nfunction test(webSocketService) { webSocketService.anything(); }\n{ const webSocketService = 1; print(webSocketService); }\nwebSocketService.connect();\nconst other = { webSocketService: 1 }.webSocketService;\n`,
    after: `import { realTimeService } from '${target}';\nfunction test(webSocketService) { webSocketService.anything(); }\n{ const webSocketService = 1; print(webSocketService); }\nrealTimeService.connect();\nconst other = { webSocketService: 1 }.webSocketService;\n`,
  },
  {
    name: 'names in types, in both directions',
    before: `import { webSocketService } from '${service}';\ninterface Props { webSocketService: string; on(webSocketService: number): void }\ntype F = (webSocketService: Props) => typeof webSocketService | All.webSocketService;\nlet a: typeof webSocketService;\nfunction g(b?: typeof webSocketService.connect): void {}\nclass C { constructor(private webSocketService: F) { webSocketService.ping(); this.webSocketService; } webSocketService() {} }\nconst d = <D webSocketService={webSocketService.isConnected()} />;\nenum E { webSocketService = 1 }\n`,
    after: `import { realTimeService } from '${target}';\ninterface Props { webSocketService: string; on(webSocketService: number): void }\ntype F = (webSocketService: Props) => typeof webSocketService | All.webSocketService;\nlet a: typeof realTimeService;\nfunction g(b?: typeof realTimeService.connect): void {}\nclass C { constructor(private webSocketService: F) { webSocketService.ping(); this.webSocketService; } webSocketService() {} }\nconst d = <D webSocketService={realTimeService.isConnected()} />;\nenum E { webSocketService = 1 }\n`,
  },
  {
    name: 'a taken name is not taken again',
    before: `import { webSocketService } from '${service}';\nconst realTimeService = 1;\nwebSocketService.connect();\n`,
    after: `import { realTimeService as webSocketService } from '${target}';\nconst realTimeService = 1;\nwebSocketService.connect();\n`,
  },
  {
    name: 'a name that would be shadowed is not taken',
    before: `import { webSocketService } from '${service}';\nclass Run { constructor(private realTimeService: string) { webSocketService.connect(realTimeService); } }\n`,
    after: `import { realTimeService as webSocketService } from '${target}';\nclass Run { constructor(private realTimeService: string) { webSocketService.connect(realTimeService); } }\n`,
  },
  {
    name: 'the community where the name is taken',
    before: `import { communityWebSocketManager } from '${community}';\nrealTimeService;\ncommunityWebSocketManager.stopTypingIndicator(1);\n`,
    after: `import { realTimeService as communityWebSocketManager } from '${target}';\nrealTimeService;\ncommunityWebSocketManager.getCommunityService().stopTypingIndicator(1);\n`,
  },
  {
    name: 'variables that hold the service are followed',
    before: `import { webSocketService } from '${service}';\nconst socket = webSocketService;\nconst { connect, isConnected: live } = socket;\nif (socket && live()) connect();\n`,
    after: `import { realTimeService } from '${target}';\nconst socket = realTimeService;\nconst { connect, isConnected: live } = socket;\nif (socket && live()) connect();\n`,
  },
  {
    name: 'an id that subscribe returned',
    before: `import { webSocketService } from '${service}';\nconst id = webSocketService.subscribe({ type: 'bill', id: 1 });\nwebSocketService.unsubscribe(id);\n`,
    after: `import { realTimeService } from '${target}';\nconst id = realTimeService.subscribe({ type: 'bill', id: 1 });\nrealTimeService.unsubscribe(id);\n`,
  },
  {
    name: 'test doubles of one method',
    before: `import { webSocketService } from '${service}';\nvi.spyOn(webSocketService, 'connect');\nvi.mocked(webSocketService).connect.mockClear();\nvi.mocked(webSocketService.connect).mockClear();\n`,
    after: `import { realTimeService } from '${target}';\nvi.spyOn(realTimeService, 'connect');\nvi.mocked(realTimeService).connect.mockClear();\nvi.mocked(realTimeService.connect).mockClear();\n`,
  },
  {
    name: 'an import in the middle of the code, destructured',
    before: `async function run() {\n  const { webSocketService } = await import('${service}');\n  webSocketService.connect();\n}\n`,
    after: `async function run() {\n  const { realTimeService } = await import('${target}');\n  realTimeService.connect();\n}\n`,
  },
  {
    name: 'an import in the middle of the code, with comments for the bundler',
    before: `const module = await import(/* webpackChunkName: "ws" */ \`${service}\`);\nmodule.webSocketService.connect();\n(await import('${community}')).communityWebSocketManager.connect();\n`,
    after: `const module = await import(/* webpackChunkName: "ws" */ \`${target}\`);\nmodule.realTimeService.connect();\n(await import('${target}')).realTimeService.connect();\n`,
  },
  {
    name: 'then',
    before: `import('${service}').then(({ webSocketService: ws }) => ws.connect()).catch(print);\nimport('${hook}').then((hooks) => { hooks.useWebSocket(); });\n`,
    after: `import('${target}').then(({ realTimeService: ws }) => ws.connect()).catch(print);\nimport('${target}').then((hooks) => { hooks.useWebSocket(); });\n`,
  },
  {
    name: 'require',
    before: `const { webSocketService } = require('${service}');\nconst { communityWebSocketManager } = require('${community}');\nwebSocketService.connect();\ncommunityWebSocketManager.stopTypingIndicator(1);\n`,
    after: `const { realTimeService } = require('${target}');\nconst { realTimeService: communityWebSocketManager } = require('${target}');\nrealTimeService.connect();\ncommunityWebSocketManager.getCommunityService().stopTypingIndicator(1);\n`,
    file: 'components/old.cjs',
  },
  {
    name: 'a path, and endings',
    before: `import { webSocketService } from '../services/webSocketService';\nimport { useWebSocket } from '../hooks/use-websocket.js';\nimport { useWebSocket as again } from '${hook}.ts';\nwebSocketService.connect();\n`,
    after: `import { realTimeService, useWebSocket, useWebSocket as again } from '${target}';\nrealTimeService.connect();\n`,
  },
  {
    name: 'comments stay, and what they belong to',
    before: `// @ts-check\n/* header */\nimport { webSocketService } from '${service}'; // the socket\n// eslint-disable-next-line import/first\nimport { useWebSocket } from '${hook}';\nimport { /* one */ useWebSocket as two } from '${hook}';\n\nwebSocketService /* here */ .connect(); // now\n`,
    after: `// @ts-check\n/* header */\nimport { realTimeService } from '${target}'; // the socket\n// eslint-disable-next-line import/first\nimport { useWebSocket } from '${target}';\nimport { /* one */ useWebSocket as two } from '${target}';\n\nrealTimeService /* here */ .connect(); // now\n`,
  },
  {
    name: 'a line each',
    before: `import {\n    useWebSocket,\n    useCommunityRealTime,\n} from '${hook}';\nimport { webSocketService } from '${service}';\nwebSocketService.connect();\n`,
    after: `import {\n    useWebSocket,\n    realTimeService,\n} from '${target}';\nrealTimeService.connect();\n`,
  },
  {
    name: 'line breaks, byte order mark and end of file of others',
    before: `\uFEFFimport {\r\n  webSocketService,\r\n} from '${service}';\r\nimport { useWebSocket } from '${hook}';\r\nwebSocketService.connect()`,
    after: `\uFEFFimport {\r\n  realTimeService,\r\n  useWebSocket,\r\n} from '${target}';\r\nrealTimeService.connect()`,
  },
  {
    name: 'a shebang, in JavaScript with types of Flow',
    before: `#!/usr/bin/env node\n// @flow\nimport { webSocketService } from '${service}';\nfunction f(x: number): void { webSocketService.connect(); }\n`,
    after: `#!/usr/bin/env node\n// @flow\nimport { realTimeService } from '${target}';\nfunction f(x: number): void { realTimeService.connect(); }\n`,
    file: 'components/script.js',
  },
  {
    name: 'decorators, generics and assertions of TypeScript',
    before: `import { webSocketService } from '${service}';\n@sealed class A<T> { @log private x = <T>(y: T) => y; run(this: A<T>) { webSocketService!.connect(); } }\nconst b = <string>a;\n`,
    after: `import { realTimeService } from '${target}';\n@sealed class A<T> { @log private x = <T>(y: T) => y; run(this: A<T>) { realTimeService!.connect(); } }\nconst b = <string>a;\n`,
    file: 'components/a.mts',
  },
];

/** Forms that are rewritten and leave something to look at. */
export const exportedForms: readonly Form[] = [
  {
    name: 'exports from a legacy module keep their names',
    before: `export { webSocketService } from '${service}';\nexport { webSocketService as ws, type webSocketService as T } from '${service}';\nexport { useWebSocket } from "${hook}";\nexport type { webSocketService as U } from '${service}';\n`,
    after: `export { realTimeService as webSocketService } from '${target}';\nexport { realTimeService as ws, type realTimeService as T } from '${target}';\nexport { useWebSocket } from "${target}";\nexport type { realTimeService as U } from '${target}';\n`,
  },
  {
    name: 'exports of an imported name keep their names',
    before: `import { webSocketService } from '${service}';\nexport { webSocketService };\nexport { webSocketService as ws };\nexport default webSocketService;\nexport const again = webSocketService;\n`,
    after: `import { realTimeService } from '${target}';\nexport { realTimeService as webSocketService };\nexport { realTimeService as ws };\nexport default realTimeService;\nexport const again = realTimeService;\n`,
  },
  {
    name: 'subscriptions of the community',
    before: `import { communityWebSocketManager } from '${community}';\ncommunityWebSocketManager.subscribeToDiscussion(1);\n`,
    after: `import { realTimeService } from '${target}';\nrealTimeService.getCommunityService().subscribeToDiscussion(1);\n`,
  },
];
