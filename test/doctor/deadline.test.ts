// The budget of doctor, on a clock of its own.

import { expect, test } from 'bun:test';
import { createDeadline } from '../../src/doctor/deadline.ts';

test('eleven seconds are for its steps, so that one is left of the twelve; a late step still has a moment', () => {
  let now = 5000;
  const { left } = createDeadline({ elapsed: () => now });
  expect(left()).toBe(11_000);
  now += 10_500;
  expect(left()).toBe(500);
  now += 10_000;
  expect(left()).toBe(1);
});
