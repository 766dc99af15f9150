import webpack from 'webpack';

import { compile } from './source/compile.js';
import configuration from './webpack.config.js';

await compile(webpack(configuration));
