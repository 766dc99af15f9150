import type { ReactNode } from 'react';

import { startLiveData } from '../connection/start-live-data';

/*
 * How the examples run that are no components. Their modules are loaded when they do: a module runs when it is imported,
 * and only once.
 */

export async function runDirectService(): Promise<ReactNode> {
  try {
    await import('./blocks/direct-service-usage');
  } finally {
    // The rest of the page wants its data back; how that goes shows in the header.
    startLiveData();
  }
  return null;
}

export async function runAfterMigration(): Promise<ReactNode> {
  const { AfterMigration } = await import('./blocks/after-migration');
  return <AfterMigration />;
}

export async function runConnectionProblems(): Promise<ReactNode> {
  const { checkConnection } = await import('./blocks/connection-problems');
  await checkConnection();
  return null;
}

export async function runCustomConfiguration(): Promise<ReactNode> {
  const { customConfig } = await import('./blocks/custom-configuration');
  console.log('customConfig.websocket:', customConfig.websocket);
  return null;
}
