// As Vite declares it, so that the two declarations agree where both are seen.
export {};

declare global {
  interface ImportMetaEnv {}
  interface ImportMeta {
    readonly env: ImportMetaEnv;
  }
}
