import webpack from 'webpack';

export default {
  mode: 'production',
  entry: './source/main.tsx',
  output: { filename: 'main.js' },
  resolve: { extensions: ['.tsx', '.ts', '.js'] },
  module: {
    rules: [{ test: /\.tsx?$/, loader: 'esbuild-loader', options: { jsx: 'automatic' } }],
  },
  plugins: [new webpack.EnvironmentPlugin(['VITE_WS_URL'])],
};
