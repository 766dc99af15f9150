import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

const { default: createModule } = await import(pathToFileURL(String(argv[2])).href);
const trial = await createModule();
console.log(`${trial.add(2, 3)} ${trial.describe('engine')}`);
