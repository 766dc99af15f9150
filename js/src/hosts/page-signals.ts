/** What the page can tell about itself. */
export interface PageSignalListener {
  visible?(visible: boolean): void;
  online?(online: boolean): void;
  /** The page or machine was away and is back: connections may be dead without having said so. */
  resumed?(): void;
}

/** The seam to the page's lifecycle. */
export interface PageSignals {
  isVisible(): boolean;
  isOnline(): boolean;
  /** Returns the function that ends it. */
  watch(listener: PageSignalListener): () => void;
}

/** For places that are no page: always visible, always online. */
export const noPageSignals: PageSignals = {
  isVisible: () => true,
  isOnline: () => true,
  watch: () => () => undefined,
};

/**
 * The signals of a browser's page. Pages that are unloaded need no signal, and listening to `unload` or `beforeunload`
 * would keep a page out of the back/forward cache.
 */
export function pageSignalsOf(page: Window): PageSignals {
  const { document, navigator } = page;
  let isFrozen = false;
  const isVisible = (): boolean => !isFrozen && document.visibilityState !== 'hidden';
  return {
    isVisible,
    isOnline: () => navigator.onLine,
    watch(listener) {
      const ended = new AbortController();
      const on = (target: EventTarget, event: string, handle: (event: Event) => void): void => {
        target.addEventListener(event, handle, { signal: ended.signal });
      };
      on(document, 'visibilitychange', () => listener.visible?.(isVisible()));
      on(document, 'freeze', () => {
        isFrozen = true;
        listener.visible?.(false);
      });
      on(document, 'resume', () => {
        isFrozen = false;
        listener.visible?.(isVisible());
        listener.resumed?.();
      });
      on(page, 'pageshow', (event) => {
        if (!(event as PageTransitionEvent).persisted) return;
        // Not every browser that has frozen a page tells it that it goes on.
        isFrozen = false;
        listener.visible?.(isVisible());
        listener.resumed?.();
      });
      on(page, 'online', () => listener.online?.(true));
      on(page, 'offline', () => listener.online?.(false));
      return () => {
        ended.abort();
      };
    },
  };
}
