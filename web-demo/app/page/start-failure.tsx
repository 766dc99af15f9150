import { Notice } from './notice';

/** What is there instead of the page when it cannot start at all. */
export function StartFailure({ error }: { error: unknown }) {
  return (
    <main>
      <Notice tone="problem" title="This page could not start">
        <p>{error instanceof Error ? error.message : String(error)}</p>
        <p>
          Start everything with <code>npm run demo</code>, then reload this page.
        </p>
      </Notice>
    </main>
  );
}
