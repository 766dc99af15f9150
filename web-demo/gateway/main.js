#!/usr/bin/env node
/** Starts the gateway from the command line. */

import { runGateway } from './run.js';

await runGateway(process.argv.slice(2), process.env);
