// Draws what a terminal shows as an SVG picture that plays by itself: scene after scene, scrolled as a terminal scrolls. Light or
// dark, as the reader prefers.

import { Terminal } from '@xterm/headless';

export const COLUMNS = 100;
const ROWS = 30;
/** Of a monospaced letter, in pixels. */
const WIDTH = 8.4;
const HEIGHT = 18;
const MARGIN = 14;
/** Seconds to read a scene: at first, and for each of its lines. */
const PAUSE = 1.6;
const PER_LINE = 0.22;

/** A piece of a line in one style. */
type Run = { readonly at: number; readonly text: string; readonly style: string };
type Line = readonly Run[];

/** The classes of the sixteen colours that a terminal names by number, as far as kscli uses them. */
const PALETTE: Readonly<Record<number, string>> = {
  1: 'red',
  2: 'green',
  3: 'yellow',
  4: 'blue',
  5: 'magenta',
  6: 'cyan',
  8: 'gray',
};

/** @param scenes what was written to the terminal, with its escapes, one after the other */
export async function drawPicture(scenes: readonly string[], title: string): Promise<string> {
  const terminal = new Terminal({
    cols: COLUMNS,
    rows: ROWS,
    scrollback: 10_000,
    allowProposedApi: true,
    convertEol: true,
  });
  const ends: number[] = [];
  for (const scene of scenes) {
    await new Promise<void>((done) => terminal.write(scene, done));
    const { baseY, cursorY } = terminal.buffer.active;
    ends.push(baseY + cursorY);
  }
  const lines = Array.from({ length: ends.at(-1) ?? 0 }, (_, at) => readLine(terminal, at));
  return `${[...compose(lines, ends, title), ''].join('\n')}`;
}

function readLine(terminal: Terminal, at: number): Line {
  const line = terminal.buffer.active.getLine(at);
  const runs: { at: number; text: string; style: string }[] = [];
  for (let column = 0; column < COLUMNS; column++) {
    const cell = line?.getCell(column);
    const text = cell?.getChars() || ' ';
    const colour = cell?.isFgPalette() ? PALETTE[cell.getFgColor() % 8 || 8] : undefined;
    const style = [cell?.isBold() ? 'bold' : '', cell?.isDim() ? 'gray' : '', colour ?? ''].filter(Boolean).join(' ');
    const last = runs.at(-1);
    if (last?.style === style) last.text += text;
    else runs.push({ at: column, text, style });
  }
  return runs.map((run) => ({ ...run, text: run.text.trimEnd() })).filter(({ text }) => text !== '');
}

function compose(lines: readonly Line[], ends: readonly number[], title: string): string[] {
  const [width, height] = [COLUMNS * WIDTH + 2 * MARGIN, ROWS * HEIGHT + 2 * MARGIN];
  const starts = ends.map((_, scene) => ends[scene - 1] ?? 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<style>${STYLE}${animate(starts, ends)}</style>`,
    `<rect class="screen" width="${width}" height="${height}" rx="8"/>`,
    `<svg x="${MARGIN}" y="${MARGIN}" width="${width - 2 * MARGIN}" height="${ROWS * HEIGHT}"><g class="roll">`,
    ...starts.flatMap((start, scene) => [
      `<g class="s${scene}">`,
      ...lines.slice(start, ends[scene]).flatMap((line, index) => drawLine(line, start + index)),
      '</g>',
    ]),
    '</g></svg>',
    '</svg>',
  ];
}

function drawLine(line: Line, at: number): string[] {
  if (line.length === 0) return [];
  const y = Math.round((at + 0.75) * HEIGHT);
  const spans = line.map(({ at: column, text, style }) => {
    const place = `x="${round(column * WIDTH)}" textLength="${round(text.length * WIDTH)}"`;
    return `<tspan ${place}${style && ` class="${style}"`}>${escapeXml(text)}</tspan>`;
  });
  return [`<text y="${y}" xml:space="preserve">${spans.join('')}</text>`];
}

/** Each scene appears in its turn, and the screen rolls so far that its end is seen. */
function animate(starts: readonly number[], ends: readonly number[]): string {
  const lengths = ends.map((end, scene) => PAUSE + PER_LINE * (end - (starts[scene] ?? 0)));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const moments = lengths.map(
    (_, scene) => (100 * lengths.slice(0, scene).reduce((sum, length) => sum + length, 0)) / total,
  );
  const roll = ends.map(
    (end, scene) => `${round(moments[scene] ?? 0)}%{transform:translateY(${-Math.max(0, end - ROWS) * HEIGHT}px)}`,
  );
  const play = `${round(total)}s step-end infinite`;
  const scenes = moments.slice(1).map((moment, index) => {
    const name = `s${index + 1}`;
    return `@keyframes ${name}{0%{visibility:hidden}${round(moment)}%{visibility:visible}}.${name}{animation:${name} ${play}}`;
  });
  // Who wants no motion sees the beginning, and so does whatever plays no animations.
  return `@media (prefers-reduced-motion:no-preference){@keyframes roll{${roll.join('')}}.roll{animation:roll ${play}}${scenes.join('')}}`;
}

const LIGHT = {
  screen: '#f6f8fa',
  text: '#1f2328',
  red: '#b3261e',
  green: '#1a7f37',
  yellow: '#8a6100',
  blue: '#0550ae',
  magenta: '#8250df',
  cyan: '#0b6e7d',
  gray: '#59636e',
};
const DARK = {
  screen: '#0d1117',
  text: '#e6edf3',
  red: '#ff8078',
  green: '#56d364',
  yellow: '#e3b341',
  blue: '#79c0ff',
  magenta: '#d2a8ff',
  cyan: '#56d4dd',
  gray: '#9198a1',
};
const STYLE = `text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}.bold{font-weight:700}${paint(LIGHT)}@media (prefers-color-scheme:dark){${paint(DARK)}}`;

function paint({ screen, text, ...others }: typeof LIGHT): string {
  const rules = Object.entries(others).map(([name, colour]) => `.${name}{fill:${colour}}`);
  return [`.screen{fill:${screen}}`, `text{fill:${text}}`, ...rules].join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}
