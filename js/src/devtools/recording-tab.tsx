import { useState, type ReactNode } from 'react';

import type { RealTimeService } from '../services/realtime-service.js';

/** The flight recorder: what the engine was told last, as a file that `npm run replay` takes. */
export function RecordingTab({ service }: { readonly service: RealTimeService }): ReactNode {
  const [hasPayloads, setHasPayloads] = useState(false);
  const [outcome, setOutcome] = useState('');
  const { enabled } = service.manager.settings.websocket.recording;
  if (!enabled) {
    return (
      <>
        <p>
          This service records nothing. To let it keep what its engine was told last, configure it:
        </p>
        <pre>{'new RealTimeService({ websocket: { recording: { enabled: true } } })'}</pre>
      </>
    );
  }
  const save = async (): Promise<void> => {
    try {
      const recording = await service.exportRecording({ payloads: hasPayloads });
      download(
        recording,
        `civic-realtime-${new Date().toISOString().replace(/[:.]/g, '-')}.civicrec`,
      );
      setOutcome(`Saved ${recording.size.toLocaleString('en')} bytes.`);
    } catch (error) {
      setOutcome((error as Error).message);
    }
  };
  return (
    <>
      <p>
        The engine keeps what it was told last. The file leads another engine to the same states, so
        that a mistake can be looked at where it happened. No token is in it.
      </p>
      <p>
        <label>
          <input
            type="checkbox"
            checked={hasPayloads}
            onChange={(event) => {
              setHasPayloads(event.target.checked);
            }}
          />{' '}
          with the texts inside messages; otherwise others of the same length take their place
        </label>
      </p>
      <p>
        <button type="button" onClick={() => void save()}>
          Save the recording
        </button>{' '}
        <span role="status">{outcome}</span>
      </p>
    </>
  );
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has it by then.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 1000);
}
