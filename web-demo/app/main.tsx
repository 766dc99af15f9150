import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { loadPageConfig } from './page/page-config';
import { StartFailure } from './page/start-failure';
import './styles/tokens.css';
import './styles/base.css';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no element #root.');
const root = createRoot(container);

try {
  await loadPageConfig();
  // Only now: the package reads the gateway's address where it is first used.
  const [{ App }, { startLiveData }] = await Promise.all([
    import('./app'),
    import('./connection/start-live-data'),
  ]);
  startLiveData();
  root.render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
} catch (error) {
  root.render(<StartFailure error={error} />);
}
