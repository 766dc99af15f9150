// Bars of what a message costs the page's main thread, drawn as SVG from a report.
import type { MeasurementResult, Report } from './report.js';

const panels: readonly (readonly [string, string])[] = [
  ['burst', 'As fast as they are taken, nothing read'],
  ['plain', '10,000 messages a second, 50 topics read every frame'],
  ['react', '10,000 messages a second, 50 React components'],
];
const [width, labelWidth, valueWidth] = [760, 230, 70];
const [rowHeight, barHeight, titleHeight, margin] = [22, 14, 40, 16];

/** Panels whose measurement is missing are left out. Bars of a panel share a scale; the shorter the better. */
export function chartOf(report: Report): string {
  const parts: string[] = [];
  let y = margin + 22;
  for (const [name, title] of panels) {
    const measurement = report.measurements.find((one) => one.name === name);
    if (measurement === undefined) continue;
    const panel = panelOf(measurement, title, y);
    parts.push(panel.svg);
    y += panel.height;
  }
  const { chromium, processor } = report.machine;
  const height = y + margin + 12;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" role="img" aria-labelledby="title">
<title id="title">Main-thread time per message by client, in microseconds; shorter is better</title>
<style>
text { font: 13px system-ui, sans-serif; fill: #1f2937 }
.heading { font-weight: 600 } .small { font-size: 11px; fill: #4b5563 }
.bar { fill: #9ca3af } .own { fill: #0f766e }
@media (prefers-color-scheme: dark) { text { fill: #e5e7eb } .small { fill: #9ca3af } .bar { fill: #6b7280 } .own { fill: #2dd4bf } }
</style>
<text class="heading" x="${String(margin)}" y="${String(margin + 8)}">Main-thread time per message, µs: shorter is better</text>
${parts.join('\n')}
<text class="small" x="${String(margin)}" y="${String(height - margin)}">${escaped(`${chromium}, ${processor}, ${report.startedAt.slice(0, 10)}; median of ${String(report.rounds)} rounds`)}</text>
</svg>
`;
}

function panelOf({ subjects }: MeasurementResult, title: string, top: number) {
  const bars = subjects.flatMap(({ name, title: label, figures }) =>
    figures.task === undefined ? [] : [{ name, label, value: figures.task.median }],
  );
  const longest = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const scale = (width - labelWidth - valueWidth - 2 * margin) / longest;
  const rows = bars.map(({ name, label, value }, index) => {
    const y = top + titleHeight + index * rowHeight;
    const x = margin + labelWidth;
    const length = Math.max(1, value * scale);
    const look = name.endsWith('-host') ? 'own' : 'bar';
    return `<text x="${String(margin)}" y="${String(y)}">${escaped(label)}</text><rect class="${look}" x="${String(x)}" y="${String(y - barHeight + 2)}" width="${length.toFixed(1)}" height="${String(barHeight)}" rx="2"/><text class="small" x="${(x + length + 6).toFixed(1)}" y="${String(y)}">${value.toFixed(value < 10 ? 2 : 1)}</text>`;
  });
  const heading = `<text class="heading" x="${String(margin)}" y="${String(top + 16)}">${escaped(title)}</text>`;
  return { svg: [heading, ...rows].join('\n'), height: titleHeight + bars.length * rowHeight };
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
