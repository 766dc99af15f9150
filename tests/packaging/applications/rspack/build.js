import { rspack } from '@rspack/core';

import configuration from './rspack.config.js';
import { compile } from './source/compile.js';

await compile(rspack(configuration));
