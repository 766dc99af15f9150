import type { BillDescription } from '../gateway/bill-description';
import { BillExample } from './bill-example';
import { MyComponent } from './blocks/basic-web-socket-connection';
import basicSource from './blocks/basic-web-socket-connection.tsx?raw';
import { BillTracker } from './blocks/bill-tracking';
import billSource from './blocks/bill-tracking.tsx?raw';
import { CommunityDiscussion } from './blocks/community-discussion';
import communitySource from './blocks/community-discussion.tsx?raw';
import { MonitoredBill } from './blocks/performance-issues';
import performanceSource from './blocks/performance-issues.tsx?raw';
import styles from './examples-screen.module.css';
import { MemoryLeaksExample } from './memory-leaks-example';
import { PlainExample } from './plain-example';
import { ServiceExamples } from './service-examples';

/** The examples of the package's documentation, running. */
export function ExamplesScreen({ bills }: { bills: readonly BillDescription[] }) {
  return (
    <div className={styles.screen}>
      <PlainExample
        name="basic-web-socket-connection"
        title="Basic WebSocket connection"
        intro="A component that shows the connection, with the hook useWebSocket."
        source={basicSource}
      >
        <MyComponent />
      </PlainExample>
      <BillExample
        name="bill-tracking"
        title="Bill tracking"
        intro="A component that follows one bill with the hook useBillTracking."
        source={billSource}
        bills={bills}
      >
        {(billId) => <BillTracker billId={billId} />}
      </BillExample>
      <BillExample
        name="community-discussion"
        title="Community real-time features"
        intro="A component that tells who is typing, with the hook useCommunityRealTime. Open the same bill in a second tab and type there."
        source={communitySource}
        bills={bills}
      >
        {(billId) => <CommunityDiscussion billId={billId} />}
      </BillExample>
      <ServiceExamples />
      <MemoryLeaksExample bills={bills} />
      <BillExample
        name="performance-issues"
        title="Troubleshooting: performance issues"
        intro="What the service counts, and the same updates by the hook and by the service. The hook is what renders again when they change."
        source={performanceSource}
        bills={bills}
      >
        {(billId) => <MonitoredBill billId={billId} />}
      </BillExample>
    </div>
  );
}
