import { Notice } from '../page/notice';
import { gatewaySocketUrl } from './gateway-address';

export interface GatewayUnreachableProps {
  readonly reason: string;
  readonly onRetry: () => void;
}

export function GatewayUnreachable({ reason, onRetry }: GatewayUnreachableProps) {
  return (
    <Notice
      tone="problem"
      title="The gateway cannot be reached"
      actions={
        <button type="button" className="button" data-kind="primary" onClick={onRetry}>
          Try again
        </button>
      }
    >
      <p>{reason}</p>
      <p>
        Start the gateway with <code>npm run demo</code>. It is expected at{' '}
        <code>{gatewaySocketUrl()}</code>; the bills appear as soon as it is there.
      </p>
    </Notice>
  );
}
