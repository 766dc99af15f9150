import { userToken as token } from './tokens';

// ┌ the documentation's block, character for character
// New unified approach
import { 
  realTimeService, 
  useWebSocket, 
  useBillTracking, 
  useCommunityRealTime 
} from '@client/core/realtime';

// Single service managing everything
await realTimeService.initialize(token);

// ├ hooks are called by a component
export function AfterMigration() {
// ┤
// Specialized hooks for different features
const websocket = useWebSocket();
const billTracking = useBillTracking();
const community = useCommunityRealTime();
// └
  return (
    <dl>
      <dt>useWebSocket</dt>
      <dd>{websocket.isConnected ? 'Connected' : 'Disconnected'}</dd>
      <dt>useBillTracking</dt>
      <dd>{billTracking.subscribedBills.size} bills followed by this component</dd>
      <dt>useCommunityRealTime</dt>
      <dd>{community.subscribedDiscussions.size} discussions followed by this component</dd>
    </dl>
  );
}
