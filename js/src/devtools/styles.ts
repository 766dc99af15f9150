import { useInsertionEffect } from 'react';

const css = `
.civic-devtools {
  --ink: light-dark(#1f2937, #e5e7eb); --soft: light-dark(#4b5563, #a3adba); --paper: light-dark(#ffffff, #16191f);
  --sunken: light-dark(#f3f4f6, #20252d); --line: light-dark(#d1d5db, #3a424e); --accent: light-dark(#0f766e, #2dd4bf);
  position: fixed; z-index: 2147483000; inset-block-end: 12px; inset-inline: 12px; display: grid; gap: 8px;
  justify-items: end; pointer-events: none; font: 13px/1.45 system-ui, sans-serif; color: var(--ink); text-align: start;
}
.civic-devtools[data-position='bottom-left'] { justify-items: start }
.civic-devtools > * { pointer-events: auto }
.civic-devtools :where(button, input, select) { font: inherit; color: inherit }
.civic-devtools :where(button, select, input[type='search']) {
  background: var(--sunken); border: 1px solid var(--line); border-radius: 5px; padding: 2px 8px;
}
.civic-devtools button { cursor: pointer }
.civic-devtools button[aria-pressed='true'] { background: var(--accent); color: var(--paper) }
.civic-devtools :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px }
.civic-devtools .civic-devtools-button {
  display: inline-flex; align-items: center; gap: 7px; padding: 5px 12px; border-radius: 99px; background: var(--paper);
  box-shadow: 0 2px 8px rgb(0 0 0 / .2);
}
.civic-devtools-dot { inline-size: 9px; block-size: 9px; border-radius: 50%; background: #9ca3af }
.civic-devtools-dot[data-state='connected'] { background: #16a34a }
.civic-devtools-dot:is([data-state='connecting'], [data-state='reconnecting']) { background: #d97706 }
.civic-devtools-dot[data-state='failed'] { background: #dc2626 }
.civic-devtools-panel {
  display: grid; grid-template-rows: auto 1fr; inline-size: min(900px, 100%); block-size: min(440px, 70vh);
  background: var(--paper); border: 1px solid var(--line); border-radius: 10px; box-shadow: 0 8px 30px rgb(0 0 0 / .25);
  overflow: clip;
}
.civic-devtools-tabs { display: flex; gap: 2px; padding: 6px 8px 0; border-block-end: 1px solid var(--line) }
.civic-devtools .civic-devtools-tabs button {
  border: 0; border-block-end: 2px solid transparent; border-radius: 0; background: none; padding: 5px 10px; color: var(--soft);
}
.civic-devtools .civic-devtools-tabs button[aria-selected='true'] { border-color: var(--accent); color: var(--ink); font-weight: 600 }
.civic-devtools-content { overflow: auto; padding: 10px 12px }
.civic-devtools :where(h3, p, dl, ol, pre, table) { margin: 0 }
.civic-devtools .civic-devtools-content > * + * { margin-block-start: 10px }
.civic-devtools h3 { font: inherit; font-weight: 600 }
.civic-devtools-band { display: block; inline-size: 100%; block-size: 18px; background: var(--sunken); border-radius: 4px }
.civic-devtools-band rect { fill: #9ca3af }
.civic-devtools-band rect[data-state='connected'] { fill: #16a34a }
.civic-devtools-band rect:is([data-state='connecting'], [data-state='reconnecting']) { fill: #d97706 }
.civic-devtools-band rect[data-state='failed'] { fill: #dc2626 }
.civic-devtools ol { padding: 0; list-style: none }
.civic-devtools-changes li { display: flex; flex-wrap: wrap; gap: 2px 10px; padding-block: 1px }
.civic-devtools :is(time, td, dd) { font-variant-numeric: tabular-nums }
.civic-devtools :is(time, .civic-devtools-changes span, dt) { color: var(--soft) }
.civic-devtools-figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); gap: 0 24px }
.civic-devtools-figures div { display: flex; justify-content: space-between; gap: 12px; padding-block: 2px; border-block-end: 1px solid var(--line) }
.civic-devtools-figures dd { margin: 0; text-align: end }
.civic-devtools-tools { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px }
.civic-devtools-scroll { overflow-x: auto }
.civic-devtools table { inline-size: 100%; border-collapse: collapse; white-space: nowrap }
.civic-devtools :is(th, td) { padding: 2px 10px 2px 0; border-block-end: 1px solid var(--line); text-align: end; font-weight: 400 }
.civic-devtools th:first-child { text-align: start }
.civic-devtools thead button { border: 0; background: none; padding: 0; color: var(--soft) }
.civic-devtools th[aria-sort] button { color: var(--ink); font-weight: 600 }
.civic-devtools th[aria-sort='descending'] button::after { content: ' ↓' }
.civic-devtools th[aria-sort='ascending'] button::after { content: ' ↑' }
.civic-devtools summary { display: flex; gap: 10px; padding-block: 2px; border-block-end: 1px solid var(--line); cursor: pointer }
.civic-devtools summary code { flex: 1; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--soft) }
.civic-devtools code { padding: 0; background: none; border: 0 }
.civic-devtools :is(code, pre) { font: 12px/1.5 ui-monospace, monospace }
.civic-devtools pre { padding: 8px; background: var(--sunken); border-radius: 5px; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere }
.civic-devtools-log li[data-kind='gap'] strong { color: light-dark(#b91c1c, #fca5a5) }
`;

let sheet: CSSStyleSheet | null = null;
let users = 0;

/**
 * Gives the page the panel's styles for as long as somebody uses this. A constructed style sheet is no inline style, so
 * that a Content-Security-Policy with `style-src 'self'` lets it be.
 */
export function useStyles(): void {
  useInsertionEffect(adoptStyles, []);
}

function adoptStyles(): (() => void) | undefined {
  // Simulated documents, as tests have them, know no such sheets and show nothing.
  if (!('adoptedStyleSheets' in document)) return undefined;
  if (sheet === null) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  const own = sheet;
  if (users++ === 0) document.adoptedStyleSheets = [...document.adoptedStyleSheets, own];
  return () => {
    if (--users > 0) return;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== own);
  };
}
