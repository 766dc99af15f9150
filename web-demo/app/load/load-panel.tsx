import { Figure, Figures } from '../activity/figures';
import { formatCount, formatRate } from '../format/words';
import { Panel } from '../page/panel';
import styles from './load-panel.module.css';
import { rateAt, sliderSteps, stepOf } from './rate-scale';
import { useFrameRate } from './use-frame-rate';
import { useLoad } from './use-load';

/** Whoever wants to see this page sweat turns this up. */
export function LoadPanel() {
  const { asked, achieved, failure, ask } = useLoad();
  const frames = useFrameRate();
  return (
    <Panel id="load-heading" title="Load">
      <p className={styles.meter}>
        <strong className={styles.frames} data-figure="frames-per-second">
          {frames === null ? '…' : Math.round(frames.perSecond)}
        </strong>
        <span>
          frames a second
          <br />
          {frames !== null && `longest ${Math.round(frames.longestMs)} ms`}
        </span>
      </p>
      {asked !== null && (
        <>
          <label className={styles.label}>
            <span>Messages a second</span>
            <input
              className={styles.slider}
              type="range"
              min={0}
              max={sliderSteps}
              step={10}
              value={stepOf(asked)}
              aria-valuetext={`${formatCount(asked)} messages a second`}
              onChange={(event) => {
                ask(rateAt(Number(event.target.value)));
              }}
            />
          </label>
          <p className={styles.ends} aria-hidden="true">
            <span>1</span>
            <span>50,000</span>
          </p>
          <Figures>
            <Figure name="Asked of the gateway" figure="rate-asked">
              {formatRate(asked)}/s
            </Figure>
            <Figure name="Achieved by the gateway" figure="rate-achieved">
              {achieved === null ? 'not known' : `${formatRate(achieved)}/s`}
            </Figure>
          </Figures>
        </>
      )}
      {failure !== null && (
        <p className={styles.failure} role="status">
          {failure}
        </p>
      )}
    </Panel>
  );
}
