import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { BillTracker } from './bill-tracker';

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <BillTracker billId={1} />
  </StrictMode>,
);
