import { rspack } from '@rspack/core';

export default {
  mode: 'production',
  entry: './source/main.tsx',
  output: { filename: 'main.js' },
  resolve: { extensions: ['.tsx', '.ts', '.js'] },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        loader: 'builtin:swc-loader',
        options: {
          jsc: {
            parser: { syntax: 'typescript', tsx: true },
            transform: { react: { runtime: 'automatic' } },
          },
        },
      },
    ],
  },
  plugins: [new rspack.EnvironmentPlugin(['VITE_WS_URL'])],
};
