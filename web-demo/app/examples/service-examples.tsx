import afterSource from './blocks/after-migration.tsx?raw';
import connectionSource from './blocks/connection-problems.ts?raw';
import configurationSource from './blocks/custom-configuration.ts?raw';
import directSource from './blocks/direct-service-usage.ts?raw';
import { RunnableExample } from './runnable-example';
import {
  runAfterMigration,
  runConnectionProblems,
  runCustomConfiguration,
  runDirectService,
} from './running';

/** The documentation's examples that run once, when they are told to. */
export function ServiceExamples() {
  return (
    <>
      <RunnableExample
        name="direct-service-usage"
        title="Direct service usage"
        intro="The service without React: initialize, look around, shut down."
        source={directSource}
        run={runDirectService}
        done="Done. The example ended the service; the page has started it again."
      />
      <RunnableExample
        name="custom-configuration"
        title="Custom configuration"
        intro="A configuration built on the one that holds here."
        source={configurationSource}
        run={runCustomConfiguration}
        done="Done. This is what came of it."
      />
      <RunnableExample
        name="after-migration"
        title="After the migration"
        intro="One service and a hook for each feature, where there were several connections before."
        source={afterSource}
        run={runAfterMigration}
        done="Done. Every hook answers."
      />
      <RunnableExample
        name="connection-problems"
        title="Troubleshooting: connection problems"
        intro="Looks at the connection and makes it when there is none. Disconnect in the header and run it again."
        source={connectionSource}
        run={runConnectionProblems}
        done="Done."
        isRepeatable
      />
    </>
  );
}
