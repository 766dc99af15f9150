import { lazy, Suspense, useState } from 'react';

/** Built for production like the rest of the page, which is to show it: an application imports it without `/production`. */
const RealTimeDevtools = lazy(async () => {
  const { RealTimeDevtools: Devtools } = await import('@client/core/realtime/devtools/production');
  return { default: Devtools };
});

/** Whoever wants to look inside loads the panel with this, or comes with `?devtools`. */
export function DevtoolsToggle() {
  const [isWanted, setWanted] = useState(() =>
    new URLSearchParams(window.location.search).has('devtools'),
  );
  return (
    <>
      <button
        type="button"
        className="link-button"
        aria-pressed={isWanted}
        onClick={() => {
          setWanted(!isWanted);
        }}
      >
        {isWanted ? 'Hide the devtools' : 'Look inside'}
      </button>
      {isWanted && (
        <Suspense>
          <RealTimeDevtools initiallyOpen position="bottom-left" />
        </Suspense>
      )}
    </>
  );
}
