import { realTimeService } from '@client/core/realtime';

import { currentVisitor } from '../visitor/visitor';

/** Starts the page's one connection as this visitor, or starts it again. How that goes shows in the header. */
export function startLiveData(): void {
  realTimeService.initialize(currentVisitor().token).catch(() => undefined);
}
