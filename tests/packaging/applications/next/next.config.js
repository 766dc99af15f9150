import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @type {import('next').NextConfig} */
export default {
  // Next replaces process.env.VITE_WS_URL by its value, also in the package.
  env: { VITE_WS_URL: process.env.VITE_WS_URL ?? '' },
  turbopack: { root: dirname(dirname(fileURLToPath(import.meta.url))) },
};
