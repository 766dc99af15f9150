import type { PageSignalListener, PageSignals } from '../../../../js/src/hosts/page-signals.js';

/** A page whose life a test decides. */
export class FakeSignals implements PageSignals {
  private visible = true;
  private online = true;
  private readonly listeners = new Set<PageSignalListener>();

  get listenerCount(): number {
    return this.listeners.size;
  }

  isVisible(): boolean {
    return this.visible;
  }

  isOnline(): boolean {
    return this.online;
  }

  watch(listener: PageSignalListener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  setVisible(visible: boolean): void {
    this.visible = visible;
    for (const listener of this.listeners) listener.visible?.(visible);
  }

  setOnline(online: boolean): void {
    this.online = online;
    for (const listener of this.listeners) listener.online?.(online);
  }

  resume(): void {
    for (const listener of this.listeners) listener.resumed?.();
  }
}
