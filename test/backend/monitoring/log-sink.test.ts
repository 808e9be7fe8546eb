/** The sink on what a process really has as stderr: a pipe that nobody reads, and a disk that is full. */
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SINK = fileURLToPath(new URL('../../../backend/monitoring/log-sink.ts', import.meta.url));

/** Writes two thousand lines of a thousand bytes, where 100 kB may wait, and says what became of them. */
const WRITER = `
  const { openLogSink } = await import(${JSON.stringify(SINK)});
  const sink = openLogSink(process.stderr, 100_000);
  for (let at = 0; at < 2000; at += 1) {
    sink.write('x'.repeat(999) + '\\n');
    if (at % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await sink.flush(50);
  console.log(JSON.stringify({ dropped: sink.dropped, waiting: process.stderr.writableLength }));
  process.exit(0);
`;

async function write(stderr: 'pipe' | number) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER], {
    stdio: ['ignore', 'pipe', stderr],
  });
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  return { code, ...(JSON.parse(said) as { dropped: number; waiting: number }) };
}

test('a reader who sleeps costs lines, no more memory than was said, and nobody waits (K12)', async () => {
  const { code, dropped, waiting } = await write('pipe');
  expect(code).toBe(0);
  expect(waiting).toBeGreaterThan(0);
  expect(waiting).toBeLessThanOrEqual(100_000);
  // The system takes some hundred kilobytes by itself.
  expect(dropped).toBeGreaterThan(1000);
});

test('a full disk costs every line and nothing else (K12)', async () => {
  const { code, dropped } = await write(openSync('/dev/full', 'w'));
  expect([code, dropped]).toEqual([0, 2000]);
});
