import { formatRate } from '../format/words';
import { Figure } from './figures';
import { usePageCost } from './use-page-cost';

/** What this page's scripts cost its main thread; to be put into `Figures`. */
export function PageCostFigures() {
  const { scriptShare, longTasks } = usePageCost();
  return (
    <>
      <Figure name="Time in scripts" figure="script-share">
        {scriptShare === undefined
          ? 'measuring…'
          : scriptShare === null
            ? 'not measurable here'
            : `${formatRate(scriptShare * 100)} %`}
      </Figure>
      <Figure name="Tasks over 50 ms, last minute" figure="long-tasks">
        {longTasks === null
          ? 'not measurable here'
          : longTasks.count === 0
            ? 'none'
            : `${longTasks.count} (${Math.round(longTasks.totalMs)} ms)`}
      </Figure>
    </>
  );
}
