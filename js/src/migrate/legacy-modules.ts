/** What the specification's migration guide replaces: module by module, name by name. */

/** What becomes of a name: a value with another name, one service of it, a hook, or nothing that is certain. */
export type LegacyExport =
  | { readonly kind: 'service' | 'community' | 'hook'; readonly successor: string }
  | { readonly kind: 'none'; readonly reason: string };

export interface LegacyModule {
  readonly name: string;
  /** Where it is in the folder that `@client` stands for. */
  readonly path: string;
  readonly exports: ReadonlyMap<string, LegacyExport>;
}

function legacyModule(path: string, exports: Record<string, LegacyExport>): LegacyModule {
  return { name: `@client/${path}`, path, exports: new Map(Object.entries(exports)) };
}

export const legacyModules: readonly LegacyModule[] = [
  legacyModule('services/webSocketService', {
    webSocketService: { kind: 'service', successor: 'realTimeService' },
    WebSocketService: {
      kind: 'none',
      reason:
        'the class WebSocketService has no certain successor; use realTimeService, or new RealTimeService(config) for a connection of its own',
    },
  }),
  legacyModule('services/CommunityWebSocketManager', {
    communityWebSocketManager: { kind: 'community', successor: 'realTimeService' },
    CommunityWebSocketManager: {
      kind: 'none',
      reason:
        'the class CommunityWebSocketManager has no certain successor; use realTimeService.getCommunityService(), or useCommunityRealTime in a component',
    },
  }),
  legacyModule('hooks/use-websocket', {
    useWebSocket: { kind: 'hook', successor: 'useWebSocket' },
    useCommunityRealTime: {
      kind: 'none',
      reason:
        'the old useCommunityRealTime takes a discussion and returns its updates; the new one takes nothing and returns other fields',
    },
  }),
];

/** Every text that can name a legacy module has one of these in it. */
export const legacyFileNames: readonly string[] = legacyModules.map(
  ({ path }) => path.split('/').at(-1) ?? path,
);

/** What becomes of `name`; also of names the guide does not speak of. */
export function successorOf(module: LegacyModule, name: string): LegacyExport {
  return (
    module.exports.get(name) ?? {
      kind: 'none',
      reason: `the migration guide names no successor of ${name} from ${module.name}`,
    }
  );
}
