// The time limit of an upload, on a clock of its own.

import { afterEach, beforeEach, expect, jest, test } from 'bun:test';
import { startTimeout } from '../../src/http/timeout.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('each piece starts it anew', () => {
  const { signal, restart } = startTimeout(true, 1000);
  for (let piece = 0; piece < 5; piece++) {
    jest.advanceTimersByTime(900);
    restart();
  }
  expect(signal.aborted).toBe(false);
  jest.advanceTimersByTime(1100);
  expect(signal.aborted).toBe(true);
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});

test('after its end nothing starts it again, and no timer keeps the process', () => {
  const { signal, restart, end } = startTimeout(true, 1000);
  end();
  // As the runtime does it, which may ask for one more piece of an upload whose connection is lost.
  restart();
  expect(jest.getTimerCount()).toBe(0);
  jest.advanceTimersByTime(5000);
  expect(signal.aborted).toBe(false);
});
