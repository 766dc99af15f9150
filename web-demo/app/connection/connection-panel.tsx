import { useState } from 'react';

import { getRealTimeConfig } from '@client/core/realtime';

import { Figure, Figures } from '../activity/figures';
import { useTraffic } from '../activity/use-traffic';
import { formatBytes, formatCount, formatRate } from '../format/words';
import { gatewaySocketUrl } from '../gateway/gateway-address';
import styles from './connection-panel.module.css';
import { qualityWords, stateWords } from './connection-words';
import { useConnection } from './use-connection';

/** Everything there is to know about the connection, and its switch. */
export function ConnectionPanel() {
  const { state, error, connect, disconnect } = useConnection();
  const { stats } = useTraffic();
  const [host] = useState(hostName);
  const { counters } = stats;
  const isOff = state === 'disconnected' || state === 'closed' || state === 'failed';
  return (
    <div className={styles.panel}>
      <h2 className={styles.title}>Connection</h2>
      <p className={styles.note}>
        Gateway <code className={styles.address}>{gatewaySocketUrl()}</code>
      </p>
      {error !== null && <p className={styles.error}>{error.split('\n')[0]}</p>}
      <Figures>
        <Figure name="State" figure="state">
          {stateWords[state]}
        </Figure>
        <Figure name="Quality" figure="quality">
          {qualityWords[stats.connectionQuality]}
        </Figure>
        <Figure name="Round trip" figure="round-trip">
          {counters.roundTripMs > 0 ? `${formatRate(counters.roundTripMs)} ms` : 'no ping yet'}
        </Figure>
        <Figure name="Engine runs in" figure="host">
          {host}
        </Figure>
        <Figure name="Attempts since it was lost" figure="attempts">
          {formatCount(stats.reconnectAttempts)}
        </Figure>
        <Figure name="Reconnected so far" figure="reconnects">
          {formatCount(counters.reconnects)}
        </Figure>
      </Figures>
      <h3 className={styles.subtitle}>Followed</h3>
      <Figures>
        <Figure name="Bills" figure="bills">
          {formatCount(stats.billSubscriptions)}
        </Figure>
        <Figure name="Discussions and experts" figure="discussions">
          {formatCount(stats.communitySubscriptions)}
        </Figure>
        <Figure name="Notifications" figure="notifications">
          {stats.notificationSubscriptions > 0 ? 'yes' : 'no'}
        </Figure>
      </Figures>
      <h3 className={styles.subtitle}>Traffic</h3>
      <Figures>
        <Figure name="Received" figure="received">
          {formatCount(counters.messagesReceived)} messages, {formatBytes(counters.bytesReceived)}
        </Figure>
        <Figure name="Sent" figure="sent">
          {formatCount(counters.messagesSent)} messages, {formatBytes(counters.bytesSent)}
        </Figure>
        <Figure name="Handed to this page" figure="drained">
          {formatCount(counters.bundlesDrained)} bundles, {formatBytes(counters.bytesDrained)}
        </Figure>
        <Figure name="Replaced before anybody looked" figure="conflated">
          {formatCount(counters.recordsConflated)}
        </Figure>
        <Figure name="Not understood" figure="invalid">
          {formatCount(
            counters.malformedFrames + counters.invalidMessages + counters.unknownMessages,
          )}
        </Figure>
      </Figures>
      <p className={styles.actions}>
        {isOff ? (
          <button
            type="button"
            className="button"
            data-kind="primary"
            onClick={() => {
              connect().catch(() => undefined);
            }}
          >
            Connect
          </button>
        ) : (
          <button type="button" className="button" onClick={disconnect}>
            Disconnect
          </button>
        )}
      </p>
    </div>
  );
}

/** The package uses the page where there is no Worker, whatever its configuration asks for. */
function hostName(): string {
  const isWorker = getRealTimeConfig().websocket.host === 'worker' && typeof Worker !== 'undefined';
  return isWorker ? 'a worker' : 'the page';
}
