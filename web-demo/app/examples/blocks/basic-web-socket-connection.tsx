/* eslint-disable @typescript-eslint/no-unused-vars -- below stands the documentation's example, character for character */
import { userToken } from './tokens';

// ┌ the documentation's block, character for character
import { useWebSocket } from '@client/core/realtime';

function MyComponent() {
  const {
    isConnected,
    isConnecting,
    connectionQuality,
    error,
    connect,
    disconnect
  } = useWebSocket({
    autoConnect: true,
    token: userToken
  });

  return (
    <div>
      <p>Status: {isConnected ? 'Connected' : 'Disconnected'}</p>
      <p>Quality: {connectionQuality}</p>
      {error && <p>Error: {error}</p>}
    </div>
  );
}
// └

export { MyComponent };
